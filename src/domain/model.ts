// The nouns of the house. Times are unix milliseconds unless the name says otherwise.

export type Did = string;
export type AtUri = string;
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export type JoinPolicy = 'open' | 'approval' | 'invite';
export type PostPolicy = 'anyone' | 'members' | 'roles';
/** `private` is held by the instance; a public record can only say `public` or `unlisted`. */
export type Visibility = 'public' | 'unlisted' | 'private';

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
  visibility: Visibility;
  policy: SpacePolicy;
  labelers: { did: Did; mode: string }[];
  langs: string[];
  createdAt: string | null;
  addedAt: number;
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

export interface Member {
  joined: boolean;
  admitted: boolean;
  roles: string[];
}

export type PostSort = 'new' | 'hot' | 'active' | 'top';
export type TopWindow = 'day' | 'week' | 'month' | 'year' | 'all';
export type ReplySort = 'old' | 'new' | 'top';
