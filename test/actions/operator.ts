/** An operator's surroundings: a real database and the real way into it; the network is a table. */
import type { OperatorDeps } from '../../src/actions/spaces.ts';
import { keepOrder } from '../../src/db/roster.ts';
import { dropSpace, putSpace } from '../../src/db/spaces.ts';
import { NSID } from '../../src/domain/collections.ts';
import type { JsonObject } from '../../src/domain/model.ts';
import type { StreamStatus } from '../../src/domain/status.ts';
import { makeUri } from '../../src/domain/uri.ts';
import { Admission } from '../../src/ingest/admit.ts';
import type { ResolvedIdentity } from '../../src/ports/identity.ts';
import type { IndexerPort } from '../../src/ports/indexer.ts';
import { readRepository } from '../../src/sync/repository.ts';
import { CID, didOf } from '../support/community.ts';

const REV = '3m5aaaaaaaa22';
const NOW = Date.UTC(2026, 10, 20);
const TABLES = ['space', 'host', 'record', 'author_space', 'member', 'job', 'dropped', 'drop_count'];
export const club = didOf('club');
export const other = didOf('other');
export const PDS = 'https://pds.example.com';

/** What the network says, to be changed by a test. */
export interface World {
  /** Records of every repository, by collection. */
  repository: Record<string, JsonObject[]>;
  accounts: Map<string, ResolvedIdentity>;
  handles: Map<string, string>;
  /** What the PDS says of every account; null when it is down. */
  status: string | null;
  describes: boolean;
  /** Pages after which the PDS is gone. */
  failsAfter: number;
  /** Groups that are connected. */
  connected: Set<string>;
}

const profile: JsonObject = {
  $type: NSID.profile,
  ...{ space: club, displayName: 'The Club', joinPolicy: 'open', visibility: 'unlisted' },
  createdAt: '2026-01-01T00:00:00Z',
  collections: [{ collection: 'com.example.note', rule: 'repo' }],
};
const rule: JsonObject = { $type: NSID.rule, space: club, title: 'Be kind', text: 'Always.' };
const membership = (member: string): JsonObject => ({
  $type: NSID.membership,
  ...{ space: club, member, roles: [], createdAt: '2026-01-01T00:00:00Z' },
});

export const newWorld = (): World => ({
  repository: { [NSID.profile]: [profile], [NSID.rule]: [rule, rule], [NSID.membership]: [membership(other)] },
  accounts: new Map([
    [club, { did: club, handle: 'club.example.com', pds: PDS, signingKey: null }],
    [other, { did: other, handle: null, pds: PDS, signingKey: null }],
  ]),
  handles: new Map([['club.example.com', club]]),
  status: 'active',
  describes: true,
  failsAfter: Number.POSITIVE_INFINITY,
  connected: new Set(),
});

/** Over an empty database. */
export async function operatorIn(world: World, db: D1Database): Promise<OperatorDeps> {
  await db.batch(TABLES.map((table) => db.prepare(`delete from ${table}`)));
  const pds = pdsOf(world);
  const identity: OperatorDeps['identity'] = {
    resolveHandle: async (handle) => {
      if (handle === 'down.example.com') throw new Error('resolver down');
      return world.handles.get(handle) ?? null;
    },
    resolveDid: async (did) => world.accounts.get(did) ?? null,
  };
  return {
    ...{ db, indexer: indexerOver(db), pds, identity },
    groups: {
      connection: async (did) => ({
        ...{ isConnected: world.connected.has(did), by: null, holder: null, more: false, trouble: null },
      }),
      release: async (did) => void world.connected.delete(did),
    },
    repositories: { read: (wanted) => readRepository(wanted, { pds, identity }) },
    instanceHosts: ['home.example.com'],
    development: false,
    allowed: (collection) => collection === 'com.example.note',
  };
}

function pdsOf(world: World): OperatorDeps['pds'] {
  let pages = 0;
  return {
    repo: async () => null,
    hasRecord: async () => true,
    latestRev: async () => (world.status === 'active' ? REV : null),
    repoStatus: async () => {
      if (world.status === null) throw new Error('server down');
      return world.status;
    },
    proof: async () => ({ missing: 'repository' }),
    collections: async () => {
      if (!world.describes) throw new Error(`${PDS} cannot be reached`);
      return [...Object.keys(world.repository), 'app.bsky.feed.post'];
    },
    listRecords: async (_pds, did, collection) => {
      if (++pages > world.failsAfter) throw new Error('server gone');
      const rkey = (value: JsonObject, index: number): string =>
        collection === NSID.profile
          ? 'self'
          : typeof value.member === 'string'
            ? value.member
            : `3m5aaaaaaa${index + 2}22`;
      const values = world.repository[collection] ?? [];
      const records = values.map((value, i) => ({ uri: makeUri(did, collection, rkey(value, i)), cid: CID, value }));
      return { records, cursor: null };
    },
  };
}

/** Without the object around it. */
function indexerOver(db: D1Database): IndexerPort {
  const admission = new Admission(db, { now: () => NOW }, () => true);
  const status: StreamStatus = {
    ...{ mode: 'live', connected: true, instance: 'wss://stream.example.com/subscribe' },
    ...{ cursorUs: NOW * 1000, lastMessageAt: NOW, queued: 0 },
  };
  return {
    admit: (events) => admission.admit(events),
    addSpace: async (space) => {
      await putSpace(db, space, NOW);
      admission.forget();
    },
    removeSpace: async (did) => {
      await dropSpace(db, did, NOW);
      admission.forget();
    },
    status: async () => status,
    roster: (order) => keepOrder(db, order, NOW),
    spare: async () => null,
    wake: async () => {},
    watch: async () => {},
    renewTop: async () => {},
    listen: async () => {},
    verify: async () => false,
    operate: async () => true,
  };
}
