/**
 * What the index must hold after a set of events, worked out from scratch: slow, simple and without a line of the code
 * it judges. The order in which the events are given makes no difference. Accounts' own servers are taken to agree with what
 * the events say of them.
 */
import type { AccountEvent, RecordEvent, StreamEvent } from '../../src/domain/event.ts';
import type { Did, Json, JsonObject } from '../../src/domain/model.ts';
import { asObject, isRefused, OURS } from './soundness.ts';
import { tid, tidMicros } from './tid.ts';

/** Bits of `hidden`. */
const INACTIVE = 1;
const MAY_NOT_POST = 2;
const NO_TARGET = 4;

export interface World {
  spaces: Did[];
  /** Collections beside ours that the operator allows. */
  allowed: string[];
  now: number;
}

export interface LiveRecord {
  space: Did;
  uri: string;
  did: Did;
  collection: string;
  rkey: string;
  cid: string;
  rev: string;
  snapshot: boolean;
  hidden: number;
  sortAt: number;
  value: JsonObject;
}

export interface LivePost {
  space: Did;
  uri: string;
  did: Did;
  hidden: number;
  sortAt: number;
  /** Of a post: its own time or that of its last reply that shows. Null for a reply. */
  activeAt: number | null;
  likeCount: number;
  /** Of a post: the replies of its thread that show. Null for a reply. */
  replyCount: number | null;
  hot: number;
  root: string | null;
  parent: string | null;
  /** Null where no document says which. */
  section: string | null;
  title: string;
  tags: string[];
  labels: string[];
}

export interface Membership {
  space: Did;
  did: Did;
  joined: boolean;
  admitted: boolean;
  roles: string[];
}

export interface Index {
  records: LiveRecord[];
  posts: LivePost[];
  members: Membership[];
  spaces: { did: Did; posts: number; replies: number; members: number; profile: Json; permissions: Json }[];
  authors: { did: Did; space: Did; rev: string; count: number }[];
  accounts: { did: Did; status: string; at: number }[];
}

interface Version {
  event: RecordEvent;
  space: Did | null;
}

const TITLED = ['story', 'topic'].map((name) => OURS + name);
const REPLY = `${OURS}reply`;
const LIKE = `${OURS}like`;
const NEEDS_NO_RIGHT = [`${OURS}actor.join`, `${OURS}actor.subscription`];

export const uriOf = (event: RecordEvent): string => `at://${event.did}/${event.collection}/${event.rkey}`;

/** Later versions win; of the same rev, what an event says wins over what a snapshot says. */
function compareVersions(a: RecordEvent, b: RecordEvent): number {
  if (a.rev !== b.rev) return a.rev < b.rev ? -1 : 1;
  return Number(b.snapshot) - Number(a.snapshot);
}

export function fold(events: StreamEvent[], world: World): Index {
  const accounts = latestAccounts(events);
  const sound = events.filter((event) => event.kind === 'record').filter((event) => !isRefused(event, world.now));
  const byUri = Map.groupBy(sound, uriOf);
  const versions = assignSpaces(byUri, world);
  const records = [...versions.values()].flatMap((of) => liveRecord(of, accounts));
  const said = new Map(world.spaces.map((space) => [space, whatSpaceSays(space, records)]));
  const members = memberships(records);
  for (const record of records) record.hidden = hiddenBits(record, records, accounts, said, members);
  const posts = records
    .filter((record) => record.collection === REPLY || isPost(record, said))
    .map((record) => asPost(record, records, said));
  return {
    records,
    posts,
    members,
    spaces: world.spaces.map((did) => {
      const shown = posts.filter((post) => post.space === did && post.hidden === 0);
      return {
        did,
        posts: shown.filter(({ root }) => root === null).length,
        replies: shown.filter(({ root }) => root !== null).length,
        members: members.filter(({ space, joined, admitted }) => space === did && joined && admitted).length,
        profile: said.get(did)?.profile ?? null,
        permissions: said.get(did)?.permissions ?? null,
      };
    }),
    authors: authorsOf(versions, records),
    accounts: [...accounts.values()].map(({ did, status, at }) => ({ did, status, at })),
  };
}

function latestAccounts(events: StreamEvent[]): Map<Did, AccountEvent> {
  const latest = new Map<Did, AccountEvent>();
  for (const event of events) {
    if (event.kind !== 'account') continue;
    const known = latest.get(event.did);
    if (known === undefined || event.at > known.at) latest.set(event.did, event);
  }
  return latest;
}

/** Which space each version belongs to. References are followed last: they hang on where their targets belong. */
function assignSpaces(byUri: Map<string, RecordEvent[]>, world: World): Map<string, Version[]> {
  const rules = furtherRules(byUri, world);
  const direct = (event: RecordEvent): Did | null => {
    const { record } = event;
    if (record === null) return null;
    const named = record.space;
    if (event.collection.startsWith(OURS)) return world.spaces.find((did) => did === named) ?? null;
    const takers = rules.filter(({ collection }) => collection === event.collection);
    const by = (test: (taker: Rule) => boolean) => takers.find(test)?.space ?? null;
    if (typeof named === 'string') return by(({ space }) => space === named);
    return (
      by(({ space }) => space === event.did) ??
      by(({ space, rule, path }) => rule === 'field' && record[path || 'space'] === space) ??
      by(({ space, rule }) => rule === 'rkey' && event.rkey === space)
    );
  };
  const versions = new Map(
    [...byUri].map(([uri, of]) => [
      uri,
      of.toSorted(compareVersions).map((event): Version => ({ event, space: direct(event) })),
    ]),
  );
  for (const version of [...versions.values()].flat()) {
    if (version.space !== null || version.event.record === null || 'space' in version.event.record) continue;
    for (const { collection, rule, path, space } of rules) {
      if (collection !== version.event.collection || rule !== 'reference') continue;
      const target = versions.get(String(at(version.event.record, path)));
      if (target?.at(-1)?.space === space) version.space = space;
    }
  }
  return versions;
}

interface Rule {
  space: Did;
  collection: string;
  rule: string;
  path: string;
}

/** What the profiles in force say of collections that are not ours. */
function furtherRules(byUri: Map<string, RecordEvent[]>, world: World): Rule[] {
  return world.spaces.flatMap((space) => {
    const versions = byUri.get(`at://${space}/${OURS}space.profile/self`) ?? [];
    const collections = versions.toSorted(compareVersions).at(-1)?.record?.collections;
    return (Array.isArray(collections) ? collections : []).flatMap((entry) => {
      const { collection, rule, path } = asObject(entry) ?? {};
      if (typeof collection !== 'string' || !world.allowed.includes(collection)) return [];
      return [{ space, collection, rule: String(rule), path: typeof path === 'string' ? path : '' }];
    });
  });
}

function at(record: JsonObject, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((value, name) => asObject(value)?.[name], record);
}

function liveRecord(versions: Version[], accounts: Map<Did, AccountEvent>): LiveRecord[] {
  const winner = versions.at(-1);
  if (winner === undefined || winner.space === null) return [];
  const { did, collection, rkey, rev, snapshot, cid, record } = winner.event;
  if (record === null || cid === null) return [];
  const account = accounts.get(did);
  if (account?.status === 'deleted' && rev < tid(account.at * 1000)) return [];
  const times = versions.filter(({ space }) => space !== null).flatMap(({ event }) => sortTimes(event));
  const uri = uriOf(winner.event);
  const sortAt = Math.min(...times);
  return [{ space: winner.space, uri, did, collection, rkey, cid, rev, snapshot, hidden: 0, sortAt, value: record }];
}

function sortTimes({ rev, record }: RecordEvent): number[] {
  const ofRev = Math.floor((tidMicros(rev) as number) / 1000);
  const created = typeof record?.createdAt === 'string' ? Date.parse(record.createdAt) : Number.NaN;
  return Number.isNaN(created) ? [ofRev] : [ofRev, created];
}

interface Said {
  profile: JsonObject | null;
  permissions: JsonObject | null;
}

function whatSpaceSays(space: Did, records: LiveRecord[]): Said {
  const own = (name: string) =>
    records.find(({ uri }) => uri === `at://${space}/${OURS}space.${name}/self`)?.value ?? null;
  return { profile: own('profile'), permissions: own('permissions') };
}

function memberships(records: LiveRecord[]): Membership[] {
  const halves = new Map<string, Membership>();
  const half = (space: Did, did: Did): Membership => {
    const known = halves.get(`${space} ${did}`) ?? { space, did, joined: false, admitted: false, roles: [] };
    halves.set(`${space} ${did}`, known);
    return known;
  };
  for (const { collection, space, did, rkey, value } of records) {
    if (collection === `${OURS}actor.join`) half(space, did).joined = true;
    if (collection === `${OURS}space.membership`) {
      Object.assign(half(space, rkey), { admitted: true, roles: value.roles });
    }
  }
  return [...halves.values()];
}

function mayPost(did: Did, space: Did, { profile, permissions }: Said, members: Membership[]): boolean {
  const policy = profile?.postPolicy ?? 'members';
  if (did === space || policy === 'anyone') return true;
  const member = members.find((half) => half.space === space && half.did === did);
  if (member === undefined || !member.joined || !member.admitted) return false;
  if (policy === 'members') return true;
  const entries = Array.isArray(permissions?.roles) ? permissions.roles.flatMap((entry) => asObject(entry) ?? []) : [];
  return member.roles.some((role) => {
    const actions = entries.find((entry) => entry.role === role)?.actions;
    return Array.isArray(actions) && actions.includes('post');
  });
}

function hiddenBits(
  record: LiveRecord,
  records: LiveRecord[],
  accounts: Map<Did, AccountEvent>,
  said: Map<Did, Said>,
  members: Membership[],
): number {
  const { did, space, collection, value } = record;
  let bits = 0;
  if ((accounts.get(did)?.status ?? 'active') !== 'active') bits |= INACTIVE;
  const mayWrite = NEEDS_NO_RIGHT.includes(collection) || mayPost(did, space, said.get(space) as Said, members);
  if (!mayWrite) bits |= MAY_NOT_POST;
  if (collection === REPLY) {
    const root = asObject(value.root)?.uri;
    const isThere = records.some((post) => post.uri === root && post.space === space && isPost(post, said));
    if (!isThere) bits |= NO_TARGET;
  }
  return bits;
}

/** Ours with a title, and whatever else a section of the space takes. */
function isPost({ collection, space }: LiveRecord, said: Map<Did, Said>): boolean {
  return (
    TITLED.includes(collection) ||
    sectionsOf(said.get(space)?.profile ?? null).some((section) => takes(section, collection))
  );
}

function sectionsOf(profile: JsonObject | null): JsonObject[] {
  return Array.isArray(profile?.sections) ? profile.sections.flatMap((entry) => asObject(entry) ?? []) : [];
}

const takes = ({ collections }: JsonObject, collection: string): boolean =>
  Array.isArray(collections) && collections.includes(collection);

function asPost(record: LiveRecord, records: LiveRecord[], said: Map<Did, Said>): LivePost {
  const { space, uri, did, hidden, sortAt, value, collection } = record;
  const shownHere = records.filter((other) => other.space === space && other.hidden === 0);
  const pointing = (field: 'root' | 'subject') =>
    shownHere.filter((other) => asObject(other.value[field])?.uri === uri);
  const likers = new Set(pointing('subject').flatMap((like) => (like.collection === LIKE ? like.did : [])));
  const replies = pointing('root').filter((reply) => reply.collection === REPLY);
  const isReply = collection === REPLY;
  const strings = (list: Json | undefined) => (Array.isArray(list) ? list.map(String) : []);
  return {
    ...{ space, uri, did, hidden, sortAt },
    activeAt: isReply ? null : Math.max(sortAt, ...replies.map((reply) => reply.sortAt)),
    likeCount: likers.size,
    replyCount: isReply ? null : replies.length,
    hot: sortAt + lift(likers.size),
    root: isReply ? String(asObject(value.root)?.uri) : null,
    parent: isReply ? String(asObject(value.parent)?.uri) : null,
    section: isReply ? null : sectionOf(record, said.get(space)?.profile ?? null),
    title: String(value.title ?? ''),
    tags: [...new Set(strings(value.tags).map((tag) => tag.toLowerCase()))].sort(),
    labels: labelsOf(value),
  };
}

/** Eight hours for every doubling of the likes, in straight lines between the powers of two, up to 2^20. */
function lift(likes: number): number {
  const EIGHT_HOURS = 28_800_000;
  const n = likes + 1;
  const power = Math.min(20, Math.floor(Math.log2(n)));
  return power === 20
    ? EIGHT_HOURS * 20
    : EIGHT_HOURS * power + Math.floor((EIGHT_HOURS * (n - 2 ** power)) / 2 ** power);
}

function sectionOf({ value, collection }: LiveRecord, profile: JsonObject | null): string | null {
  const sections = sectionsOf(profile);
  const named = sections.find(({ id }) => id === value.section);
  const taking = sections.find((section) => takes(section, collection));
  const id = (named ?? taking)?.id;
  return typeof id === 'string' ? id : null;
}

function labelsOf(value: JsonObject): string[] {
  const values = asObject(value.labels)?.values;
  return (Array.isArray(values) ? values : []).map((label) => String(asObject(label)?.val)).sort();
}

/** Of every space that ever held a record of theirs: the newest rev of a version it took, and how many are live there. */
function authorsOf(versions: Map<string, Version[]>, records: LiveRecord[]): Index['authors'] {
  const authors = new Map<string, Index['authors'][number]>();
  for (const { event, space } of [...versions.values()].flat()) {
    if (space === null) continue;
    const { did, rev } = event;
    const author = authors.get(`${did} ${space}`) ?? { did, space, rev, count: 0 };
    authors.set(`${did} ${space}`, { ...author, rev: author.rev > rev ? author.rev : rev });
  }
  for (const { did, space } of records) {
    const author = authors.get(`${did} ${space}`);
    if (author !== undefined) author.count += 1;
  }
  return [...authors.values()];
}
