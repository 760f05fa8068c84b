import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SpaceDetails } from '../../src/domain/model.ts';
import { type ReadContext, readFeed, readSpace } from '../../src/reads/index.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { contextOf, got } from './setup.ts';

const NOW = Date.UTC(2026, 0, 2);
let it: TestDatabase;
let space: SpaceDetails;
let ids: number[];

/** An indexer that puts down the given list when it is asked. */
function renewing(list: number[], madeAt = NOW): { asked: string[]; later: Promise<unknown>[]; ctx: ReadContext } {
  const asked: string[] = [];
  const later: Promise<unknown>[] = [];
  const renewTop = async (...key: string[]): Promise<void> => {
    asked.push(key.slice(1).join(' '));
    await it.db
      .prepare(
        'insert into top_list values (?, ?, ?, ?, ?) on conflict do update set made_at = excluded.made_at, posts = excluded.posts',
      )
      .bind(...key, madeAt, JSON.stringify(list))
      .run();
  };
  const indexer = { ...contextOf(it.db).indexer, renewTop };
  return { asked, later, ctx: contextOf(it.db, { now: NOW, indexer, later: (work) => later.push(work) }) };
}

const read = async (ctx: ReadContext, more: { cursor?: string | null; limit?: number } = {}) => {
  const page = got(await readFeed(ctx, space, { sort: 'top', window: 'week', limit: 2, ...more }));
  return { titles: page.items.map(({ title }) => title), cursor: page.cursor };
};

beforeAll(async () => {
  it = await openDatabase();
  const club = await Community.found(it.db, 'club');
  for (const title of ['a', 'b', 'c', 'd', 'e']) await club.story(didOf('ann'), title);
  space = got(await readSpace(contextOf(it.db), club.space));
  const { results } = await it.db.prepare('select id from post order by title').all<{ id: number }>();
  ids = results.map(({ id }) => id);
});
afterAll(() => it.stop());

test('a list that is missing is made first, then paged through', async () => {
  const { asked, later, ctx } = renewing([ids[2], ids[0], ids[4]] as number[]);
  const first = await read(ctx);
  expect(first.titles).toEqual(['c', 'a']);
  expect(asked).toEqual([' week']);
  expect(await read(ctx, { cursor: first.cursor })).toEqual({ titles: ['e'], cursor: null });
  expect([asked.length, later.length]).toEqual([1, 0]);
});

test('one older than ten minutes is shown, and renewed for those who ask next', async () => {
  await it.db
    .prepare('update top_list set made_at = ?')
    .bind(NOW - 10 * 60_000 - 1)
    .run();
  const { later, ctx } = renewing([ids[1]] as number[]);
  expect((await read(ctx)).titles).toEqual(['c', 'a']);
  await Promise.all(later);
  expect(await read(ctx)).toEqual({ titles: ['b'], cursor: null });
});

test('a cursor outlives its list: what is gone is passed over, and beyond the end there is nothing', async () => {
  await renewing([...ids]).ctx.indexer.renewTop(space.did, '', 'week');
  const { ctx } = renewing([]);
  const { cursor } = await read(ctx);
  await renewing([ids[3], 9999, ids[0], 8888, ids[1]] as number[]).ctx.indexer.renewTop(space.did, '', 'week');
  const second = await read(ctx, { cursor });
  expect(second.titles).toEqual(['a']);
  await renewing([ids[3]] as number[]).ctx.indexer.renewTop(space.did, '', 'week');
  expect(await read(ctx, { cursor: second.cursor })).toEqual({ titles: [], cursor: null });
});

test('an empty list stays empty without being asked for again', async () => {
  const { asked, ctx } = renewing([]);
  await ctx.indexer.renewTop(space.did, '', 'week');
  expect(await read(ctx)).toEqual({ titles: [], cursor: null });
  expect(asked).toHaveLength(1);
});

test('the windows of a section have lists of their own', async () => {
  const { asked, ctx } = renewing([ids[0]] as number[]);
  await readFeed(ctx, space, { sort: 'top', window: 'day', section: 'stories', limit: 100 });
  await readFeed(ctx, space, { sort: 'top', limit: 100 });
  expect(asked).toEqual(['stories day', ' all']);
});
