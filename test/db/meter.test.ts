import { afterAll, beforeAll, expect, test } from 'vitest';
import { metered } from '../../src/db/meter.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

let it: TestDatabase;
beforeAll(async () => {
  it = await openDatabase();
  const insert = it.db.prepare('insert into drop_count (reason, count) values (?, ?)');
  await it.db.batch([insert.bind('a', 1), insert.bind('b', 2), insert.bind('c', 3)]);
});
afterAll(() => it.stop());

test('sums the rows of every way to ask', async () => {
  const meter = metered(it.db);
  const three = meter.db.prepare('select reason, count from drop_count where count > ?').bind(0);
  expect((await three.all()).results).toHaveLength(3);
  expect(meter.rowsRead()).toBe(3);
  expect(await three.first('reason')).toBe('a');
  expect(await three.first()).toEqual({ reason: 'a', count: 1 });
  expect(meter.rowsRead()).toBe(9);
  const [one, other] = await meter.db.batch([
    three,
    meter.db.prepare(`select count from drop_count where reason = 'b'`),
  ]);
  expect([one?.results.length, other?.results]).toEqual([3, [{ count: 2 }]]);
  expect(meter.rowsRead()).toBe(13);
  expect(await meter.db.prepare(`select 1 from drop_count where reason = 'z'`).first()).toBeNull();
});
