/** Lists of posts: a space's front page, its sections and tags, authors and searches. */
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { Community, didOf, ref } from '../support/community.ts';
import { openSite, type Visited } from './visit.ts';

const HOME = 'https://inkwell.example';
const [ADA, BEA, CY] = [didOf('ada'), didOf('bea'), didOf('cy')];
const site = openSite(env.DB);
const titles = (page: Visited): string[] => page.all('h2').map(({ text }) => text);
const uris: string[] = [];

beforeAll(async () => {
  const profile = {
    displayName: 'The Inkwell',
    description: 'We write.\n\nSince long ago.',
    joinPolicy: 'open',
    langs: ['en'],
    sections: [
      { id: 'stories', name: 'Stories', collections: ['club.commonplace.story'], description: 'Finished pieces.' },
      { id: 'workshop', name: 'Workshop', collections: ['club.commonplace.topic'] },
    ],
  };
  const club = await Community.found(env.DB, 'inkwell', { hosts: ['inkwell.example'], profile });
  await club.put(club.space, 'club.commonplace.space.rule', { title: 'Be kind', text: 'To **all**.', order: 1 });
  await club.put(club.space, 'club.commonplace.space.role', { displayName: 'Librarian' }, 'librarian');
  await club.put(
    club.space,
    'club.commonplace.space.permissions',
    {
      roles: [{ role: 'librarian', actions: ['takedown', 'admit'], assignable: [] }],
      defaultRoles: [],
    },
    'self',
  );
  for (let i = 1; i <= 40; i++) {
    const [did, kind] = i % 2 ? [ADA, 'story'] : [BEA, 'topic'];
    const more = i % 10 === 0 ? { tags: ['Winter', 'a/b'] } : {};
    uris.push(
      await club.put(did as string, `club.commonplace.${kind}`, { title: `Post ${i}`, text: `Text ${i}.`, ...more }),
    );
  }
  await club.named(ADA, 'ada.example.com');
  await club.put(ADA, 'club.commonplace.actor.join', {}, club.space);
  await club.put(club.space, 'club.commonplace.space.membership', { member: ADA, roles: ['librarian'] }, ADA);
  await club.like(CY, uris[6] as string);
  await club.put(CY, 'club.commonplace.reply', {
    root: ref(uris[4] as string),
    parent: ref(uris[4] as string),
    text: 'A quiet marmalade reply.',
  });
});

describe('the front page', () => {
  test('shows the newest posts with who, where, when and how it begins', async () => {
    const page = await site.get(`${HOME}/`);
    expect(titles(page).slice(0, 3)).toEqual(['Post 40', 'Post 39', 'Post 38']);
    expect(page.find('a', { class: 'who' })?.attributes.href).toBe(`/author/${BEA}`);
    expect(page.find('a', { href: '/author/ada.example.com' })?.text).toBe('ada.example.com');
    expect(page.find('a', { href: '/tag/winter' })?.text).toBe('#winter');
    expect(page.find('time')?.attributes.datetime).toMatch(/^2026-01-01T00:\d\d:\d\dZ$/);
    expect(page.text).toContain('Text 40.');
  });

  test('says where it is, to readers and machines', async () => {
    const page = await site.get(`${HOME}/`);
    expect(page.find('html')?.attributes.lang).toBe('en');
    expect(page.find('title')?.text).toBe('The Inkwell');
    expect(page.find('link', { rel: 'canonical' })?.attributes.href).toBe(`${HOME}/`);
    expect(page.find('link', { rel: 'alternate' })?.attributes.href).toBe(
      `at://${didOf('inkwell')}/club.commonplace.space.profile/self`,
    );
    expect(page.find('meta', { name: 'description' })?.attributes.content).toBe('We write. Since long ago.');
    expect(page.find('meta', { property: 'og:title' })?.attributes.content).toBe('The Inkwell');
    expect(page.all('a', { 'aria-current': 'page' }).map(({ text }) => text)).toEqual(['All posts', 'New']);
  });

  test('says what this place is beside the posts', async () => {
    const about = (await site.get(`${HOME}/`)).find('aside')?.text ?? '';
    expect(about).toContain('1 member');
    expect(about).toContain('40 posts');
    expect(about).toContain('Open to everyone');
    expect(about).toContain('Be kind');
  });

  test('has landmarks, one first heading and no gap in the outline', async () => {
    const page = await site.get(`${HOME}/`);
    for (const name of ['header', 'main', 'footer', 'aside']) expect(page.all(name)).toHaveLength(1);
    expect(page.all('h1').map(({ text }) => text)).toEqual(['The Inkwell']);
    expect(page.find('a')).toMatchObject({ text: 'Skip to the content', attributes: { href: '#main' } });
    expect(page.find('main')?.attributes.id).toBe('main');
  });

  test('has one script, for news, and the policy that lets it run; so has a section, and no other page', async () => {
    const page = await site.get(`${HOME}/`);
    const [script, ...more] = page.all('script');
    expect(more).toEqual([]);
    expect(script).toMatchObject({
      text: '',
      attributes: { src: expect.stringMatching(/^\/assets\/[\w-]+\.js$/), defer: '' },
    });
    expect(script?.attributes['data-stream']).toMatch(/^\/subscribe\?space=did:plc:\w+(&wantedCollections=[\w.]+)+$/);
    expect([script?.attributes['data-one'], script?.attributes['data-many']]).toEqual(['1 new post', '# new posts']);
    expect(page.headers.get('content-security-policy')).toContain("; script-src 'self'; connect-src 'self'");
    expect((await site.get(`${HOME}/stories`)).find('script')?.attributes).toMatchObject({
      ...{ 'data-section': 'stories', 'data-first': 'club.commonplace.story' },
    });
    const file = await site.get(HOME + script?.attributes.src);
    expect(file.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    for (const path of ['/about', '/search?q=x', '/?sort=hot', '/tag/x', '/nothing']) {
      const other = await site.get(HOME + path);
      expect(other.all('script')).toEqual([]);
      expect(other.headers.get('content-security-policy')).not.toContain('script-src');
    }
  });
});

describe('pages of a list', () => {
  test('follow one another to the end, each post once', async () => {
    const seen: string[] = [];
    let next: string | undefined = '/';
    for (let pages = 0; next !== undefined && pages < 5; pages++) {
      const page: Visited = await site.get(HOME + next);
      seen.push(...titles(page).filter((title) => title.startsWith('Post')));
      next = page.find('a', { rel: 'next' })?.attributes.href;
    }
    expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => `Post ${40 - i}`));
  });

  test('lead back to the beginning, and are not for search engines', async () => {
    const next = (await site.get(`${HOME}/stories?sort=hot`)).find('a', { rel: 'next' })?.attributes.href;
    expect(next).toBeUndefined();
    const second = (await site.get(`${HOME}/`)).find('a', { rel: 'next' })?.attributes.href ?? '';
    const page = await site.get(HOME + second);
    expect(page.all('a').find(({ text }) => text === 'Back to the beginning')?.attributes.href).toBe('/');
    expect(page.headers.get('x-robots-tag')).toBe('noindex');
  });
});

describe('orders', () => {
  test.each([
    ['hot', 'Post 7'],
    ['active', 'Post 5'],
    ['new', 'Post 40'],
  ])('%s begins with %s', async (sort, first) => {
    const page = await site.get(`${HOME}/?sort=${sort}`);
    expect(titles(page)[0]).toBe(first);
  });

  test('top has windows', async () => {
    const page = await site.get(`${HOME}/?sort=top&window=week`);
    expect(page.status).toBe(200);
    expect(page.find('a', { 'aria-current': 'page', href: '/?sort=top&window=week' })?.text).toBe('this week');
    expect(page.find('a', { href: '/?sort=top' })).toBeDefined();
  });
});

describe('sections and tags', () => {
  test('a section has its own posts, name and description', async () => {
    const page = await site.get(`${HOME}/workshop`);
    expect(page.find('h1')?.text).toBe('Workshop');
    expect(titles(page).slice(0, 2)).toEqual(['Post 40', 'Post 38']);
    expect(page.find('title')?.text).toBe('Workshop · The Inkwell');
    expect(page.find('a', { 'aria-current': 'page' })?.text).toBe('Workshop');
    expect((await site.get(`${HOME}/stories`)).text).toContain('Finished pieces.');
  });

  test('a tag has its posts, however it is written', async () => {
    for (const path of ['/tag/winter', '/tag/Winter', '/tag/%23WINTER', '/tag/a%2Fb']) {
      expect(titles(await site.get(HOME + path)).slice(0, 4)).toEqual(['Post 40', 'Post 30', 'Post 20', 'Post 10']);
    }
    const none = await site.get(`${HOME}/tag/summer`);
    expect([none.status, none.text.includes('Nothing has been posted here yet.')]).toEqual([200, true]);
  });

  test('an unknown section is not there', async () => {
    for (const path of ['/poems', '/p', '/api', '/.env']) expect((await site.get(HOME + path)).status).toBe(404);
  });
});

describe('an author', () => {
  test('has posts and a role here', async () => {
    const page = await site.get(`${HOME}/author/ada.example.com`);
    expect(page.find('h1')?.text).toBe('ada.example.com');
    expect(page.find('span', { class: 'chip' })?.text).toBe('Librarian');
    expect(titles(page).slice(0, 2)).toEqual(['Post 39', 'Post 37']);
    expect(page.find('link', { rel: 'alternate' })?.attributes.href).toBe(`at://${ADA}`);
  });

  test('is found by DID and by any case of the handle', async () => {
    for (const who of [ADA, 'ADA.example.com']) {
      const { status, headers } = await site.get(`${HOME}/author/${who}?show=replies`);
      expect([status, headers.get('location')]).toEqual([302, '/author/ada.example.com?show=replies']);
    }
  });

  test('whose handle does not hold is shown by DID, and says so, everywhere', async () => {
    const handleOf = (handle: string | null): Promise<unknown> =>
      env.DB.prepare('update identity set handle = ? where did = ?').bind(handle, ADA).run();
    await handleOf(null);
    const thread = (await site.get(`${HOME}/`)).all('a').find(({ text }) => text === 'Post 39')?.attributes.href;
    for (const path of ['/', `/author/${ADA}`, thread]) {
      const page = await site.get(`${HOME}${path}`);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain('ada.example.com');
      expect(page.text).toContain(`/author/${ADA}`);
      expect(page.all('span').map(({ text }) => text)).toContain('name not verified');
    }
    expect((await site.get(`${HOME}/author/ada.example.com`)).status).toBe(404);
    await handleOf('ada.example.com');
  });

  test('has replies, each with a way to its thread', async () => {
    const page = await site.get(`${HOME}/author/${CY}?show=replies`);
    expect(page.text).toContain('A quiet marmalade reply.');
    const href = page.all('a').find(({ text }) => text.startsWith('Reply by'))?.attributes.href ?? '';
    expect(href).toMatch(/^\/stories\/[a-z2-7]{13}\?reply=[a-z2-7]{13}~did:plc:/);
    expect((await site.get(HOME + href)).text).toContain('A quiet marmalade reply.');
  });

  test.each(['nobody.example.com', 'did:plc:nobodyaaaaaaaaaaaaaaaaaa', '%00', '<script>'])(
    '%s is not there',
    async (who) => expect((await site.get(`${HOME}/author/${who}`)).status).toBe(404),
  );
});

describe('search', () => {
  test('finds posts and replies by their words', async () => {
    const page = await site.get(`${HOME}/search?q=marmalade`);
    expect(page.find('title')?.text).toBe('Search: marmalade · The Inkwell');
    expect(page.text).toContain('A quiet marmalade reply.');
    expect(titles(await site.get(`${HOME}/search?q=post+17`))).toContain('Post 17');
  });

  test('says so when nothing is found, and when nothing is asked', async () => {
    expect((await site.get(`${HOME}/search?q=zebra`)).text).toContain('Nothing was found for “zebra”.');
    expect((await site.get(`${HOME}/search`)).text).toContain('All of them must be there.');
    expect((await site.get(`${HOME}/search?q=%20`)).status).toBe(200);
  });

  test('shows what was asked, and nothing more of it', async () => {
    const page = await site.get(`${HOME}/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(page.all('script')).toEqual([]);
    expect(page.find('input')?.attributes.value).toBe('"><script>alert(1)</script>');
  });
});

test('the page about a space tells its rules, roles and where posts live', async () => {
  const page = await site.get(`${HOME}/about`);
  expect(page.find('h1')?.text).toBe('About The Inkwell');
  expect(page.find('h3')?.text).toBe('Be kind');
  expect(page.find('strong')?.text).toBe('all');
  expect(page.text).toContain('May take posts down, admit members.');
  expect(page.text).toContain('their own repositories');
  expect(page.find('a', { href: `at://${didOf('inkwell')}/club.commonplace.space.profile/self` })).toBeDefined();
});

describe('what cannot be read is a page that says so', () => {
  test.each([
    ['/?sort=best', 'sort is one of new, hot, active, top'],
    ['/?sort=top&window=decade', 'window is one of day, week, month, year, all'],
    ['/?window=day', 'window goes only with sort=top'],
    ['/?cursor=nonsense', 'no page of the list any more'],
    ['/stories?cursor=WzEsMiwzXQ', 'no page of the list any more'],
    ['/tag/winter?sort=hot', 'author and tag go only with sort=new'],
    [`/author/${ADA}?show=likes`, 'show is one of posts, replies'],
    ['/search?q=post&cursor=x', 'no page of the list any more'],
    [`/search?q=${'a'.repeat(12_000)}`, 'Try it with fewer words'],
    [`/?cursor=${'a'.repeat(12_000)}`, 'no page of the list any more'],
  ])('%s', async (path, words) => {
    const page = await site.get(HOME + path);
    expect([page.status, page.find('h1')?.text]).toEqual([400, 'That address cannot be read']);
    expect(page.text).toContain(words);
  });

  test.each([
    ['/stories?sort=top&cursor=nonsense', '/stories?sort=top'],
    ['/search?q=two+words&cursor=x', '/search?q=two%20words'],
    [`/search?q=${'a'.repeat(12_000)}`, '/search'],
    ['/?cursor=x', '/'],
  ])('and leads to where it begins: %s', async (path, href) => {
    const page = await site.get(HOME + path);
    expect(page.find('a', { class: 'button' })).toMatchObject({ text: 'Begin anew', attributes: { href } });
    expect((await site.get(HOME + href)).status).toBe(200);
  });

  test.each([
    '/?utm_source=x',
    `/?${'a'.repeat(12_000)}`,
    '/?sort',
    '/tag/%E0%A4%A',
    '/%',
    '/a%00b',
    '/stories/%E0%A4%A',
  ])('but what it does not know, it overlooks or has not: %s', async (path) =>
    expect([200, 400, 404]).toContain((await site.get(HOME + path)).status),
  );

  test('and none of it is a fault', () => expect(site.faults).toEqual([]));
});
