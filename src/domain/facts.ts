// What a plan may know. Planning a batch in order writes its own effects back here: the overlay.
import type { AtUri, Did, Identity, JsonObject, Member, SpacePolicy } from './model.ts';
import { compareVersions, type Version } from './order.ts';

/** A row of the index for one URI in one space: live or a tombstone. */
export interface StoredRecord {
  space: Did;
  uri: AtUri;
  rev: string;
  snapshot: boolean;
  live: boolean;
  cid: string | null;
  sortAt: number;
  hidden: number;
  subject: AtUri | null;
  root: AtUri | null;
  postId: number | null;
}

/** What the stream says of a record that gives power, not proven yet. */
export interface Claim {
  space: Did;
  rev: string;
}

export interface AuthorFacts {
  /** Live records in the space. */
  count: number;
  rev: string;
}

/** Who first had an rkey in a space: the plain address is theirs for ever. */
export interface AddressHolder {
  did: Did;
  collection: string;
}

const pair = (space: Did, key: string): string => `${space} ${key}`;

export class Facts {
  /** Milliseconds; the only clock a plan has. */
  readonly now: number;
  /** Followed spaces; replaced as profiles change within the batch. */
  readonly spaces: Map<Did, SpacePolicy>;
  readonly identities = new Map<Did, Identity>();
  /** Spaces each known DID has to do with. */
  readonly concerns: ReadonlyMap<Did, ReadonlySet<Did>>;
  /** Whether the operator allows a further collection. */
  readonly allowed: (collection: string) => boolean;
  /** What the operator keeps out: DIDs and URIs of records. */
  readonly blocked: ReadonlySet<string>;
  /** Spaces that take nothing new for a while. */
  readonly paused: ReadonlySet<Did>;
  /** Spaces whose rosters are private: their members are held, and no record makes any. */
  readonly concealed: ReadonlySet<Did>;
  /** Whether media of what is admitted are fetched before anybody asks for them. */
  readonly prefetches: boolean;
  /** Profiles and permissions of spaces, from which policies are made. */
  readonly own = new Map<Did, { profile: JsonObject | null; permissions: JsonObject | null }>();
  /** Of those who are met only by the batch at hand. */
  private readonly newcomers = new Map<Did, Set<Did>>();
  private readonly records = new Map<AtUri, Map<Did, StoredRecord>>();
  private readonly members = new Map<string, Member>();
  private readonly banned = new Set<string>();
  private readonly authors = new Map<string, AuthorFacts>();
  private readonly deletions = new Map<string, number>();
  private readonly addresses = new Map<string, AddressHolder>();
  private readonly awaited = new Set<string>();
  private nextSeq: number;

  constructor(
    given: Pick<Facts, 'now' | 'spaces' | 'concerns' | 'allowed'> &
      Partial<Pick<Facts, 'blocked' | 'paused' | 'concealed' | 'prefetches'>> & { nextSeq: number },
  ) {
    this.now = given.now;
    this.nextSeq = given.nextSeq;
    this.spaces = given.spaces;
    this.concerns = given.concerns;
    this.allowed = given.allowed;
    this.blocked = given.blocked ?? new Set();
    this.paused = given.paused ?? new Set();
    this.concealed = given.concealed ?? new Set();
    this.prefetches = given.prefetches ?? false;
  }

  /** Strictly growing; unix microseconds, moved on where two would be the same. Also the id of a post made now. */
  takeSeq = (): number => this.nextSeq++;
  get seq(): number {
    return this.nextSeq;
  }

  /** The row that speaks last for a URI, in whatever space. */
  latest(uri: AtUri): StoredRecord | undefined {
    let last: StoredRecord | undefined;
    for (const row of this.records.get(uri)?.values() ?? []) {
      if (!last || compareVersions(row, last) > 0 || (compareVersions(row, last) === 0 && row.live)) last = row;
    }
    return last;
  }

  stored = (space: Did, uri: AtUri): StoredRecord | undefined => this.records.get(uri)?.get(space);

  setStored(row: StoredRecord): void {
    const rows = this.records.get(row.uri);
    if (rows) rows.set(row.space, row);
    else this.records.set(row.uri, new Map([[row.space, row]]));
  }

  /** The space where a record is live, if any. */
  spaceOf = (uri: AtUri): Did | undefined => {
    const row = this.latest(uri);
    return row?.live ? row.space : undefined;
  };

  /** Whether a reply may hang on it: a live post of the space, not a reply. */
  isPost(space: Did, uri: AtUri): boolean {
    const row = this.stored(space, uri);
    return row?.live === true && row.postId !== null && row.root === null;
  }

  isKnown = (did: Did): boolean => this.concerns.has(did) || this.newcomers.has(did);

  setNewcomer(did: Did, space: Did): void {
    const spaces = this.newcomers.get(did);
    if (spaces) spaces.add(space);
    else this.newcomers.set(did, new Set([space]));
  }

  /** The first of the spaces that a DID has to do with. */
  concernOf = (did: Did): Did | undefined => [...(this.concerns.get(did) ?? this.newcomers.get(did) ?? [])].sort()[0];

  member = (space: Did, did: Did): Member | undefined => this.members.get(pair(space, did));
  setMember = (space: Did, did: Did, member: Member): unknown => this.members.set(pair(space, did), member);
  isBanned = (space: Did, did: Did): boolean => this.banned.has(pair(space, did));
  setBanned = (space: Did, did: Did): unknown => this.banned.add(pair(space, did));
  author = (space: Did, did: Did): AuthorFacts | undefined => this.authors.get(pair(space, did));
  setAuthor = (space: Did, did: Did, facts: AuthorFacts): unknown => this.authors.set(pair(space, did), facts);
  /** Tombstones of an author's records, counted as far as their limit. */
  deletionsOf = (space: Did, did: Did): number => this.deletions.get(pair(space, did)) ?? 0;
  addDeletions = (space: Did, did: Did, count: number): unknown =>
    this.deletions.set(pair(space, did), this.deletionsOf(space, did) + count);
  address = (space: Did, rkey: string): AddressHolder | undefined => this.addresses.get(pair(space, rkey));
  setAddress = (space: Did, rkey: string, holder: AddressHolder): unknown =>
    this.addresses.set(pair(space, rkey), holder);
  /** Whether replies in the space name this URI as their root. */
  hasReplies = (space: Did, uri: AtUri): boolean => this.awaited.has(pair(space, uri));
  setHasReplies = (space: Did, uri: AtUri): unknown => this.awaited.add(pair(space, uri));
  /** Versions that wait for what they refer to. */
  readonly waiting = new Map<AtUri, Version & { target: AtUri }>();
  /** What all of an author's weigh, as far as their limit. */
  readonly waitingOf = new Map<Did, number>();
  readonly claims = new Map<AtUri, Claim>();
  /** Whether records that belong by reference hang on this URI, stored or waiting. */
  readonly dependants = new Set<AtUri>();
}
