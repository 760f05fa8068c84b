/** Whatever takes a form: without a browser that signed in, nothing is done and nobody is asked. */
import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { instanceRoutes } from '../../src/web/instance-routes.tsx';
import { spaceRoutes } from '../../src/web/space-routes.tsx';
import { Community } from '../support/community.ts';
import { openSite, type Site } from './visit.ts';

let site: Site;
beforeAll(async () => {
  await Community.found(env.DB, 'forms', { hosts: ['forms.example'] });
  site = openSite(env.DB);
});

const takers = ({ routes }: { routes: { method: string; path: string }[] }): string[] =>
  routes.filter(({ method }) => method === 'POST').map(({ path }) => path.replace(':kind', 'topic'));
const ADDRESSES = [
  ...takers(spaceRoutes()).map((path) => `https://forms.example${path}`),
  ...takers(instanceRoutes()).map((path) => `https://instance.example${path}`),
];
const FIELDS = 'title=A&text=B&uri=at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/club.commonplace.topic/3222222222222';

test('there are forms', () => expect(ADDRESSES.length).toBeGreaterThan(10));

test.each(ADDRESSES)('%s', async (address) => {
  const page = await site.post(address, FIELDS);
  expect([303, 400, 401, 404]).toContain(page.status);
  if (page.status === 303) expect(page.headers.get('location')).toMatch(/^\/login\?next=/);
  expect(site.faults).toEqual([]);
});

test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
  'nothing else is taken: %s',
  async (type) => {
    expect((await site.post('https://forms.example/write/topic', FIELDS, type)).status).toBe(400);
  },
);

test('no other page takes a form', async () => {
  for (const path of ['/', '/about', '/stories', '/search']) {
    const page = await site.post(`https://forms.example${path}`, FIELDS);
    expect(page.status).toBe(405);
    expect(page.headers.get('allow')).toBe('GET, HEAD');
  }
});

test('a form that is too long is refused', async () => {
  expect((await site.post('https://forms.example/write/topic', `text=${'x'.repeat(1_100_000)}`)).status).toBe(400);
});
