/** Rows that D1 bills, measured by D1: a page costs the same in a space twenty times the size. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metered } from '../../src/db/meter.ts';
import { isRefusal } from '../../src/domain/outcome.ts';
import * as reads from '../../src/reads/index.ts';
import { CID, Community, didOf, type Put, ref } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { contextOf, got } from './setup.ts';

const AUTHORS = Array.from({ length: 40 }, (_, i) =>
  didOf(`author${'abcdefghijklmnopqrstuvwxyz'[i % 26]}${i < 26 ? 'x' : 'y'}`),
);
const author = (i: number): string => AUTHORS[i % AUTHORS.length] ?? '';

let it: TestDatabase;
const threads = new Map<string, string>();

async function fill(name: string, posts: number): Promise<void> {
  const club = await Community.found(it.db, name);
  const story = (i: number): Put => ({
    did: author(i),
    collection: 'club.commonplace.story',
    record: { title: `Story ${i}`, text: `The heron stood in the water, number ${i}.`, tags: ['bird'] },
  });
  const all = Array.from({ length: posts }, (_, i) => story(i));
  let root = '';
  for (let i = 0; i < posts; i += 100) root = (await club.putAll(all.slice(i, i + 100))).at(-1) ?? root;
  const reply = (i: number): Put => {
    const under = { root: ref(root), parent: ref(root) };
    return { did: author(i), collection: 'club.commonplace.reply', record: { ...under, text: `Reply ${i}` } };
  };
  await club.putAll(Array.from({ length: 50 }, (_, i) => reply(i)));
  threads.set(name, root);
  // Every author has a name: a row that is not there would cost nothing.
  for (const did of AUTHORS) await club.named(did, `${did.slice(8, 15)}.example.com`);
}

beforeAll(async () => {
  it = await openDatabase();
  await fill('small', 200);
  await fill('large', 4000);
}, 120_000);
afterAll(() => it.stop());

type Read = (ctx: reads.ReadContext, space: Awaited<ReturnType<typeof spaceOf>>) => Promise<object>;
const spaceOf = async (name: string) => got(await reads.readSpace(contextOf(it.db), didOf(name)));

async function rowsOf(name: string, read: Read): Promise<number> {
  const space = await spaceOf(name);
  const { db, rowsRead } = metered(it.db);
  const answer = await read(contextOf(db), space);
  if (isRefusal(answer)) throw new Error(answer.message);
  return rowsRead();
}

const feed =
  (query: Partial<reads.FeedQuery>): Read =>
  (ctx, space) =>
    reads.readFeed(ctx, space, { sort: 'new', limit: 30, ...query });

/** The page that begins after 150 posts. */
const deep =
  (query: Partial<reads.FeedQuery>): Read =>
  async (ctx, space) => {
    const before = got(await reads.readFeed(contextOf(it.db), space, { sort: 'new', limit: 150, ...query }));
    return reads.readFeed(ctx, space, { sort: 'new', limit: 30, ...query, cursor: before.cursor });
  };

describe('a page of 30 posts', () => {
  test.each<[string, Read]>([
    ['new', feed({})],
    ['hot', feed({ sort: 'hot' })],
    ['active', feed({ sort: 'active' })],
    ['of a section', feed({ section: 'stories', sort: 'hot' })],
    ['of a tag', feed({ tag: 'bird' })],
    ['with records', feed({ withRecord: true })],
    ['deep down', deep({})],
    ['deep down, hot', deep({ sort: 'hot' })],
    ['deep down a tag', deep({ tag: 'bird' })],
  ])('reads at most 170 rows, and no more of them in a larger space: %s', async (_, read) => {
    const [small, large] = [await rowsOf('small', read), await rowsOf('large', read)];
    expect(small).toBeLessThanOrEqual(170);
    // Less than the shown rows themselves would mean that the meter is broken.
    expect(small).toBeGreaterThanOrEqual(90);
    // A range that ends the index has one row less to look at.
    expect(Math.abs(large - small)).toBeLessThanOrEqual(2);
  });

  test('of the best liked reads no more than others, wherever in the list it is', async () => {
    const { results } = await it.db
      .prepare('select id, space from post where root is null')
      .all<{ id: number; space: string }>();
    const ids = results.filter(({ space }) => space === didOf('large')).map(({ id }) => id);
    await it.db
      .prepare(`insert into top_list values (?, '', 'all', ?, ?)`)
      .bind(didOf('large'), contextOf(it.db).now, JSON.stringify(ids.slice(0, 500)))
      .run();
    const { cursor } = got(await reads.readFeed(contextOf(it.db), await spaceOf('large'), { sort: 'top', limit: 100 }));
    expect(await rowsOf('large', feed({ sort: 'top' }))).toBeLessThanOrEqual(170);
    expect(await rowsOf('large', feed({ sort: 'top', cursor }))).toBeLessThanOrEqual(170);
  });
});

describe('other reads', () => {
  const thread =
    (name: string): Read =>
    (ctx) =>
      reads.readThread(ctx, threads.get(name) ?? '', { sort: 'old', depth: 6, limit: 50, withRecord: true });

  test('a thread of 50 replies reads some 6 rows for each, however large the space', async () => {
    const [small, large] = [await rowsOf('small', thread('small')), await rowsOf('large', thread('large'))];
    expect(small).toBeLessThanOrEqual(340);
    // A range that ends the index has one row less to look at.
    expect(Math.abs(large - small)).toBeLessThanOrEqual(2);
  });

  test('a search reads the newest thousand matches, their posts, and a page', async () => {
    const search: Read = (ctx, space) => reads.readSearch(ctx, space, { q: 'heron water', limit: 25 });
    expect(await rowsOf('large', search)).toBeLessThanOrEqual(3100);
  });

  test('one post reads a handful', async () => {
    expect(await rowsOf('large', (ctx) => reads.readPost(ctx, threads.get('large') ?? ''))).toBeLessThanOrEqual(20);
  });

  test('records and repositories read in proportion to their page', async () => {
    const collection = 'club.commonplace.story';
    const records: Read = (ctx, space) => reads.readRecords(ctx, space, { collection, limit: 50 });
    expect(await rowsOf('large', records)).toBeLessThanOrEqual(50 * 8);
    expect(await rowsOf('large', (ctx, space) => reads.readRepos(ctx, space, { limit: 20 }))).toBeLessThanOrEqual(70);
  });

  test('the settings of a space read a few', async () => {
    expect(await rowsOf('large', (ctx) => reads.readSpaceByHost(ctx, 'large.localhost'))).toBeLessThanOrEqual(12);
  });
});

test('the records that were put in are valid', async () => {
  const bad = await it.db.prepare('select count(*) as n from record where cid <> ?').bind(CID).first('n');
  expect(bad).toBe(0);
});
