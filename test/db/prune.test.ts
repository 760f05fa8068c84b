/** What is kept only for a time goes again, and a flood of it within hours. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prune } from '../../src/db/prune.ts';
import { didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

const DAY = 24 * 3_600_000;
const NOW = 100 * DAY;

let it: TestDatabase;
beforeAll(async () => {
  it = await openDatabase();
});
afterAll(() => it.stop());

/** `count` of them, a millisecond apart. */
async function wait(name: string, count: number, from: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, n) => [`at://${didOf(name)}/org.example.comment/${n}`, from + n]);
  const sql = `insert into waiting (uri, target, rev, event, at)
    select value->>0, 'at://did:plc:x/org.example.thing/1', '', '{}', value->>1 from json_each(?)`;
  await it.db.prepare(sql).bind(JSON.stringify(rows)).run();
}

async function bury(name: string, count: number, at: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, n) => [`at://${didOf(name)}/club.commonplace.like/${n}`, at + n]);
  const sql = `insert into record (space, uri, did, collection, cid, rev, snapshot, hidden, sort_at, seq, indexed_at)
    select 'did:plc:club', value->>0, ?2, 'club.commonplace.like', null, '', 0, 0, 1, value->>1, value->>1 from json_each(?1)`;
  await it.db.prepare(sql).bind(JSON.stringify(rows), didOf(name)).run();
}

async function pruneAll(): Promise<number> {
  let slices = 1;
  while (await prune(it.db, NOW)) slices++;
  return slices;
}

const counts = (sql: string): Promise<unknown> => it.db.prepare(sql).first();

test('of what waits the oldest give way to ten thousand others, and what waited a week to none; both are counted', async () => {
  await wait('late', 3, NOW - 8 * DAY);
  await wait('early', 1_200, NOW - 2 * DAY);
  await wait('now', 9_700, NOW - DAY);
  expect(await pruneAll()).toBe(2);
  const early = `sum(uri like 'at://${didOf('early')}%') as early`;
  expect(await counts(`select count(*) as n, ${early} from waiting`)).toEqual({ n: 10_000, early: 300 });
  expect(await counts(`select count from drop_count where reason = 'waiting-evicted'`)).toEqual({ count: 903 });
});

test('tombstones go after a week', async () => {
  await bury('late', 1_100, NOW - 8 * DAY);
  await bury('now', 10, NOW - 6 * DAY);
  expect(await pruneAll()).toBe(3);
  expect(await counts('select count(*) as n from record')).toEqual({ n: 10 });
});
