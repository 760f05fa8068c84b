import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { jobNow } from '../../src/db/jobs.ts';
import { tidAt } from '../../src/domain/tid.ts';
import { Follower } from '../../src/follow/follower.ts';
import { IndexerService } from '../../src/follow/indexer.ts';
import { JetstreamLine } from '../../src/follow/jetstream-line.ts';
import { Listening } from '../../src/follow/listening.ts';
import { Admission } from '../../src/ingest/admit.ts';
import { type JobHandlers, JobRunner } from '../../src/ingest/jobs.ts';
import { Keepers } from '../../src/ingest/keepers.ts';
import type { Kept } from '../../src/ports/keep.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { NO_JOBS, none } from '../support/no-jobs.ts';
import { ScriptedStream } from './stream.ts';

const SPACE = 'did:plc:spaceaaaaaaaaaaaaaaaaaaa';
const AUTHOR = 'did:plc:authoraaaaaaaaaaaaaaaaaa';
const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
const START = Date.UTC(2026, 10, 1);

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.stop());

let now = START;
let stream: ScriptedStream;
let kept: Kept | null;
/** Writes of D1 that fail before the next one succeeds. */
let failing = 0;
let failed = 0;
/** Readings of facts that fail, as where the tables are older than the code. */
let unread = 0;
/** Words that D1 takes in no write. */
let poison: string | null = null;
/** What D1 waits for before it does what it is asked. */
let before: (isWrite: boolean) => Promise<void> = async () => undefined;

beforeEach(async () => {
  now = START;
  kept = null;
  failing = 0;
  failed = 0;
  unread = 0;
  lookedUp = [];
  poison = null;
  before = async () => undefined;
  const tables = ['record', 'post', 'stream', 'gap', 'author_space', 'identity', 'job', 'drop_count', 'space'];
  await database.db.batch(tables.map((table) => database.db.prepare(`delete from ${table}`)));
  await database.db
    .prepare(`insert into space (did, display_name, added_at, profile) values (?, 'S', 1, '{"postPolicy":"anyone"}')`)
    .bind(SPACE)
    .run();
});

const writes = (statement: D1PreparedStatement): boolean => /insert into|update /.test(JSON.stringify(statement));

const readsFacts = (statement: D1PreparedStatement): boolean => /from claim|join claim/.test(JSON.stringify(statement));

/** D1 that refuses its next `failing` writes, and whatever is poison to it. */
function unreliable(db: D1Database): D1Database {
  return new Proxy(db, {
    get: (target, name) => {
      const value = Reflect.get(target, name);
      if (name !== 'batch') return typeof value === 'function' ? value.bind(target) : value;
      return (statements: D1PreparedStatement[]) => {
        const isPoison = poison !== null && JSON.stringify(statements).includes(poison);
        if (statements.some(writes) && (failing > 0 || isPoison)) {
          failing = Math.max(0, failing - 1);
          failed++;
          return Promise.reject(new Error('D1 is away'));
        }
        if (unread > 0 && statements.some(readsFacts)) {
          unread--;
          return Promise.reject(new Error('no such column'));
        }
        return before(statements.some(writes)).then(() => target.batch(statements));
      };
    },
  });
}

let lookedUp: string[] = [];
const remember = (value: Kept): void => {
  kept = value;
};

const handlers: JobHandlers = {
  ...NO_JOBS,
  resolve: (job) => {
    lookedUp.push(job.key);
    return none();
  },
  // As work on the index does that finds where records belong.
  unban: async ({ key }) => ({
    writes: [{ write: 'author', did: key, space: SPACE, rev: '', delta: 1 }],
    next: null,
  }),
};

function follower(urls = ['wss://one']): Follower {
  stream = new ScriptedStream();
  const db = unreliable(database.db);
  const clock = { now: () => now };
  const admission = new Admission(db, clock, () => true);
  const linkDeps = {
    ...{ streams: stream, clock, random: () => 0, urls, lookbackMs: 24 * 3_600_000, log: () => undefined },
  };
  return new Follower({
    ...{ clock, random: () => 0, admission, log: () => undefined },
    line: (hooks) => new JetstreamLine(linkDeps, hooks),
    keep: { get: async () => kept, put: async (value) => remember(value) },
    jobs: new JobRunner({ db, clock, admission }, handlers),
  });
}

const timeUs = (n: number): number => (START + n * 1000) * 1000;

function topic(n: number, did = AUTHOR): object {
  const rev = tidAt(START + n * 1000);
  const createdAt = new Date(START + n * 1000).toISOString();
  const record = { $type: 'club.commonplace.topic', space: SPACE, title: `Topic ${n}`, text: 'Words', createdAt };
  const commit = { rev, operation: 'create', collection: 'club.commonplace.topic', rkey: rev, record, cid: CID };
  return { did, time_us: timeUs(n), kind: 'commit', commit };
}

const stranger = (n: number): object => ({
  did: 'did:plc:stranger',
  time_us: timeUs(n),
  kind: 'identity',
  identity: {},
});

const cursor = (): Promise<number | null> => database.db.prepare('select cursor from stream').first<number>('cursor');
const posts = async (): Promise<number> =>
  (await database.db.prepare('select count(*) as n from post').first<number>('n')) ?? -1;
const gaps = async (): Promise<string[]> =>
  (await database.db.prepare('select reason from gap').all<{ reason: string }>()).results.map(({ reason }) => reason);

async function until(claim: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    if (await claim()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('it did not come to pass');
}

describe('the cursor', () => {
  test('is committed with what it stands for, and includes what did not belong', async () => {
    await follower().follow();
    stream.last.send(topic(1), stranger(2));
    await until(async () => (await posts()) === 1);
    expect(await cursor()).toBe(timeUs(2));
    expect(kept?.cursor).toBe(timeUs(2));
  });

  test('does not move when the commit fails, and nothing is lost', async () => {
    await follower().follow();
    stream.last.send(topic(1));
    await until(async () => (await posts()) === 1);
    failing = 2;
    stream.last.send(topic(2), topic(3));
    await until(async () => failed > 0);
    expect(await cursor()).toBe(timeUs(1));
    await until(async () => (await posts()) === 3);
    expect(failed).toBe(2);
    expect(await cursor()).toBe(timeUs(3));
  });

  test('an outage of the database that ends sets no event aside', async () => {
    await follower().follow();
    stream.last.send(topic(1));
    await until(async () => (await posts()) === 1);
    failing = 3;
    stream.last.send(topic(2));
    await until(async () => failed === 3);
    await until(async () => (await posts()) === 2);
    expect(await cursor()).toBe(timeUs(2));
    expect(await database.db.prepare('select * from drop_count').all()).toMatchObject({ results: [] });
  });

  test('what cannot be read for a while sets no event aside either', async () => {
    await follower().follow();
    stream.last.send(topic(1));
    await until(async () => (await posts()) === 1);
    unread = 6;
    stream.last.send(topic(2));
    await until(async () => (await posts()) === 2);
    expect(unread).toBe(0);
    expect(await database.db.prepare('select * from drop_count').all()).toMatchObject({ results: [] });
  });

  test('an event that can never be written is set aside, counted, and holds up nothing', async () => {
    await follower().follow();
    poison = 'Topic 2';
    stream.last.send(topic(2));
    await until(async () => failed === 3);
    stream.last.send(topic(3), topic(4));
    await until(async () => (await posts()) === 2);
    expect(await database.db.prepare('select * from drop_count').first()).toEqual({ reason: 'fault', count: 1 });
    expect(await cursor()).toBe(timeUs(4));
  });

  test('is not taken from a message that says a time in the future, wherever it stands in a batch', async () => {
    await follower().follow();
    failing = 1;
    const future = { did: SPACE, time_us: timeUs(365 * 86_400), kind: 'weather' };
    // What failed is cut in half: the false time ends the first part.
    stream.last.send(topic(2), future, topic(3), topic(4));
    await until(async () => (await posts()) === 3);
    expect(failed).toBe(1);
    expect(await cursor()).toBe(timeUs(4));
  });

  test('is where the next connection begins, inclusive, and repeats write nothing', async () => {
    const made = follower();
    await made.follow();
    stream.last.send(topic(1), topic(2));
    await until(async () => (await posts()) === 2);
    stream.last.fail();
    now += 120_000;
    await made.follow();
    expect(stream.last.options.cursor?.timeUs).toBe(timeUs(2));
    const seqs = (): Promise<number | null> =>
      database.db.prepare('select sum(seq) as s from record').first<number>('s');
    const before = await seqs();
    stream.last.send(topic(2), topic(4));
    await until(async () => (await posts()) === 3);
    expect(await gaps()).toEqual([]);
    expect((await seqs()) ?? 0).toBeGreaterThan(before ?? 0);
  });

  test('becomes the time of connecting after an idle drain', async () => {
    const made = follower();
    await made.follow();
    stream.last.send(stranger(1));
    now += 60_000;
    await made.beat();
    now += 2_500;
    expect(await made.beat()).toBe(true);
    expect(await database.db.prepare('select exact from stream').first<number>('exact')).toBe(1);
    made.rest();
    now += 3_600_000;
    await made.follow();
    const connected = now;
    await made.beat();
    now += 2_500;
    await made.beat();
    const stands = (await cursor()) ?? 0;
    expect(stands).toBeLessThanOrEqual(connected * 1000);
    expect(stands).toBeGreaterThan((connected - 60_000) * 1000);
  });

  test('of a restored database rules over what the object remembers, and no seq is given twice', async () => {
    kept = { instance: 'wss://one', cursor: timeUs(900), seq: 5000 };
    await database.db
      .prepare(
        `insert into stream (id, instance, cursor, exact, seq, committed_at) values (1, 'wss://one', ?, 1, 10, ${START})`,
      )
      .bind(timeUs(3))
      .run();
    await follower().follow();
    expect(stream.last.options.cursor?.timeUs).toBe(timeUs(3));
    stream.last.send(topic(3));
    await until(async () => (await posts()) === 1);
    expect(await database.db.prepare('select min(seq) as s from record').first<number>('s')).toBeGreaterThanOrEqual(
      5000,
    );
  });
});

test('a cursor from the future is not believed: the stream is asked for what came since it was committed', async () => {
  await database.db
    .prepare(`insert into stream (id, instance, cursor, exact, seq, committed_at) values (1, 'wss://one', ?, 1, 10, ?)`)
    .bind(timeUs(10_000_000), START)
    .run();
  const made = follower();
  await made.follow();
  expect(stream.last.options.cursor?.timeUs).toBe(START * 1000);
  stream.last.send(topic(1));
  await until(async () => (await posts()) === 1);
  expect(await cursor()).toBe(timeUs(1));
  stream.last.send({ ...topic(2), time_us: timeUs(10_000_000) });
  await until(async () => (await posts()) === 2);
  expect(await cursor()).toBe(timeUs(1));
});

test('a socket on which nothing comes for a minute is taken to be dead, and another is opened', async () => {
  const made = follower();
  await made.follow();
  stream.last.send(topic(1));
  await until(async () => (await posts()) === 1);
  await made.beat();
  now += 61_000;
  await made.beat();
  expect(stream.connections[0]?.isClosed).toBe(true);
  await until(async () => stream.connections.length === 2);
});

describe('the stream lets through', () => {
  const lets = (did: string): boolean => stream.last.options.wants(JSON.stringify({ did, kind: 'account' }));

  test('those who came to be known by work on the index', async () => {
    const made = follower();
    await made.follow();
    expect(lets(AUTHOR)).toBe(false);
    await until(async () => {
      // Each time: a follower of a test before may still be awake, and take what is due.
      await jobNow(database.db, 'unban', AUTHOR, now).run();
      await made.pump();
      return lets(AUTHOR);
    });
  });

  test('those whose first record has just been committed, while what is known is read anew', async () => {
    const made = follower();
    await made.follow();
    let reloaded = 0;
    let letThrough: boolean | null = null;
    before = async (isWrite) => {
      if (isWrite && reloaded++ === 0) await made.reload();
      else if (!isWrite && (await posts()) === 1) letThrough ??= lets(AUTHOR);
    };
    stream.last.send(topic(1));
    await until(async () => letThrough !== null);
    expect(letThrough).toBe(true);
  });
});

describe('what was missed is recorded', () => {
  const stand = (at: number): Promise<unknown> =>
    database.db
      .prepare(
        `insert into stream (id, instance, cursor, exact, seq, committed_at) values (1, 'wss://one', ?, 1, 1, ${START})`,
      )
      .bind(at)
      .run();

  test('when the stream begins later than it was asked to', async () => {
    await stand(timeUs(1));
    await follower().follow();
    stream.last.send(topic(50));
    await until(async () => (await posts()) === 1);
    expect(await gaps()).toEqual(['clamped']);
  });

  test('when the cursor is older than the look-back', async () => {
    await stand(timeUs(-200_000));
    await follower().follow();
    stream.last.send(topic(1));
    await until(async () => (await posts()) === 1);
    expect(await gaps()).toEqual(['expired']);
  });

  test('when another instance answers', async () => {
    await stand(timeUs(1));
    await follower(['wss://two']).follow();
    expect(stream.last.options.cursor?.timeUs).toBe(timeUs(1) - 120_000_000);
    stream.last.send(topic(1));
    await until(async () => (await posts()) === 1);
    expect(await gaps()).toEqual(['instance-changed']);
  });
});

describe('a stream that counts its messages', () => {
  const numbered = (sequence: number, n = sequence): object => {
    const { commit, did } = topic(n) as { commit: object; did: string };
    const time = new Date(START + n * 1000).toISOString();
    const payload = { $type: 'network.bsky.jetstream.subscribeEvents#commit', ...commit, did, seq: sequence, time };
    return { $type: 'message', payload };
  };
  const sequence = (): Promise<number | null> =>
    database.db.prepare('select sequence from stream').first<number>('sequence');
  async function standAt(n: number): Promise<Follower> {
    const made = follower();
    await made.follow();
    stream.last.send(numbered(n));
    await until(async () => (await sequence()) === n);
    return made;
  }
  async function again(made: Follower): Promise<void> {
    now += 120_000;
    await made.follow();
  }

  test('is resumed by sequence, after a restart too', async () => {
    await standAt(7);
    expect(await cursor()).toBe(timeUs(7));
    await follower().follow();
    expect(stream.last.options.cursor).toEqual({ timeUs: timeUs(7), sequence: 7 });
  });

  test('is resumed by time when the sequence is refused, and what is gone is recorded', async () => {
    const made = await standAt(7);
    stream.last.fail();
    await again(made);
    stream.last.options.onLost('refused');
    stream.last.fail('answered 400 CursorTooOld');
    await again(made);
    expect(stream.last.options.cursor).toEqual({ timeUs: timeUs(7 - 120), sequence: null });
    stream.last.options.onLost('outdated');
    stream.last.send(numbered(90));
    await until(async () => (await posts()) === 2);
    expect(await gaps()).toEqual(['expired']);
    expect(await sequence()).toBe(90);
  });

  test('that begins to count anew is resumed by time: what it showed is no position', async () => {
    const made = await standAt(7);
    stream.last.fail();
    await again(made);
    stream.last.send(numbered(2, 50));
    await until(async () => (await posts()) === 2);
    expect(await cursor()).toBe(timeUs(7));
    await again(made);
    expect(stream.last.options.cursor).toEqual({ timeUs: timeUs(7 - 120), sequence: null });
    stream.last.send(numbered(1, 8), numbered(2, 50));
    await until(async () => (await sequence()) === 2);
    expect(await gaps()).toEqual(['instance-changed']);
  });
});

test('an instance that does not answer is left for the next, after a growing wait', async () => {
  const made = follower(['wss://one', 'wss://two']);
  for (let tries = 0; tries < 3; tries++) {
    await made.follow();
    stream.last.fail();
    now += 120_000;
  }
  expect(stream.connections.map(({ options }) => options.url)).toEqual(['wss://one', 'wss://one', 'wss://two']);
});

test('when admission falls behind the socket is closed, and the stream resumed where it was, with nothing dropped', async () => {
  now = START + 12 * 3_600_000;
  const made = follower();
  await made.follow();
  const first = stream.last;
  let sent = 0;
  while (!first.isClosed && sent < 30_000) first.send(topic(++sent));
  expect(first.isClosed).toBe(true);
  await until(
    async () => stream.connections.length === 2 || (await new Promise((done) => setTimeout(done, 100, false))),
  );
  expect(stream.last.options.cursor?.timeUs).toBe(timeUs(sent));
  expect(await posts()).toBe(sent);
});

describe('asleep and awake', () => {
  let alarm: number | null = null;
  const wait = (ms: number): Promise<unknown> => new Promise((done) => setTimeout(done, ms));

  function indexer(mode: 'adaptive' | 'live' | 'drain'): IndexerService {
    alarm = null;
    const alarms = { get: async () => alarm, set: async (at: number) => setAlarm(at) };
    const clock = { now: () => now };
    const deps = { follower: follower(), db: database.db, clock, alarm: alarms };
    const keepers = new Keepers({ db: database.db, clock, admission: new Admission(database.db, clock, () => true) });
    const keep = { all: async () => [], add: async () => {}, remove: async () => {} };
    const listening = new Listening({ keep, listeners: { notify: async () => false }, log: () => undefined });
    return new IndexerService({ ...deps, keepers, listening, mode, drainMs: 600_000, log: () => undefined });
  }
  const setAlarm = (at: number): void => {
    alarm = at;
  };
  /** Lets the beat of once a second come, with the clock moved past any silence. */
  async function silence(): Promise<void> {
    for (let beats = 0; beats < 2; beats++) {
      now += 3_000;
      await wait(1_100);
    }
  }

  test('drain: connected only until the stream is empty, then asleep until the next alarm', async () => {
    const made = indexer('drain');
    await made.tick();
    stream.last.send(topic(1));
    await silence();
    expect(await posts()).toBe(1);
    await until(async () => stream.last.isClosed);
    await until(async () => (alarm ?? 0) - now > 300_000);
  });

  test('awake or not, it has names looked up that are a day old', async () => {
    const put = database.db.prepare('insert into identity (did, resolved_at) values (?, ?)');
    const dayOld = START - 24 * 3_600_000 - 1;
    await database.db.batch([put.bind('did:plc:old', dayOld), put.bind('did:plc:young', START - 1000)]);
    await indexer('drain').tick();
    await until(async () => lookedUp.length > 0);
    await silence();
    expect(lookedUp).toEqual(['did:plc:old']);
    await until(async () => stream.last.isClosed);
  });

  test('adaptive: a reader keeps it on the stream for ten minutes, and the alarm pokes it meanwhile', async () => {
    const made = indexer('adaptive');
    await made.wake();
    await silence();
    expect(stream.last.isClosed).toBe(false);
    expect((alarm ?? 0) - now).toBeLessThan(60_000);
    now += 11 * 60_000;
    stream.last.send(stranger(1));
    await silence();
    await until(async () => stream.last.isClosed);
  });

  test('house is kept once the stream is caught up with, not before', async () => {
    const old = START - 40 * 24 * 3_600_000;
    await database.db
      .prepare(
        `insert into evidence (uri, space, cid, checked_at) with recursive n(i) as (select 1 union all select i + 1 from n where i < 1200)
         select 'at://x/y/' || i, 'x', 'c', ? from n`,
      )
      .bind(old)
      .run();
    const kept = () => database.db.prepare('select count(*) as n from evidence').first('n');
    const made = indexer('live');
    await made.tick();
    stream.last.send(topic(1));
    await until(async () => (await posts()) === 1);
    expect(await kept()).toBe(1200);
    await silence();
    await until(async () => (await kept()) === 0);
  });

  test('live: silence does not end it', async () => {
    await indexer('live').tick();
    await silence();
    expect(stream.last.isClosed).toBe(false);
  });

  test('the watchdog sets an alarm that is lost or overdue, and leaves a good one alone', async () => {
    const made = indexer('drain');
    await made.watch();
    expect(alarm).not.toBeNull();
    const set = now + 500_000;
    setAlarm(set);
    await made.watch();
    expect(alarm).toBe(set);
    setAlarm(now - 600_000);
    await made.watch();
    expect(alarm).toBeGreaterThan(now);
  });
});
