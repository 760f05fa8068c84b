/** Posts and replies: one canonical address each, content shown harmlessly. */
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/domain/model.ts';
import { CID, Community, didOf, ref } from '../support/community.ts';
import { linkedData, openSite, picture, type Visited } from './visit.ts';

const HOME = 'https://inkwell.example';
const [ADA, BEA] = [didOf('ada'), didOf('bea')];
const site = openSite(env.DB);
let club: Community;
let story: string;
const RKEY = '3kaaaaaaaaaaa';

const summaries = (page: Visited): string[] => page.all('summary').map(({ text }) => text);

beforeAll(async () => {
  club = await Community.found(env.DB, 'inkwell', {
    hosts: ['inkwell.example'],
    profile: { displayName: 'The Inkwell' },
  });
  const more = {
    text: '# One\n\nThe *ferry* did not stop.',
    langs: ['de'],
    tags: ['winter'],
    feedback: 'critique',
    images: [picture('A brass clock.'), picture('')],
  };
  story = await club.story(ADA, 'The clock & the key', more, RKEY);
  await club.named(ADA, 'ada.example.com');
});

describe('a post', () => {
  test('is to be read: title, author, time, text, tags, pictures with their descriptions', async () => {
    const page = await site.get(`${HOME}/stories/${RKEY}`);
    expect(page.status).toBe(200);
    expect(page.find('h1')).toMatchObject({ text: 'The clock & the key', attributes: { lang: 'de' } });
    expect(page.all('h2').map(({ text }) => text)).toEqual(['One', 'Replies']);
    expect(page.find('em')?.text).toBe('ferry');
    expect(page.find('time')?.text).toMatch(/^1 January 2026, 00:\d\d UTC$/);
    expect(page.all('img').map(({ attributes }) => attributes.alt)).toEqual(['A brass clock.', '']);
    expect(page.find('details', { class: 'alt' })?.text).toBe('DescriptionA brass clock.');
    expect(page.all('figcaption').map(({ text }) => text)).toEqual(['Picture without a description']);
    expect(page.text).toContain('The author asks for frank criticism');
    expect(page.find('a', { href: '/tag/winter' })).toBeDefined();
  });

  test('is told to machines', async () => {
    const page = await site.get(`${HOME}/stories/${RKEY}`);
    expect(page.find('title')?.text).toBe('The clock & the key · The Inkwell');
    expect(page.find('link', { rel: 'canonical' })?.attributes.href).toBe(`${HOME}/stories/${RKEY}`);
    expect(page.find('link', { rel: 'alternate' })?.attributes.href).toBe(story);
    expect(page.find('meta', { property: 'og:type' })?.attributes.content).toBe('article');
    expect(linkedData(page)).toMatchObject({
      '@type': 'Article',
      headline: 'The clock & the key',
      url: `${HOME}/stories/${RKEY}`,
      inLanguage: 'de',
      author: { name: 'ada.example.com', url: `${HOME}/author/ada.example.com`, identifier: ADA },
    });
    const raw = page.all('a').find(({ text }) => text === 'Raw record')?.attributes.href;
    expect(raw).toBe(`/xrpc/club.commonplace.feed.getPost?uri=${encodeURIComponent(story).replaceAll('%3A', ':')}`);
  });

  test('a topic is the beginning of a discussion', async () => {
    const uri = await club.put(BEA, 'club.commonplace.topic', { title: 'A question', text: 'Why?' });
    const page = await site.get(`${HOME}/topics/${uri.slice(uri.lastIndexOf('/') + 1)}`);
    expect(linkedData(page)).toMatchObject({ '@type': 'DiscussionForumPosting', text: 'Why?', commentCount: 0 });
  });

  test('is sent to its own section from any other', async () => {
    for (const path of [
      `/topics/${RKEY}?sort=new`,
      `/p/${RKEY}?sort=new`,
      `/stories/${RKEY}~${ADA}?sort=new`,
      `/stories/${RKEY}%7E${ADA}?sort=new`,
    ]) {
      const { status, headers } = await site.get(HOME + path);
      expect([status, headers.get('location')]).toEqual([301, `/stories/${RKEY}?sort=new`]);
      expect(headers.get('cache-control')).toBe('no-cache');
    }
  });

  test('keeps its address when another author uses the same key', async () => {
    await club.story(BEA, 'Another clock', {}, RKEY);
    expect((await site.get(`${HOME}/stories/${RKEY}`)).find('h1')?.text).toBe('The clock & the key');
    const other = await site.get(`${HOME}/stories/${RKEY}~${BEA}`);
    expect(other.find('h1')?.text).toBe('Another clock');
    expect(other.find('link', { rel: 'canonical' })?.attributes.href).toBe(`${HOME}/stories/${RKEY}~${BEA}`);
  });

  test.each([
    '/stories/3kzzzzzzzzzzz',
    `/stories/${RKEY}~did:plc:nobodyaaaaaaaaaaaaaaaaaa`,
    '/stories/~',
    '/stories/a~did:x',
    '/stories/..%2f',
  ])('%s is not there', async (path) => expect((await site.get(HOME + path)).status).toBe(404));
});

describe('replies', () => {
  const root = '3kbbbbbbbbbbb';
  const replies: string[] = [];
  const answer = async (parent: string, text: string, more: JsonObject = {}): Promise<string> => {
    const uri = `at://${ADA}/club.commonplace.story/${root}`;
    const made = await club.put(BEA, 'club.commonplace.reply', { root: ref(uri), parent: ref(parent), text, ...more });
    replies.push(made);
    return made;
  };
  const key = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

  beforeAll(async () => {
    const uri = await club.story(ADA, 'Much discussed', {}, root);
    let parent = uri;
    for (let level = 1; level <= 9; level++) parent = await answer(parent, `Level ${level}`);
    const gone = await answer(uri, 'Regretted');
    await answer(gone, 'An answer to what is gone');
    await club.remove(gone);
    await answer(uri, 'Hello @ada\u202e, see https://a.example', {
      facets: [
        { index: { byteStart: 6, byteEnd: 10 }, features: [{ $type: 'app.bsky.richtext.facet#mention', did: ADA }] },
        {
          index: { byteStart: 19, byteEnd: 36 },
          features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://b.example/' }],
        },
        { index: { byteStart: 1, byteEnd: 900 }, features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'x' }] },
      ],
    });
  });

  test('are nested lists with anchors, and lead on where they go deeper', async () => {
    const page = await site.get(`${HOME}/stories/${root}`);
    expect(page.find('h2', { id: 'replies-heading' })?.text).toBe('11 replies');
    const first = `${key(replies[0] as string)}~${BEA}`;
    expect(page.find('li', { id: first })?.text).toContain('Level 6');
    expect(page.text).not.toContain('Level 7');
    const on = page.all('a').find(({ text }) => text === 'Continue this thread')?.attributes.href ?? '';
    const deeper = await site.get(HOME + on);
    expect(deeper.text).toContain('Level 9');
    expect(deeper.find('h1')?.text).toBe('Reply in “Much discussed”');
    expect(deeper.find('a', { href: `/stories/${root}#replies` })?.text).toBe('Read the whole thread');
  });

  test('stand under a placeholder where what they answer is gone', async () => {
    const { text } = await site.get(`${HOME}/stories/${root}`);
    expect(text).not.toContain('Regretted');
    expect(text).toMatch(/This reply was deleted, or never reached this place\..*An answer to what is gone/s);
  });

  test('have mentions and links, and say where a link that lies leads', async () => {
    const page = await site.get(`${HOME}/stories/${root}`);
    expect(page.find('a', { href: `/author/${ADA}` })?.text).toBe('@ada');
    expect(page.find('a', { href: 'https://b.example/' })).toMatchObject({
      attributes: { rel: 'nofollow ugc noopener' },
    });
    const said = page.all('p', { class: 'said' }).map(({ text }) => text);
    expect(said).toContain('Hello @ada, see https://a.example (b.example)');
  });

  test.each([
    `/stories/${RKEY}?reply=`,
    `/stories/3kbbbbbbbbbbb?reply=x`,
    `/stories/3kbbbbbbbbbbb?reply=${RKEY}~${ADA}`,
  ])('of no such thread are not there, and an empty wish is none: %s', async (path) =>
    expect((await site.get(HOME + path)).status).toBe(path.endsWith('=') ? 200 : 404),
  );

  test('are not found under another post', async () => {
    const reply = `${key(replies[0] as string)}~${BEA}`;
    expect((await site.get(`${HOME}/stories/${root}?reply=${reply}`)).status).toBe(200);
    expect((await site.get(`${HOME}/stories/${RKEY}?reply=${reply}`)).status).toBe(404);
  });

  test.each(['?sort=best', '?cursor=x', `?reply=${'x'.repeat(12_000)}`])('%s cannot be read', async (query) =>
    expect((await site.get(`${HOME}/stories/3kbbbbbbbbbbb${query}`)).status).toBe(400),
  );
});

test('none of this was a fault', () => expect(site.faults).toEqual([]));

describe('the proof of a post', () => {
  const path = `${HOME}/stories/${RKEY}`;
  const evidence = (why: string | null): Promise<unknown> => {
    const proof =
      why === null
        ? ['bafycommit', '3kzzzzzzzzzzz', 'did:key:zQ3sKey', 'https://pds.example.com']
        : [null, null, null, null];
    return env.DB.prepare(
      'insert or replace into evidence values (?, ?, (select cid from record where uri = ?1), ?, ?, ?, ?, ?, ?)',
    )
      .bind(story, club.space, Date.UTC(2026, 0, 2), ...proof, why)
      .run();
  };

  test('is not claimed where nobody has asked for it; the page offers to ask', async () => {
    const page = await site.get(path);
    expect(summaries(page)).toContain('Signature not checked yet');
    expect(page.find('button', { name: 'verify' })).toBeDefined();
    expect(page.find('details', { class: 'proof' })?.attributes.open).toBeUndefined();
  });

  test('is told with its evidence, when the author’s server has given one', async () => {
    const asking = openSite(env.DB, {
      indexer: { ...NO_INDEXER, verify: async (uri) => uri === story && Boolean(await evidence(null)) },
    });
    const asked = await asking.get(`${path}?verify=1`);
    expect(asked.status).toBe(200);
    expect(asked.find('meta', { name: 'robots' })?.attributes.content).toMatch(/noindex/);
    const page = await site.get(path);
    for (const visited of [asked, page]) {
      const { all } = visited;
      expect(summaries(visited)).toContain('Verified');
      expect(all('dd').map(({ text }) => text)).toEqual([
        '2 January 2026, 00:00 UTC',
        ...[CID, 'bafycommit', '3kzzzzzzzzzzz', 'did:key:zQ3sKey', 'https://pds.example.com'],
      ]);
    }
  });

  test('is of one version: another is not verified by it', async () => {
    await env.DB.prepare("update evidence set cid = 'bafyother'").run();
    expect(summaries(await site.get(path))).toContain('Signature not checked yet');
  });

  test('that could not be had is told with what stood in the way', async () => {
    await evidence('<b>it</b> cannot be reached');
    const page = await site.get(`${path}?verify=1`);
    expect(page.find('details', { class: 'proof' })?.text).toContain(
      'when somebody asked: <b>it</b> cannot be reached',
    );
  });

  test('asked for too often is answered later', async () => {
    await env.DB.prepare('delete from evidence').run();
    const page = await site.get(`${path}?verify=1`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Try again in a moment');
  });
});

const NO_INDEXER = {
  renewTop: async (): Promise<void> => undefined,
  status: (): Promise<never> => Promise.reject(new Error('no page asks for this')),
};
