import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page, SpaceDetails } from '../../src/domain/model.ts';
import type { PostItem, PostSort } from '../../src/domain/post.ts';
import { type FeedQuery, readFeed, readSpace } from '../../src/reads/index.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { contextOf, got } from './setup.ts';

const [ann, ben, cat] = ['ann', 'ben', 'cat'].map(didOf) as [string, string, string];
const sections = [
  { id: 'essays', name: 'Essays', collections: ['club.commonplace.story'] },
  { id: 'talk', name: 'Talk', collections: ['club.commonplace.topic'] },
];

let it: TestDatabase;
let club: Community;
let space: SpaceDetails;
const titles = new Map<string, string>();

/** Titles of all pages, and how long each was. */
async function walk(query: Partial<FeedQuery>): Promise<{ titles: string[]; pages: number[] }> {
  const all: string[] = [];
  const pages: number[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<PostItem> = got(
      await readFeed(contextOf(it.db), space, { sort: 'new', limit: 3, cursor, ...query }),
    );
    pages.push(page.items.length);
    all.push(...page.items.map(({ title }) => title));
    cursor = page.cursor;
  } while (cursor !== null);
  return { titles: all, pages };
}

beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'club', { profile: { sections, postPolicy: 'members' } });
  for (const did of [ann, ben]) {
    await club.put(did, 'club.commonplace.actor.join', {}, club.space);
    await club.put(club.space, 'club.commonplace.space.membership', { member: did, roles: [] }, did);
  }
  for (let i = 1; i <= 8; i++) {
    const more = { tags: i % 2 ? ['Odd'] : ['even'] };
    titles.set(`s${i}`, await club.story(i % 3 ? ann : ben, `s${i}`, more));
  }
  titles.set('t1', await club.put(ann, 'club.commonplace.topic', { title: 't1', text: '' }));
  titles.set('outsider', await club.story(cat, 'outsider', { tags: ['odd'] }));
  const of = (title: string): string => titles.get(title) ?? '';
  await club.like(ann, of('s2'));
  await club.like(ben, of('s2'));
  await club.like(ben, of('s5'));
  await club.like(cat, of('s1'));
  await club.reply(ben, of('s1'), of('s1'));
  space = got(await readSpace(contextOf(it.db), club.space));
});
afterAll(() => it.stop());

describe('a feed', () => {
  test('by time has the newest first, in pages, without what is not shown', async () => {
    expect(await walk({ sort: 'new' })).toEqual({
      titles: ['t1', 's8', 's7', 's6', 's5', 's4', 's3', 's2', 's1'],
      pages: [3, 3, 3],
    });
  });

  test('by life has the last answered first', async () => {
    expect((await walk({ sort: 'active' })).titles.slice(0, 3)).toEqual(['s1', 't1', 's8']);
  });

  test('by heat has liked before new: likes that count are those of members', async () => {
    expect((await walk({ sort: 'hot' })).titles).toEqual(['s2', 's5', 't1', 's8', 's7', 's6', 's4', 's3', 's1']);
  });

  test('of a section, an author, a tag has only theirs', async () => {
    expect((await walk({ section: 'talk' })).titles).toEqual(['t1']);
    expect((await walk({ section: 'essays', sort: 'hot' })).titles.slice(0, 2)).toEqual(['s2', 's5']);
    expect((await walk({ author: ben })).titles).toEqual(['s6', 's3']);
    expect((await walk({ tag: '#ODD' })).titles).toEqual(['s7', 's5', 's3', 's1']);
    expect((await walk({ author: didOf('nobody') })).titles).toEqual([]);
  });

  test('gives records only when asked', async () => {
    const read = async (withRecord: boolean) =>
      got(await readFeed(contextOf(it.db), space, { sort: 'new', limit: 1, withRecord })).items[0]?.record;
    expect(await read(false)).toBeNull();
    expect(await read(true)).toMatchObject({ $type: 'club.commonplace.topic', title: 't1', space: club.space });
  });

  test('a post edited or deleted between two pages moves no other', async () => {
    const first = got(await readFeed(contextOf(it.db), space, { sort: 'new', limit: 5 }));
    const gone = await club.story(ann, 'newest');
    const { cursor } = first;
    const rest = await readFeed(contextOf(it.db), space, { sort: 'new', limit: 5, cursor });
    expect(got(rest).items.map(({ title }) => title)).toEqual(['s4', 's3', 's2', 's1']);
    await club.remove(gone);
  });

  test('pages through posts of one and the same moment', async () => {
    const other = await Community.found(it.db, 'moment');
    const createdAt = '2020-02-02T00:00:00Z';
    const stories = Array.from({ length: 10 }, (_, i) => ({ title: `m${i}`, text: '', createdAt }));
    await other.putAll(stories.map((record) => ({ did: ann, collection: 'club.commonplace.story', record })));
    const before = space;
    space = got(await readSpace(contextOf(it.db), other.space));
    const { titles: seen } = await walk({ sort: 'new' });
    space = before;
    expect(seen).toEqual(stories.map(({ title }) => title).reverse());
  });
});

describe('the read rule', () => {
  test('hides what an inactive account wrote before its stored bits follow, and the cursor moves on', async () => {
    await club.account(ben, 'deactivated');
    const stored = await it.db
      .prepare('select count(*) as n from post where did = ? and hidden = 0')
      .bind(ben)
      .first('n');
    expect(stored).toBe(3);
    expect(await walk({ sort: 'new' })).toEqual({
      titles: ['t1', 's8', 's7', 's5', 's4', 's2', 's1'],
      pages: [3, 2, 2],
    });
    await club.account(ben, 'active');
    expect((await walk({ sort: 'new' })).titles).toHaveLength(9);
  });
});

describe('what does not go together', () => {
  const refused = async (query: Partial<FeedQuery>) =>
    readFeed(contextOf(it.db), space, { sort: 'new', limit: 3, ...query });
  test.each<[string, Partial<FeedQuery>]>([
    ['two filters', { author: ann, tag: 'odd' }],
    ['section and tag', { section: 'talk', tag: 'odd' }],
    ['an author but not by time', { author: ann, sort: 'hot' }],
    ['a tag but not by time', { tag: 'odd', sort: 'top' }],
    ['a window without top', { window: 'day' }],
    ['a section that is none', { section: 'nowhere' }],
  ])('is refused: %s', async (_, query) => {
    expect(await refused(query)).toMatchObject({ refusal: 'InvalidRequest' });
  });

  test("a cursor of another feed or another space's is refused", async () => {
    const { cursor } = got(await refused({}));
    for (const sort of ['hot', 'active', 'top'] as PostSort[]) {
      expect(await refused({ sort, cursor })).toMatchObject({ refusal: 'BadCursor' });
    }
    expect(await refused({ section: 'essays', cursor })).toMatchObject({ refusal: 'BadCursor' });
    const other = got(await readSpace(contextOf(it.db), (await Community.found(it.db, 'other')).space));
    expect(await readFeed(contextOf(it.db), other, { sort: 'new', limit: 3, cursor })).toMatchObject({
      refusal: 'BadCursor',
    });
  });
});
