/** Founding asks servers that founders name: no more often than anything else may be done in a while. */
import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FoundingsPort } from '../../src/ports/foundings.ts';
import { didOf } from '../support/community.ts';
import { ask, counting, HOME, signIn } from '../support/workers/instance.ts';

const did = didOf('founder');
const group = { did: didOf('club'), handle: null, pds: 'https://pds.example', recoveryKey: null, isConnected: true };
const LOOKED = 'does not lead to this instance yet';

beforeAll(async () => {
  await signIn(did, [HOME]);
  const foundings = env.FOUNDINGS.get(env.FOUNDINGS.idFromName('foundings')) as unknown as FoundingsPort;
  const { code } = await foundings.newCode();
  await foundings.begin(did, code);
  await foundings.change(did, { group, host: { name: 'club.example.org', isVerified: false } });
  counting.isOn = true;
  const answer = await look();
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(LOOKED)]);
  for (let count = 1; count < 60; count++) await post('/setup/about', {});
}, 60_000);
afterAll(() => {
  counting.isOn = false;
});

const look = (): Promise<Response> => ask({ host: HOME, method: 'GET', path: '/setup/host', did });
const post = (path: string, form: Record<string, string>): Promise<Response> =>
  ask({ host: HOME, method: 'POST', path, did, form });

test('a page that looks at a host shows it without looking', async () => {
  const answer = await look();
  expect(answer.status).toBe(429);
  const page = await answer.text();
  expect(page).toContain('Chosen: club.example.org');
  expect(page).toContain('too many attempts');
  expect(page).not.toContain(LOOKED);
});

test.each([
  ['/setup/host', { host: 'other.example.org' }],
  ['/setup/group/server', { server: 'https://server.example' }],
  [
    '/setup/group/make',
    { server: 'https://server.example', name: 'brewery', domain: '.server.example', invite: 'i-1' },
  ],
  ['/setup/group/make', { server: 'server.example' }],
  ['/setup/group/name', { subject: 'club.server.example' }],
])('%s keeps what was typed, and asks nobody', async (path, form) => {
  const answer = await post(path, form);
  expect(answer.status).toBe(429);
  const page = await answer.text();
  for (const typed of Object.values(form)) expect(page).toContain(`value="${typed}"`);
  for (const told of [LOOKED, 'cannot be reached', 'could not be resolved']) expect(page).not.toContain(told);
});
