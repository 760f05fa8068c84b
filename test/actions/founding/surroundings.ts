/** What a founder meets: the operator's surroundings, servers that are tables, and a group account that writes into them. */
import type { FoundingDeps } from '../../../src/actions/founding/deps.ts';
import type { OwnDeps } from '../../../src/actions/own.ts';
import { Foundings } from '../../../src/auth/foundings.ts';
import type { Founding } from '../../../src/domain/founding.ts';
import type { JsonObject } from '../../../src/domain/model.ts';
import type { RepoAct } from '../../../src/ports/accounts.ts';
import type { NewAccount, NotMade, ServerTerms } from '../../../src/ports/new-accounts.ts';
import { makeShelf } from '../../auth/shelf.ts';
import { CID, didOf } from '../../support/community.ts';
import { newWorld, operatorIn, PDS, type World } from '../operator.ts';

export const [ADA, BERT, GROUP] = [didOf('ada'), didOf('bert'), didOf('group')];

export interface Surroundings {
  world: World;
  deps: FoundingDeps;
  shelf: ReturnType<typeof makeShelf>;
  /** What servers say of themselves; absent: cannot be reached. */
  servers: Map<string, ServerTerms>;
  /** What was sent to be made, and what the server answers. */
  made: NewAccount[];
  answer: { did: string; handle: string } | NotMade;
  rotationKeys: string[] | null;
  /** What stands at addresses of the web. */
  web: Map<string, string>;
  kept: Map<string, string>;
  /** Who connected the group. */
  holder: string | null;
  /** Groups whose objects cannot be reached. */
  away: string[];
  log: string[];
  at: number;
  /** Writes of the group after which its server is away. */
  writesLeft: number;
  acts: string[];
  joins: JsonObject[];
}

export const TERMS: ServerTerms = {
  ...{ pds: PDS, domains: ['.pds.example.com'], needsInvite: false, needsPhone: false },
  ...{ termsOfService: null, privacyPolicy: null },
};

export async function surroundings(db: D1Database, more: Partial<FoundingDeps> = {}): Promise<Surroundings> {
  const world = newWorld();
  world.repository = {};
  for (const did of [ADA, BERT, GROUP]) world.accounts.set(did, { did, handle: null, pds: PDS, signingKey: null });
  const operator = await operatorIn(world, db);
  operator.pds.hasRecord = async (_, did, collection) => did === GROUP && collection in world.repository;
  const shelf = makeShelf();
  const it = {
    ...{
      world,
      shelf,
      servers: new Map([[PDS, TERMS]]),
      made: [],
      answer: { did: GROUP, handle: 'club.pds.example.com' },
    },
    ...{ rotationKeys: [], web: new Map(), kept: new Map(), holder: ADA, writesLeft: 1000, acts: [], joins: [] },
    ...{ away: [], log: [], at: Date.UTC(2026, 10, 20) },
  } as unknown as Surroundings;
  it.deps = {
    ...{ operator, policy: 'anyone', foundersDomain: 'spaces.example.com', here: 'did:web:home.example.com' },
    foundings: new Foundings({ shelf, clock: { now: () => it.at } }),
    newAccounts: {
      terms: async (pds) => it.servers.get(pds) ?? null,
      make: async (_, account) => {
        it.made.push(account);
        return it.answer;
      },
      rotationKeys: async () => it.rotationKeys ?? Promise.reject(new Error('the directory is away')),
    },
    signIns: { keep: async (name, sealed) => void it.kept.set(name, sealed) },
    look: async (url) => it.web.get(url) ?? null,
    own: ownDeps(it, operator),
    ...more,
  };
  return it;
}

const REV = '3m5aaaaaaaa22';

const ownDeps = (it: Surroundings, { indexer, identity }: FoundingDeps['operator']): OwnDeps =>
  ({
    ...{ indexer, identity, clock: { now: () => 0 }, log: (what: string) => void it.log.push(what) },
    groups: {
      connection: async (group: string) => {
        if (it.away.includes(group)) throw new Error('no answer');
        return { holder: it.holder };
      },
      release: async () => {
        it.holder = null;
      },
      upload: async () => ({ blob: { $type: 'blob', ref: { $link: CID }, mimeType: 'image/png', size: 1 } }),
      write: async (_: string, act: RepoAct) => {
        if (it.writesLeft-- <= 0) return { failed: 'unreachable', message: 'the server is away' };
        const rkey = act.act === 'create' ? '' : act.rkey;
        it.acts.push(`${act.act} ${act.collection.split('.').at(-1)}/${rkey}`);
        if (act.act === 'put') it.world.repository[act.collection] = [...others(it, act), act.record];
        return { uri: '', cid: CID, rev: REV };
      },
    },
    accounts: {
      write: async (did: string, _: unknown, act: Extract<RepoAct, { act: 'put' }>) => {
        it.joins.push(act.record);
        return { uri: `at://${did}/${act.collection}/${act.rkey}`, cid: CID, rev: REV };
      },
    },
  }) as unknown as OwnDeps;

/** Memberships are told apart by whom they are for; of roles there may be several. */
const others = (it: Surroundings, { collection, record }: Extract<RepoAct, { act: 'put' }>): JsonObject[] =>
  (it.world.repository[collection] ?? []).filter(
    (one) => JSON.stringify(one) !== JSON.stringify(record) && (one.member !== record.member || 'displayName' in one),
  );

export async function begun({ deps }: Surroundings, by = ADA): Promise<Founding> {
  const founding = await deps.foundings.begin(by, null);
  if (!founding) throw new Error('it did not begin');
  return founding;
}

export const now = async ({ deps }: Surroundings, by = ADA): Promise<Founding> => {
  const { founding } = await deps.foundings.founder(by);
  if (!founding) throw new Error('nothing is begun');
  return founding;
};
