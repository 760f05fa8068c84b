// The nouns of the house. Times are unix milliseconds unless the name says otherwise.

import type { Dormancy } from './dormancy.ts';

export type Did = string;
export type AtUri = string;
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export type JoinPolicy = 'open' | 'approval' | 'invite';
export type PostPolicy = 'anyone' | 'members' | 'roles';
/** `private` is held by the instance; a public record can only say `public` or `unlisted`. */
export type Visibility = 'public' | 'unlisted' | 'private';

/** Asked of who applies. */
export interface JoinQuestion {
  text: string;
  required: boolean;
}

export interface Section {
  id: string;
  name: string;
  collections: string[];
  description?: string;
}

/** How a record of a collection names its space: a top-level DID field, its rkey, a reference to a record there, or only its repository. */
export interface BelongingRule {
  collection: string;
  by: 'field' | 'rkey' | 'reference' | 'repo';
  /** Dotted path into the record, e.g. `community` or `subject.uri`; unused by `rkey` and `repo`. */
  path: string;
}

/** What admission must know of a space; derived from the group's profile and permissions records. */
export interface SpacePolicy {
  did: Did;
  postPolicy: PostPolicy;
  relayTakedowns: 'follow' | 'ignore';
  sections: Section[];
  rules: BelongingRule[];
  /** role id -> actions */
  actions: Record<string, string[]>;
  /** role id -> roles that its `role.assign` and `eject` reach */
  reach: Record<string, string[]>;
}

/** Which instances beside its home may list, find and copy a space. */
export interface Discovery {
  /** `hostedBy`: where its canonical addresses are; null where the profile does not say. */
  home: Did | null;
  external: boolean;
  /** Those that external discovery is limited to; all when empty. */
  instances: Did[];
}

/** What a space says about itself, plus what the instance knows of it. */
export interface Space {
  did: Did;
  handle: string | null;
  /** Primary hostname first. */
  hosts: string[];
  displayName: string;
  description: string;
  url: string | null;
  avatar: string | null;
  banner: string | null;
  joinPolicy: JoinPolicy;
  /** Asked of who applies. */
  joinQuestions: JoinQuestion[];
  visibility: Visibility;
  /** `private`: who is in is held here alone, and told to nobody. */
  roster: 'public' | 'private';
  discovery: Discovery;
  policy: SpacePolicy;
  labelers: { did: Did; mode: string }[];
  langs: string[];
  createdAt: string | null;
  addedAt: number;
  /** Nothing new is taken for a while. */
  paused: boolean;
  dormancy: Dormancy;
  posts: number;
  replies: number;
  members: number;
  /** Address of the theme's stylesheet content; null when the space has no theme. */
  themeHash: string | null;
}

/** `active`, or why not: `deactivated`, `suspended`, `takendown`, `deleted`, or a word that is not known yet. */
export type AccountStatus = string;

/** What the account's own PDS says of a status that the stream reported. */
export type Confirmation = 'pending' | 'confirmed' | 'denied';

export interface Identity {
  did: Did;
  handle: string | null;
  status: AccountStatus;
  /** The account event's own time; later ones win. */
  statusAt: number;
  confirmation: Confirmation;
  /** Records with a rev before this one were deleted with the account. */
  erasedRev: string | null;
}

/** What its author's own server was found to say of a stored record, when it was last asked. */
export interface Evidence {
  uri: AtUri;
  /** The version that was looked at. */
  cid: string;
  checkedAt: number;
  /** Null when nothing could be proven: `why` says what stood in the way. */
  proof: Proof | null;
  why: string | null;
}

/** A commit of the author's repository that holds the record, signed with the key of the DID document. */
export interface Proof {
  commit: string;
  rev: string;
  /** As a `did:key`. */
  signingKey: string;
  /** Origin of the server that gave it. */
  pds: string;
}

export interface Member {
  joined: boolean;
  admitted: boolean;
  roles: string[];
}

export interface Page<T> {
  items: T[];
  cursor: string | null;
}

export interface Rule {
  uri: AtUri;
  title: string;
  text: string;
}

export interface Role {
  id: string;
  displayName: string;
  description: string | null;
  actions: string[];
  /** Whether every new member is given it. */
  isDefault: boolean;
}

/** A space with all that its home page tells of it. */
export interface SpaceDetails extends Space {
  rules: Rule[];
  roles: Role[];
  /** The theme record, from which `themeHash` is made. */
  theme: JsonObject | null;
  owner: Did | null;
  /** Origins of servers where people may make an account. */
  recommendedPds: string[];
  createdBy: Did | null;
  hostedBy: Did | null;
  previousHost: Did | null;
}

/** All that a visitor is told of a private space, and only at its own host. */
export interface PrivateFront {
  displayName: string;
  description: string;
  joinPolicy: JoinPolicy;
  host: string;
}

/** A record of any collection, as its author wrote it. */
export interface RecordItem {
  uri: AtUri;
  cid: string;
  value: JsonObject;
}

/** A repository that holds records of a space. */
export interface Repo {
  did: Did;
  rev: string;
  count: number;
}
