/** A space and its neighbours: the way of a record to every reader, and what nobody else may find out. */
import { AtpAgent } from '@atproto/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import {
  edit,
  eventually,
  type Home,
  makeMember,
  makeSpace,
  postsShown,
  type Ref,
  remove,
  type Space,
  startHome,
  write,
} from './harness.ts';

let home: Home;
let garden: Space;
let cellar: Space;
let attic: Space;
let gardener: Account;

beforeAll(async () => {
  home = await startHome();
  garden = await makeSpace(home, 'garden');
  cellar = await makeSpace(home, 'cellar', { description: 'Only for us.', postPolicy: 'anyone' });
  attic = await makeSpace(home, 'attic', { visibility: 'unlisted' });
  gardener = await makeMember(home, garden, 'gerda');
  await write(gardener, NSID.topic, { space: cellar.did, title: 'Below ground', text: 'quince' });
  await write(attic.group, NSID.topic, { space: attic.did, title: 'Under the roof', text: 'quince' });
  await postsShown(home, 2);
  const answer = await home.admin('setSpace', { space: cellar.did, visibility: 'private' });
  if (!answer.ok) throw new Error(await answer.text());
  // Settings are known to an isolate for up to five seconds.
  await new Promise((done) => setTimeout(done, 5_200));
});
afterAll(() => home?.stop());

const page = async (host: string, path: string): Promise<string> => (await home.get(host, path)).text();
const json = async (method: string, params: Record<string, string> = {}): Promise<[number, string]> => {
  const answer = await home.xrpc(`club.commonplace.${method}`, params);
  return [answer.status, await answer.text()];
};

describe('from a repository to the page', () => {
  let post: Ref;

  test('a post of a member is on the page and in the feed within three seconds', async () => {
    post = await write(gardener, NSID.story, {
      space: garden.did,
      title: 'Pears in autumn',
      text: 'A *ripe* one.',
      tags: ['Fruit'],
    });
    await eventually(
      () => page(garden.host, '/'),
      (html) => html.includes('Pears in autumn'),
      3_000,
    );
    const [status, body] = await json('feed.getFeed', { space: garden.did });
    expect(status).toBe(200);
    const [view] = JSON.parse(body).posts;
    expect(view).toMatchObject({ uri: post.uri, cid: post.cid, space: garden.did, replyCount: 0, likeCount: 0 });
    expect(view.author).toEqual({ did: gardener.did, handle: 'gerda.test' });
    expect(view.record).toMatchObject({ title: 'Pears in autumn', tags: ['Fruit'] });
    expect(view.url).toMatch(new RegExp(`^http://garden\\.localhost:\\d+/stories/${post.uri.split('/').pop()}$`));
    expect(await page(garden.host, new URL(view.url).pathname)).toContain('<em>ripe</em>');
  });

  test('an edit, a reply and a like of others follow within three seconds', async () => {
    const friend = await makeMember(home, garden, 'fritz');
    post = await edit(gardener, post, { space: garden.did, title: 'Pears in winter', text: 'Gone.' });
    await eventually(
      () => page(garden.host, '/'),
      (html) => html.includes('Pears in winter'),
      3_000,
    );
    await write(friend, NSID.reply, { space: garden.did, root: post, parent: post, text: 'Preserve them!' });
    await write(friend, NSID.like, { space: garden.did, subject: post });
    const path = `/stories/${post.uri.split('/').pop()}`;
    await eventually(
      () => page(garden.host, path),
      (html) => html.includes('Preserve them!'),
      3_000,
    );
    const counts = async (): Promise<string> => (await json('feed.getPost', { uri: post.uri }))[1];
    await eventually(counts, (body) => body.includes('"replyCount":1') && body.includes('"likeCount":1'), 3_000);
  });

  test('any client reads it with @atproto/api', async () => {
    const agent = new AtpAgent({ service: home.worker.url });
    const path = `/xrpc/club.commonplace.feed.getThread?uri=${encodeURIComponent(post.uri)}`;
    const answer = await agent.fetchHandler(path, {});
    const data = await answer.json();
    expect(JSON.stringify(data)).toContain('Preserve them!');
  });

  test('a deletion takes it from the page within three seconds', async () => {
    await remove(gardener, post);
    await eventually(
      () => page(garden.host, '/'),
      (html) => !html.includes('Pears in winter'),
      3_000,
    );
    expect((await home.get(garden.host, `/stories/${post.uri.split('/').pop()}`)).status).toBe(404);
    expect((await json('feed.getPost', { uri: post.uri }))[1]).toContain('PostNotFound');
  });

  test('who is no member waits unseen, and shows after joining', async () => {
    const stranger = await home.pds.createAccount({ handle: 'stranger.test' });
    await write(stranger, NSID.topic, { space: garden.did, title: 'May I come in', text: 'Please.' });
    await eventually(
      () => home.row<{ hidden: number }>('select hidden from post where did = ?', stranger.did),
      (row) => row !== null && row.hidden !== 0,
    );
    expect(await page(garden.host, '/')).not.toContain('May I come in');
    await write(stranger, NSID.join, { space: garden.did }, garden.did);
    const half = { space: garden.did, member: stranger.did, roles: [] };
    await write(garden.group, NSID.membership, half, stranger.did);
    await eventually(
      () => page(garden.host, '/'),
      (html) => html.includes('May I come in'),
      5_000,
    );
  });

  test('profile, rules and theme follow the group’s repository', async () => {
    const profile = {
      space: garden.did,
      displayName: 'The Kitchen Garden',
      joinPolicy: 'approval',
      description: 'Beds and trees.',
    };
    await edit(garden.group, { uri: `at://${garden.did}/${NSID.profile}/self`, cid: '' }, profile);
    await write(garden.group, NSID.rule, { space: garden.did, title: 'Water in the morning', text: 'Never at noon.' });
    await write(garden.group, NSID.theme, { space: garden.did, light: { accent: '#7a1f3d' } }, 'self');
    const seen = await eventually(
      () => page(garden.host, '/about'),
      (html) =>
        html.includes('The Kitchen Garden') && html.includes('Water in the morning') && html.includes('/theme/'),
      10_000,
    );
    const theme = /href="(\/theme\/[^"]+)"/.exec(seen)?.[1] ?? '';
    expect(await page(garden.host, theme)).toContain('#7a1f3d');
  });
});

describe('two spaces of one instance see nothing of each other', () => {
  test.each(['/', '/stories', '/topics', '/search?q=quince', '/?sort=hot', '/?sort=active', '/?sort=top', '/about'])(
    '%s',
    async (path) => {
      const html = await page(garden.host, path);
      expect(html).not.toMatch(/Below ground|Under the roof|cellar|attic/);
    },
  );
  test('a post is not to be read at another space’s host', async () => {
    const row = await home.row<{ rkey: string }>(`select rkey from post where title = 'Under the roof'`);
    expect((await home.get(garden.host, `/topics/${row?.rkey}`)).status).toBe(404);
    expect((await home.get(attic.host, `/topics/${row?.rkey}`)).status).toBe(200);
  });
});

describe('an unlisted space', () => {
  test('opens by its address', async () => {
    expect(await page(attic.host, '/')).toContain('Under the roof');
    expect((await json('space.getSpace', { space: attic.did }))[0]).toBe(200);
  });
  test('is in no list or search, and asks not to be indexed', async () => {
    expect((await json('space.listSpaces'))[1]).not.toContain(attic.did);
    expect((await json('space.searchSpaces', { q: 'attic' }))[1]).not.toContain(attic.did);
    expect(await page('localhost', '/')).not.toContain('attic');
    expect(await page('localhost', '/search?q=attic')).not.toContain('attic.localhost');
    expect(await page(attic.host, '/')).toContain('noindex');
    expect(await page(attic.host, '/robots.txt')).toContain('Disallow: /');
  });
  test('is not counted in the status of the instance', async () => {
    const [, body] = await json('sync.getStatus');
    expect(JSON.parse(body).counts.spaces).toBe(1);
  });
});

describe('a private space', () => {
  test('tells a visitor at its own host its name, description and how to join, and nothing else', async () => {
    const html = await page(cellar.host, '/');
    expect(html).toContain('The cellar');
    expect(html).toContain('Only for us.');
    expect(html).not.toMatch(/Below ground|quince|gerda/);
    for (const path of ['/topics', '/about', '/search?q=quince', '/author/gerda.test', `/author/${gardener.did}`]) {
      const wayBack = `next=${encodeURIComponent(path)}`;
      expect((await page(cellar.host, path)).replaceAll(wayBack, '')).not.toMatch(/Below ground|quince/);
    }
  });

  test('is, for every method, answered exactly as a space that does not exist', async () => {
    const uri = (await home.row<{ uri: string }>(`select uri from post where title = 'Below ground'`))?.uri ?? '';
    const nobody = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa';
    const asked: [string, Record<string, string>, Record<string, string>][] = [
      ['space.getSpace', { space: cellar.did }, { space: nobody }],
      ['space.getSpace', { space: 'cellar.test' }, { space: 'nobody.test' }],
      ['feed.getFeed', { space: cellar.did }, { space: nobody }],
      ['feed.searchPosts', { space: cellar.did, q: 'quince' }, { space: nobody, q: 'quince' }],
      ['sync.listRecords', { space: cellar.did, collection: NSID.topic }, { space: nobody, collection: NSID.topic }],
      ['sync.listReposBySpace', { space: cellar.did }, { space: nobody }],
      ['sync.getStatus', { space: cellar.did }, { space: nobody }],
      ['feed.getPost', { uri }, { uri: uri.replace(/.$/, '2').replace(/\w{4}$/, 'aaaa') }],
      ['feed.getThread', { uri }, { uri: uri.replace(/\w{4}$/, 'aaaa') }],
    ];
    for (const [method, params, absent] of asked) {
      expect([method, ...(await json(method, params))]).toEqual([method, ...(await json(method, absent))]);
    }
    expect((await json('space.listSpaces'))[1]).not.toContain(cellar.did);
    expect(await page('localhost', '/')).not.toContain('cellar');
  });
});

describe('bad input is answered clearly, and never with a 500', () => {
  const good = { space: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa' };
  test.each([
    ['feed.getFeed', {}, 'InvalidRequest'],
    ['feed.getFeed', { space: 'not a did' }, 'InvalidRequest'],
    ['feed.getFeed', { ...good, limit: '0' }, 'InvalidRequest'],
    ['feed.getFeed', { ...good, limit: 'many' }, 'InvalidRequest'],
    ['feed.getFeed', { ...good, sort: 'best' }, 'InvalidRequest'],
    ['feed.getFeed', { space: 'garden.test', window: 'century', sort: 'top' }, 'InvalidRequest'],
    ['feed.getFeed', { space: 'garden.test', section: 'topics', tag: 'x' }, 'InvalidRequest'],
    ['feed.getFeed', { space: 'garden.test', tag: 'x', sort: 'hot' }, 'InvalidRequest'],
    ['feed.getFeed', { space: 'garden.test', cursor: 'nonsense' }, 'BadCursor'],
    ['feed.getFeed', good, 'SpaceNotFound'],
    ['feed.getThread', { uri: 'https://example.org' }, 'InvalidRequest'],
    ['feed.getPost', { uri: 'at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/a.b.c/d' }, 'PostNotFound'],
    ['sync.listRecords', { space: 'garden.test', collection: 'no nsid' }, 'InvalidRequest'],
    ['sync.listRecords', { space: 'garden.test', collection: NSID.topic, repo: 'nobody' }, 'InvalidRequest'],
  ] as [string, Record<string, string>, string][])('%s %j -> %s', async (method, params, error) => {
    const [status, body] = await json(method, params);
    expect(JSON.parse(body)).toMatchObject({ error });
    expect(JSON.parse(body).message).not.toBe('');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  test('another query’s cursor is refused', async () => {
    for (let i = 0; i < 3; i++) await write(gardener, NSID.topic, { space: garden.did, title: `Bed ${i}`, text: 'x' });
    const first = (): Promise<[number, string]> => json('feed.getFeed', { space: garden.did, limit: '1' });
    const [, body] = await eventually(first, ([, text]) => text.includes('cursor'));
    const { cursor } = JSON.parse(body);
    const other = await json('feed.getFeed', { space: garden.did, limit: '1', sort: 'hot', cursor });
    expect(JSON.parse(other[1]).error).toBe('BadCursor');
    expect((await json('feed.getFeed', { space: garden.did, limit: '1', cursor }))[0]).toBe(200);
  });

  test('wrong methods, unknown methods, long queries, unknown hosts', async () => {
    const { send } = await import('../support/http.ts');
    const at = (path: string, method: string, host = 'localhost'): Promise<Response> =>
      send(`${home.worker.url}${path}`, { host, method });
    expect((await at('/xrpc/club.commonplace.feed.getFeed', 'POST')).status).toBe(405);
    expect((await at('/xrpc/club.commonplace.feed.getNothing', 'GET')).status).toBe(501);
    expect((await at('/xrpc/nonsense', 'GET')).status).toBe(400);
    expect((await at(`/xrpc/club.commonplace.feed.getFeed?space=${'x'.repeat(16_384)}`, 'GET')).status).toBeLessThan(
      500,
    );
    expect((await at(`/?q=${'x'.repeat(16_384)}`, 'GET', garden.host)).status).toBeLessThan(500);
    const nowhere = await at('/', 'GET', 'nowhere.example');
    expect(nowhere.status).toBe(404);
    expect(await nowhere.text()).toContain('localhost');
    const unknown = await at('/xrpc/club.commonplace.space.listSpaces', 'GET', 'nowhere.example');
    expect(await unknown.json()).toMatchObject({ error: 'InvalidRequest' });
    for (const nameless of ['', 'no name', '[']) {
      expect((await at('/', 'GET', nameless)).status).toBe(404);
      expect((await at('/media/x/y', 'GET', nameless)).status).toBe(404);
      const answer = await at('/xrpc/club.commonplace.space.listSpaces?limit=1', 'GET', nameless);
      expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'InvalidRequest' }]);
    }
    expect((await at('/', 'DELETE', garden.host)).status).toBe(405);
    for (const path of [
      '/%',
      '/%00',
      '/topics/%2e%2e%2f',
      '/topics/~',
      '/author/%F0',
      '/tag/',
      '/?sort=nope',
      '/?cursor=x',
      '/search?q=%00',
    ]) {
      expect([path, (await at(path, 'GET', garden.host)).status < 500]).toEqual([path, true]);
    }
  });

  test('the operator’s methods are for the operator', async () => {
    const { send } = await import('../support/http.ts');
    const body = JSON.stringify({ space: garden.did });
    for (const authorization of ['', 'Bearer wrong', 'Basic abc']) {
      const headers = { authorization, 'content-type': 'application/json' };
      const answer = await send(`${home.worker.url}/xrpc/club.commonplace.admin.removeSpace`, {
        method: 'POST',
        headers,
        body,
      });
      expect(answer.status).toBe(401);
    }
    expect((await home.get('localhost', '/xrpc/club.commonplace.admin.listSpaces')).status).toBe(401);
  });
});

test('a space that is removed is gone from every page and answer, and from the index', async () => {
  expect((await home.admin('removeSpace', { space: attic.did })).ok).toBe(true);
  await eventually(
    () => home.get(attic.host, '/').then(({ status }) => status),
    (status) => status === 404,
    10_000,
  );
  await eventually(
    () => home.row<{ n: number }>('select count(*) as n from record where space = ?', attic.did),
    (row) => row?.n === 0,
  );
  expect((await json('space.getSpace', { space: attic.did }))[1]).toContain('SpaceNotFound');
});
