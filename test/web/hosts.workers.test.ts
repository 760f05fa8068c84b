/** Whose pages a hostname has, what machines find there, and what a page never gives away. */
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { Community, didOf } from '../support/community.ts';
import { openSite } from './visit.ts';

const ADA = didOf('ada');
const site = openSite(env.DB);
let club: Community;

beforeAll(async () => {
  const profile = { displayName: 'The Inkwell', description: 'We write.', joinPolicy: 'approval' };
  club = await Community.found(env.DB, 'inkwell', { hosts: ['inkwell.example', 'second.example'], profile });
  const hidden = await Community.found(env.DB, 'byword', {
    hosts: ['byword.example'],
    profile: { displayName: 'By word of mouth', visibility: 'unlisted' },
  });
  const closed = await Community.found(env.DB, 'closed', {
    hosts: ['closed.example'],
    held: 'private',
    profile: { displayName: 'The Closed Circle', description: 'Six people and a poem.', joinPolicy: 'invite' },
  });
  await club.story(ADA, 'In the open', {}, '3aaaaaaaaaaaa');
  await hidden.story(ADA, 'Between us', {}, '3bbbbbbbbbbbb');
  await closed.story(ADA, 'The secret story', {}, '3cccccccccccc');
});

describe("the instance's own hosts", () => {
  test('list the public spaces, each with its site', async () => {
    const page = await site.get('https://instance.example/');
    expect(page.status).toBe(200);
    expect(page.all('h2').map(({ text }) => text)).toEqual(['The Inkwell']);
    expect(page.find('a', { href: 'https://inkwell.example/' })?.text).toBe('The Inkwell');
    expect(page.find('a', { href: 'https://inkwell.example/members' })?.text).toMatch(/members?$/);
    expect(page.find('a', { href: '/members' })).toBeUndefined();
    expect(page.text).not.toMatch(/word of mouth|Closed Circle/);
  });

  test.each([
    ['inkwell', ['The Inkwell']],
    ['closed circle', []],
    ['word of mouth', []],
  ])('are searched for "%s"', async (q, names) => {
    const page = await site.get(`https://other.example/search?q=${encodeURIComponent(q)}`);
    expect(page.all('h2').map(({ text }) => text)).toEqual(names);
    expect(page.find('input', { name: 'q' })?.attributes.value).toBe(q);
  });

  test('say what the instance is as a service', async () => {
    const { text, headers } = await site.get('https://instance.example/.well-known/did.json');
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(JSON.parse(text)).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1'],
      id: 'did:web:instance.example',
      service: [{ id: '#commonplace', type: 'CommonplaceService', serviceEndpoint: 'https://instance.example' }],
    });
  });

  test.each(['/.well-known/atproto-did', '/about', '/stories/3aaaaaaaaaaaa', '/x/y/z'])('have no %s', async (path) => {
    const page = await site.get(`https://instance.example${path}`);
    expect([page.status, page.find('h1')?.text]).toEqual([404, 'There is nothing here']);
  });
});

describe('a space’s hosts', () => {
  test.each(['inkwell.example', 'second.example', 'INKWELL.example', 'inkwell.example.'])(
    '%s show it',
    async (host) => {
      const page = await site.get(`https://${host}/`);
      expect([page.status, page.find('h1')?.text]).toEqual([200, 'The Inkwell']);
      expect(page.find('link', { rel: 'canonical' })?.attributes.href).toBe('https://inkwell.example/');
    },
  );

  test('tell the handle of the group account', async () => {
    const { text, headers } = await site.get('https://inkwell.example/.well-known/atproto-did');
    expect([text, headers.get('content-type')]).toEqual([club.space, 'text/plain; charset=utf-8']);
  });

  test('know nothing of another space', async () => {
    expect((await site.get('https://inkwell.example/stories/3bbbbbbbbbbbb')).status).toBe(404);
    expect((await site.get('https://inkwell.example/stories/3aaaaaaaaaaaa')).status).toBe(200);
  });

  test('say what the space is and how to join', async () => {
    const { text } = await site.get('https://inkwell.example/');
    expect(text).toContain('We write.');
    expect(text).toContain('A steward decides.');
  });
});

describe('being found', () => {
  const robots = async (host: string): Promise<string> => (await site.get(`https://${host}/robots.txt`)).text;
  const isIndexed = async (url: string): Promise<boolean> => {
    const page = await site.get(url);
    const [tag, header] = [page.find('meta', { name: 'robots' }), page.headers.get('x-robots-tag')];
    expect([tag?.attributes.content, header]).toEqual(header ? ['noindex', 'noindex'] : [undefined, null]);
    return header === null;
  };

  test('is for public spaces, not for their searches', async () => {
    expect(await robots('inkwell.example')).toBe('User-agent: *\nDisallow: /search\n');
    expect(await isIndexed('https://inkwell.example/')).toBe(true);
    expect(await isIndexed('https://inkwell.example/search?q=open')).toBe(false);
    expect(await isIndexed('https://inkwell.example/?sort=hot')).toBe(false);
  });

  test('is not for unlisted spaces, which open by their address', async () => {
    expect(await robots('byword.example')).toBe('User-agent: *\nDisallow: /\n');
    expect(await isIndexed('https://byword.example/')).toBe(false);
    expect((await site.get('https://byword.example/stories/3bbbbbbbbbbbb')).text).toContain('Between us');
  });
});

describe('a private space', () => {
  test('gives its name, its description and how to join', async () => {
    const page = await site.get('https://closed.example/');
    expect([page.status, page.find('h1')?.text]).toEqual([200, 'The Closed Circle']);
    expect(page.text).toContain('Six people and a poem.');
    expect(page.text).toContain('Members join by invitation.');
    expect(page.headers.get('x-robots-tag')).toBe('noindex');
  });

  test.each([
    '/stories',
    '/stories/3cccccccccccc',
    '/about',
    '/search?q=secret',
    `/author/${ADA}`,
    '/tag/x',
    '/theme/x/y.css',
  ])('has no %s', async (path) => {
    const page = await site.get(`https://closed.example${path}`);
    expect(page.status).toBe(404);
    expect(page.text).not.toContain('secret story');
    // Who may read it comes to it after signing in.
    expect(page.find('a', { href: `/login?next=${encodeURIComponent(path)}` })?.text).toBe('Sign in');
  });

  test('tells no counts, no posts and no members', async () => {
    expect((await site.get('https://closed.example/')).text).not.toMatch(/secret|did:plc|\d+ (?:post|member)/);
    expect((await site.get('https://closed.example/robots.txt')).text).toBe('User-agent: *\nDisallow: /\n');
  });

  test('keeps the handle of its group account', async () => {
    expect((await site.get('https://closed.example/.well-known/atproto-did')).text).toBe(didOf('closed'));
  });
});

test.each(['/', '/stories', '/.well-known/did.json', '/.well-known/atproto-did'])(
  'a host that is nobody’s answers %s with the way to the instance',
  async (path) => {
    const page = await site.get(`https://nobody.example${path}`);
    expect(page.status).toBe(404);
    expect(page.text).toContain('No space has its home at nobody.example.');
    expect(page.find('a', { class: 'button' })?.attributes.href).toBe('https://instance.example');
  },
);

describe('every page', () => {
  test.each(['inkwell', 'instance', 'closed', 'nowhere'])(
    'at %s.example is told from an address without end',
    async (host) => {
      const page = await site.get(`https://${host}.example/?${'x'.repeat(16_000)}`);
      expect([page.status, page.find('h1')?.text]).toEqual([414, 'That address is too long']);
    },
  );

  test.each([
    ['https://inkwell.example/', "; script-src 'self'; connect-src 'self'"],
    ['https://inkwell.example/about', ''],
    ['https://inkwell.example/nothing', ''],
    ['https://instance.example/', ''],
    ['https://closed.example/', ''],
  ])('of %s keeps everything foreign out', async (url, more) => {
    const { headers } = await site.get(url);
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'${more}`,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  test('is only read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      const page = await site.get('https://inkwell.example/', method);
      expect([page.status, page.headers.get('allow'), page.find('h1')?.text]).toEqual([
        405,
        'GET, HEAD',
        'That cannot be done here',
      ]);
    }
    const { status, text } = await site.get('https://inkwell.example/', 'HEAD');
    expect([status, text]).toEqual([200, '']);
  });

  test('has one way to be written', async () => {
    for (const [path, location] of [
      ['/stories/', '/stories'],
      ['/about//?a=1', '/about?a=1'],
      ['//evil.example/', '/evil.example'],
      ['//evil.example/x//', '/evil.example/x'],
    ]) {
      const { status, headers } = await site.get(`https://inkwell.example${path}`);
      expect([status, headers.get('location')]).toEqual([301, location]);
    }
  });

  test('has a stylesheet that never changes under its name, and an icon', async () => {
    const page = await site.get('https://nobody.example/');
    const path = page.find('link', { rel: 'stylesheet' })?.attributes.href ?? '';
    const css = await site.get(`https://nobody.example${path}`);
    expect(css.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(css.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(css.text).toMatch(/^:root\{--background:#/);
    expect((await site.get('https://nobody.example/assets/older.css')).headers.get('cache-control')).toBe('no-cache');
    expect((await site.get('https://inkwell.example/favicon.svg')).text).toContain('>T</text>');
    expect((await site.get('https://inkwell.example/favicon.ico')).headers.get('content-type')).toBe('image/svg+xml');
  });
});

describe('a fault', () => {
  const prepare = (): never => {
    throw new Error('the secret of the database');
  };
  const broken = openSite({ prepare } as unknown as D1Database);

  test('is a mute page with the id of the request, and is reported', async () => {
    const page = await broken.get('https://inkwell.example/stories');
    expect([page.status, page.find('h1')?.text]).toEqual([500, 'Something went wrong']);
    expect(page.text).toContain('request-7');
    expect(page.text).not.toContain('secret');
    expect(broken.faults).toHaveLength(1);
  });
});
