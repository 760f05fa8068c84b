import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { excerptAround } from '../../src/domain/excerpt.ts';
import type { SpaceDetails } from '../../src/domain/model.ts';
import { readSearch, readSpace, type SearchQuery } from '../../src/reads/index.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { contextOf, got } from './setup.ts';

const [ann, ben] = ['ann', 'ben'].map(didOf) as [string, string];
let it: TestDatabase;
let club: Community;
let space: SpaceDetails;

beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'club');
  const other = await Community.found(it.db, 'other');
  await other.story(ann, 'Heron elsewhere', { text: 'heron' });
  const text = (words: string) => ({ text: words });
  await club.story(ann, 'At the lake', text('A grey heron stood. Later, another bird.'));
  await club.story(ben, 'The heron', text('It flew.'));
  const root = await club.story(ann, 'Birds', text('Grey skies, and somewhere a heron.'));
  await club.reply(ben, root, root, 'Was the heron grey?');
  await club.story(ann, '鷺について', text('湖に灰色の鳥が立っていました。'));
  await club.story(ann, 'Crème brûlée', text('Über den Wolken'));
  space = got(await readSpace(contextOf(it.db), club.space));
});
afterAll(() => it.stop());

const search = async (q: string, more: Partial<SearchQuery> = {}) => {
  const page = got(await readSearch(contextOf(it.db), space, { q, limit: 25, ...more }));
  return { found: page.items.map(({ title, excerpt }) => title || excerpt), ...page };
};

describe('a search', () => {
  test('has titles first, then words side by side in title or excerpt, then words anywhere; each newest first', async () => {
    expect((await search('heron')).found).toEqual(['The heron', 'Was the heron grey?', 'Birds', 'At the lake']);
    expect((await search('grey heron')).found).toEqual(['At the lake', 'Was the heron grey?', 'Birds']);
  });

  test('wants all words, in whatever case and with or without marks', async () => {
    expect((await search('GREY lake')).found).toEqual(['At the lake']);
    expect((await search('creme brulee')).found).toEqual(['Crème brûlée']);
    expect((await search('uber')).found).toEqual(['Crème brûlée']);
    expect((await search('heron submarine')).found).toEqual([]);
  });

  test('finds words of a script without spaces', async () => {
    expect((await search('灰色')).found).toEqual(['鷺について']);
    expect((await search('鳥')).found).toEqual(['鷺について']);
  });

  test('takes the last word for a beginning where whole words find nothing', async () => {
    expect((await search('grey her')).found).toHaveLength(3);
    expect((await search('her')).found).toHaveLength(4);
  });

  test('comes in pages, of one author where asked', async () => {
    const first = await search('heron', { limit: 3 });
    const second = await search('heron', { limit: 3, cursor: first.cursor });
    expect([...first.found, ...second.found]).toEqual((await search('heron')).found);
    expect(second.cursor).toBeNull();
    expect((await search('heron', { author: ben })).found).toEqual(['The heron', 'Was the heron grey?']);
    const { cursor } = first;
    expect(await readSearch(contextOf(it.db), space, { q: 'grey', limit: 3, cursor })).toMatchObject({
      refusal: 'BadCursor',
    });
  });

  test('pages through beginnings as well', async () => {
    const first = await search('her', { limit: 3 });
    expect(first.found).toHaveLength(3);
    expect((await search('her', { limit: 3, cursor: first.cursor })).found).toHaveLength(1);
  });

  test.each([
    '"',
    '*',
    'a AND',
    'NEAR(',
    'title:x',
    '(((',
    '-',
    '""*',
    '\u0000',
    "'; drop table post",
    '🦩',
    'x'.repeat(2000),
  ])('takes %j for words, not for a language', async (q) => expect(Array.isArray((await search(q)).found)).toBe(true));

  test('gives a reply only where its post shows', async () => {
    const root = await club.story(ben, 'Zebra', { text: 'x' });
    await club.reply(ann, root, root, 'A zebra indeed');
    expect((await search('zebra')).found).toHaveLength(2);
    await club.account(ben, 'deactivated');
    expect((await search('zebra')).found).toEqual([]);
    await club.account(ben, 'active');
    await club.remove(root);
    expect((await search('zebra')).found).toEqual([]);
  });

  test('shows the part that matched', async () => {
    const text = `${'Nothing of note here. '.repeat(60)}Then the pelican came.${' And more words follow.'.repeat(60)}`;
    await club.story(ann, 'Long', { text });
    const [hit] = (await search('pelican')).items;
    expect(hit?.excerpt).toContain('Then the pelican came.');
    expect(hit?.excerpt.startsWith('…') && hit.excerpt.endsWith('…')).toBe(true);
  });
});

describe('an excerpt', () => {
  const filler = 'lorem ipsum dolor sit amet '.repeat(40);

  test('of a short text, or without a match, is its beginning', () => {
    expect(excerptAround('A short text.', ['text'])).toBe('A short text.');
    expect(excerptAround(filler, ['zebra'])).toMatch(/^lorem ipsum .*…$/);
  });

  test('is where most of the words stand together', () => {
    const text = `one ${filler} two ${filler} one and two and three ${filler}`;
    expect(excerptAround(text, ['one', 'two', 'three'])).toContain('one and two and three');
  });

  test('begins at a word, and cuts no character in two', () => {
    expect(excerptAround(`${filler}needle ${filler}`, ['needle'])).toMatch(/^…(lorem|ipsum|dolor|sit|amet) /);
    const flags = `${'🦩'.repeat(300)}針${'🦩'.repeat(300)}`;
    expect(excerptAround(flags, ['針'])).toContain('針');
    expect(excerptAround(flags, ['針']).isWellFormed()).toBe(true);
  });

  test('has no more than 280 characters, however long the word', () => {
    expect(Array.from(excerptAround('x'.repeat(100_000), ['y'])).length).toBeLessThanOrEqual(280);
    expect(Array.from(excerptAround(`${filler}${'x'.repeat(100_000)}`, ['xxx'])).length).toBeLessThanOrEqual(281);
  });
});
