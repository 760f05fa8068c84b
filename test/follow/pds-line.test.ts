/** The members' own servers followed: positions of each, and when they are written down. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tidAt } from '../../src/domain/tid.ts';
import { Follower } from '../../src/follow/follower.ts';
import { PdsLine } from '../../src/follow/pds-line.ts';
import { Queue, type Queued } from '../../src/follow/queue.ts';
import { Admission } from '../../src/ingest/admit.ts';
import { JobRunner } from '../../src/ingest/jobs.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { NO_JOBS } from '../support/no-jobs.ts';
import { ScriptedStream } from './stream.ts';

const SPACE = 'did:plc:spaceaaaaaaaaaaaaaaaaaaa';
const ANN = 'did:plc:annaaaaaaaaaaaaaaaaaaaaa';
const BOB = 'did:plc:bobaaaaaaaaaaaaaaaaaaaaa';
const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
const [ONE, TWO] = ['https://one.example.com', 'https://two.example.com'];
const START = Date.UTC(2026, 10, 1);

let database: TestDatabase;
let now = START;
let stream: ScriptedStream;
/** While there is a list, answers of `getLatestCommit` are held back in it. */
let held: (() => void)[] | null = null;
let compared: string[];

beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.stop());

const homes: Record<string, string> = { [SPACE]: ONE, [ANN]: ONE, [BOB]: TWO };

beforeEach(async () => {
  [now, held, compared] = [START, null, []];
  const { db } = database;
  const tables = ['record', 'post', 'stream', 'source', 'gap', 'author_space', 'identity', 'job', 'member', 'space'];
  await db.batch([
    ...tables.map((table) => db.prepare(`delete from ${table}`)),
    db
      .prepare(`insert into space (did, display_name, added_at, profile) values (?, 'S', 1, '{"postPolicy":"anyone"}')`)
      .bind(SPACE),
    ...Object.entries(homes).map(([did, pds]) =>
      db.prepare(`insert into identity (did, pds, repo_rev) values (?, ?, 'old')`).bind(did, pds),
    ),
    db
      .prepare(`insert into author_space (did, space, rev, count) values (?, ?, '', 0), (?, ?, '', 0)`)
      .bind(ANN, SPACE, BOB, SPACE),
  ]);
});

function lineDeps(sockets: number) {
  stream = new ScriptedStream();
  const clock = { now: () => now };
  return {
    ...{ db: database.db, streams: stream, clock, random: () => 0, log: () => undefined, sockets, pollMs: 300_000 },
    identity: {
      resolveHandle: async () => null,
      resolveDid: async (did: string) => ({ did, handle: null, pds: homes[did] ?? null, signingKey: null }),
    },
    pds: {
      latestRev: async (_: string, did: string) => {
        compared.push(did);
        const list = held;
        if (list) await new Promise<void>((done) => list.push(done));
        return 'old';
      },
      repoStatus: async () => 'active',
      listRecords: async () => ({ records: [], cursor: null }),
      collections: async () => [],
      ...{ hasRecord: async () => true, repo: async () => null, proof: async () => ({ missing: 'record' as const }) },
    },
  };
}

function follower(sockets = 8): Follower {
  const deps = lineDeps(sockets);
  const { clock, db } = deps;
  const admission = new Admission(db, clock, () => true);
  return new Follower({
    ...{ clock, random: () => 0, admission, log: () => undefined },
    line: (hooks) => new PdsLine(deps, hooks),
    keep: { get: async () => null, put: async () => undefined },
    jobs: new JobRunner({ db, clock, admission }, NO_JOBS),
  });
}

function topic(n: number, did: string): { did: string; time_us: number; kind: string } {
  const rev = tidAt(START + n * 1000);
  const createdAt = new Date(START + n * 1000).toISOString();
  const record = { $type: 'club.commonplace.topic', space: SPACE, title: `Topic ${n}`, text: 'Words', createdAt };
  const commit = { rev, operation: 'create', collection: 'club.commonplace.topic', rkey: rev, record, cid: CID };
  return { did, time_us: (START + n * 1000) * 1000, kind: 'commit', ...{ commit } };
}

const posts = async (): Promise<number> =>
  (await database.db.prepare('select count(*) as n from post').first<number>('n')) ?? -1;
const saved = async (): Promise<number[]> =>
  (await database.db.prepare('select sequence from source order by instance').all<{ sequence: number }>()).results.map(
    ({ sequence }) => sequence,
  );
const wss = (pds: string): string => pds.replace('https', 'wss');

async function until(claim: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await claim()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('it did not come to pass');
}

/** Followed, and every repository compared. */
async function settled(sockets = 8): Promise<Follower> {
  const made = follower(sockets);
  await made.follow();
  await made.beat();
  await until(() => compared.length >= 3);
  // The round ends a moment after its last answer.
  await until(async () => {
    now += 3_000;
    return made.beat();
  });
  return made;
}

describe('each server', () => {
  test('has a position of its own, from which it is resumed', async () => {
    const made = await settled();
    expect(stream.to(wss(ONE)).options.cursor).toBeNull();
    await stream.to(wss(ONE)).tell(11, topic(1, ANN));
    await stream.to(wss(TWO)).tell(22, topic(2, BOB));
    await until(async () => (await posts()) === 2);
    await made.settle();
    expect(await saved()).toEqual([11, 22]);
    await follower().follow();
    expect(stream.to(wss(ONE)).options.cursor?.sequence).toBe(11);
    expect(stream.to(wss(TWO)).options.cursor?.sequence).toBe(22);
    expect(await database.db.prepare('select instance from stream').first('instance')).toBe('pds:members');
  });

  test('that is new is written down only once its repositories were compared', async () => {
    const list: (() => void)[] = [];
    held = list;
    const made = follower();
    await made.follow();
    await made.beat();
    await stream.to(wss(ONE)).tell(11, topic(1, ANN));
    await until(async () => (await posts()) === 1);
    await made.settle();
    expect(await saved()).toEqual([]);
    held = null;
    for (const release of list) release();
    await until(async () => {
      await made.settle();
      return (await saved())[0] === 11;
    });
    expect(compared.sort()).toEqual([ANN, BOB, SPACE].sort());
  });

  test.each(['refused', 'outdated'] as const)(
    'that cannot go on from where it was (%s) is compared anew',
    async (why) => {
      const made = await settled();
      await stream.to(wss(ONE)).tell(11, topic(1, ANN));
      await until(async () => (await saved())[0] === 11);
      compared = [];
      stream.to(wss(ONE)).options.onLost(why);
      if (why === 'refused') stream.to(wss(ONE)).fail('FutureCursor');
      now += 120_000;
      await made.follow();
      if (why === 'refused') expect(stream.to(wss(ONE)).options.cursor).toBeNull();
      await until(async () => {
        await made.beat();
        return compared.length === 2;
      });
      expect(compared.sort()).toEqual([ANN, SPACE].sort());
      await stream.to(wss(ONE)).tell(5, topic(3, ANN));
      await until(async () => {
        await made.settle();
        return (await saved())[0] === 5;
      });
    },
  );

  test('is believed about those who live there and nobody else', async () => {
    await settled();
    await stream.to(wss(TWO)).tell(21, topic(1, ANN));
    await stream.to(wss(TWO)).tell(22, topic(2, BOB));
    await until(async () => (await posts()) === 1);
    expect(await database.db.prepare('select did from post').first('did')).toBe(BOB);
  });
});

test('as many as may be are followed, and the others asked', async () => {
  await settled(1);
  expect(stream.connections.map(({ options }) => options.url)).toEqual([
    `${wss(ONE)}/xrpc/com.atproto.sync.subscribeRepos`,
  ]);
  expect(compared).toContain(BOB);
});

test('a part of what was received brings each server as far as its own part', async () => {
  const hooks = {
    ...{ wants: () => true, onMalformed: () => undefined, onMessage: () => undefined, onClose: () => undefined },
    ...{ admit: async () => undefined, pump: () => undefined, known: () => 3 },
    alone: <T>(work: () => Promise<T>): Promise<T> => work(),
  };
  const { db } = database;
  const [one, two] = [ONE, TWO].map((pds) => `${wss(pds)}/xrpc/com.atproto.sync.subscribeRepos`) as [string, string];
  await db
    .prepare('insert into source (instance, sequence, cursor) values (?, 10, 1), (?, 20, 1)')
    .bind(one, two)
    .run();
  const line = new PdsLine(lineDeps(8), hooks);
  await line.load(null);
  await line.connect([]);
  const queue = new Queue();
  const told = (instance: string, sequence: number): Queued => ({
    ...{ raw: '{}', message: {}, mark: { timeUs: sequence, sequence }, instance, newcomer: null },
  });
  for (const item of [told(one, 11), told(two, 21), told(one, 12)]) queue.push(item);
  await stream.to(wss(ONE)).tell(13, topic(1, ANN));
  await stream.to(wss(TWO)).tell(23, topic(1, BOB));
  const batch = queue.peek(2);
  const { moved } = line.after(batch, queue);
  expect(moved?.map(({ sequence }) => sequence).sort()).toEqual([11, 23]);
});
