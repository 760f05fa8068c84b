/**
 * What the index must hold after a set of events, worked out from scratch: slow, simple and without a line of the code
 * it judges. The order in which the events are given makes no difference.
 */
import type { RecordEvent, StreamEvent } from '../../src/domain/event.ts';
import type { Did } from '../../src/domain/model.ts';
import { agreed, isInactive, type Standings } from './accounts.ts';
import type { Index, LiveRecord, Membership, Said, World } from './nouns.ts';
import { asPost, isPost, REPLY } from './posts.ts';
import { asObject, isRefused, OURS, objectsIn } from './soundness.ts';
import { tidMicros } from './tid.ts';
import { assignSpaces, authorsOf, uriOf, type Version } from './versions.ts';

/** Bits of `hidden`. */
const INACTIVE = 1;
const MAY_NOT_POST = 2;
const NO_TARGET = 4;
const NEEDS_NO_RIGHT = [`${OURS}actor.join`, `${OURS}actor.subscription`];

/** @param accounts how they stand; without it their own servers are taken to agree with what the events say of them */
export function fold(events: StreamEvent[], world: World, accounts: Standings = agreed(events)): Index {
  const sound = events.filter((event) => event.kind === 'record').filter((event) => !isRefused(event, world.now));
  const versions = assignSpaces(sound, world);
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
    accounts: [...accounts].map(([did, { status, at }]) => ({ did, status, at })),
  };
}

function liveRecord(versions: Version[], accounts: Standings): LiveRecord[] {
  const winner = versions.at(-1);
  if (winner === undefined || winner.space === null) return [];
  const { did, collection, rkey, rev, snapshot, cid, record } = winner.event;
  if (record === null || cid === null) return [];
  const erasedBefore = accounts.get(did)?.erasedBefore ?? null;
  if (erasedBefore !== null && rev < erasedBefore) return [];
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
  const entries = objectsIn(permissions?.roles);
  return member.roles.some((role) => {
    const actions = entries.find((entry) => entry.role === role)?.actions;
    return Array.isArray(actions) && actions.includes('post');
  });
}

function hiddenBits(
  record: LiveRecord,
  records: LiveRecord[],
  accounts: Standings,
  said: Map<Did, Said>,
  members: Membership[],
): number {
  const { did, space, collection, value } = record;
  let bits = 0;
  const saidHere = said.get(space) as Said;
  if (isInactive(accounts.get(did), saidHere.profile)) bits |= INACTIVE;
  const mayWrite = NEEDS_NO_RIGHT.includes(collection) || mayPost(did, space, saidHere, members);
  if (!mayWrite) bits |= MAY_NOT_POST;
  if (collection === REPLY) {
    const root = asObject(value.root)?.uri;
    const isThere = records.some((post) => post.uri === root && post.space === space && isPost(post, said));
    if (!isThere) bits |= NO_TARGET;
  }
  return bits;
}
