/** One commit is one batch within D1's bounds, whatever is written. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Commit, commit, MAX_STATEMENTS } from '../../src/db/commit.ts';
import type { RecordRow, Write } from '../../src/domain/write.ts';
import { didOf, LETTERS } from '../model/cast.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

const ANN = didOf('ann');
const BOUND = 1_000_000;

interface Bound {
  sql: string;
  values: unknown[];
}

/** Takes statements down instead of running them. */
function recorder(): { db: D1Database; batches: Bound[][] } {
  const batches: Bound[][] = [];
  const prepare = (sql: string) => ({
    sql,
    values: [] as unknown[],
    bind: (...values: unknown[]) => ({ sql, values }),
  });
  const batch = async (statements: Bound[]) => {
    batches.push(statements);
    return statements.map(() => ({ results: [], meta: { rows_written: 1 } }));
  };
  return { db: { prepare, batch } as unknown as D1Database, batches };
}

const work = (writes: Write[], more: Partial<Commit> = {}): Commit => ({
  writes,
  refused: [],
  seq: 1,
  now: 1,
  ...more,
});

function row(n: number, text = '{}'): RecordRow {
  return {
    ...{
      space: LETTERS,
      uri: `at://${ANN}/a.b.c/${n}`,
      did: ANN,
      collection: 'a.b.c',
      cid: 'bafy',
      rev: '3jzfcijpj2z2a',
    },
    ...{ snapshot: false, value: text, sortAt: 1, hidden: 0, subject: null, root: null, postId: null, seq: n },
  };
}

const records = (texts: string[]): Write[] => texts.map((text, n) => ({ write: 'record', row: row(n + 1, text) }));

describe('a commit', () => {
  test('of nothing touches nothing', async () => {
    const { db, batches } = recorder();
    expect(await commit(db, work([]))).toEqual({ rowsWritten: 0 });
    expect(batches).toEqual([]);
  });

  test('is one batch, however many rows, and no parameter is longer than D1 takes', async () => {
    const unit = fc.constantFrom('a', '"', '\\', '\n', 'ü', '語', '👩', '\u0000', '\ud800');
    const texts = fc.array(fc.tuple(unit, fc.integer({ min: 1, max: 60_000 })), { maxLength: 20, size: 'max' });
    await fc.assert(
      fc.asyncProperty(texts, async (parts) => {
        const { db, batches } = recorder();
        await commit(db, work(records(parts.map(([part, times]) => part.repeat(times)))));
        const bound = batches.flat().flatMap(({ values }) => values.filter((value) => typeof value === 'string'));
        for (const value of bound) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(BOUND);
        const rows = bound.flatMap((value) => JSON.parse(value) as unknown[][]);
        expect(rows.map((cells) => cells[14])).toEqual(parts.map(([part, times]) => part.repeat(times)));
        expect(batches.length).toBe(parts.length === 0 ? 0 : 1);
      }),
      { numRuns: 30 },
    );
  });

  test('that would need more statements than a batch may hold writes nothing and says so', async () => {
    const { db, batches } = recorder();
    const huge = records(Array.from({ length: MAX_STATEMENTS + 1 }, () => 'x'.repeat(BOUND * 0.9)));
    await expect(commit(db, work(huge))).rejects.toThrow(/too large/);
    expect(batches).toEqual([]);
  });

  test('writes a row touched more than once only once: the last word stands, counts add up', async () => {
    const { db, batches } = recorder();
    const author = (rev: string, delta: number): Write => ({ write: 'author', did: ANN, space: LETTERS, rev, delta });
    await commit(
      db,
      work([...records(['"first"']), ...records(['"last"']), author('b', 1), author('c', 1), author('a', -1)]),
    );
    const rows = batches.flat().map(({ values }) => JSON.parse(String(values[0])) as unknown[][]);
    expect(rows[0]?.map((cells) => cells[14])).toEqual(['"last"']);
    expect(rows[1]).toEqual([[ANN, LETTERS, 'c', 1]]);
  });

  test('has no `insert or replace`, which fires no delete trigger', async () => {
    const { db, batches } = recorder();
    await commit(db, work([...records(['{}']), { write: 'job', kind: 'space', key: LETTERS }], { stream }));
    for (const { sql } of batches.flat()) expect(sql.toLowerCase()).not.toMatch(/replace/);
  });
});

const stream = { instance: 'wss://one', sequence: null, cursor: 5, exact: true };

describe('on D1', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    const tables = ['record', 'stream', 'drop_count', 'dropped'];
    await database.db.batch(tables.map((table) => database.db.prepare(`delete from ${table}`)));
  });

  const count = async (table: string): Promise<number> =>
    (await database.db.prepare(`select count(*) as n from ${table}`).first<{ n: number }>())?.n ?? -1;

  test('rows, refusals and the stream’s cursor are written together or not at all', async () => {
    const refused = [{ reason: 'bad-rev', uri: '', detail: 'rev is no TID' }];
    const also = [database.db.prepare('insert into stream (id) values (2)')];
    await expect(commit(database.db, work(records(['{}']), { refused, stream, also }))).rejects.toThrow();
    expect(await Promise.all(['record', 'drop_count', 'dropped', 'stream'].map(count))).toEqual([0, 0, 0, 0]);
    await commit(database.db, work(records(['{}']), { refused, stream }));
    expect(await Promise.all(['record', 'drop_count', 'dropped', 'stream'].map(count))).toEqual([1, 1, 1, 1]);
  });

  test('refusals are counted by reason, and the last hundred are kept', async () => {
    const refused = Array.from({ length: 3 }, (_, n) => ({
      reason: n === 0 ? 'bad-rev' : 'malformed',
      uri: `at://${n}`,
      detail: '',
    }));
    for (let times = 0; times < 60; times++) await commit(database.db, work([], { refused }));
    const { results } = await database.db.prepare('select reason, count from drop_count order by reason').all();
    expect(results).toEqual([
      { reason: 'bad-rev', count: 60 },
      { reason: 'malformed', count: 120 },
    ]);
    expect(await count('dropped')).toBeLessThanOrEqual(100);
  });

  test('the seq that is remembered never falls', async () => {
    await commit(database.db, work([], { stream, seq: 50 }));
    await commit(database.db, work([], { stream: { ...stream, cursor: 6 }, seq: 7 }));
    expect(await database.db.prepare('select cursor, seq from stream').first()).toEqual({ cursor: 6, seq: 50 });
  });
});
