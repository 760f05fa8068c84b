/** The confidential client, as it is in production: over https, known by its metadata and its key. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { BROWSER_FLAGS, DOMAIN, type Front, startFront } from '../support/https-front.ts';
import { leaveFor, signIn } from './browser.ts';
import { type Home, makeGroup, startHome } from './harness.ts';

const HOST = `garden.${DOMAIN}`;
let home: Home;
let front: Front;
let browser: Browser;
let page: Page;
let ada: Account;
let space: string;

beforeAll(async () => {
  home = await startHome({ vars: { INSTANCE_HOSTS: `${DOMAIN},localhost` } });
  [front, browser] = await Promise.all([startFront(home.worker.url), launchBrowser(BROWSER_FLAGS)]);
  ({ did: space } = await makeGroup(home, 'garden'));
  const added = await home.admin('addSpace', { subject: space, hosts: [HOST] });
  expect(added.status).toBe(200);
  ada = await home.pds.createAccount({ handle: 'ada.test' });
  page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
});
afterAll(async () => {
  await browser?.close();
  await front?.stop();
  await home?.stop();
});

const at = (path: string, host = HOST): string => `https://${host}:${front.port}${path}`;
const json = async (path: string, host = HOST): Promise<Record<string, unknown> | null> => {
  const response = await fetch(at(path, host));
  return response.ok ? ((await response.json()) as Record<string, unknown>) : null;
};

test('a host says who it is to servers of accounts, and gives its public keys alone', async () => {
  expect(await json('/oauth-client-metadata.json')).toMatchObject({
    client_id: at('/oauth-client-metadata.json'),
    client_name: 'The garden',
    redirect_uris: [at('/oauth/callback')],
    token_endpoint_auth_method: 'private_key_jwt',
    dpop_bound_access_tokens: true,
    jwks_uri: at('/jwks.json'),
  });
  const { keys } = (await json('/jwks.json')) as { keys: Record<string, string>[] };
  expect(keys).toHaveLength(1);
  expect(keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256' });
  expect(keys[0]).not.toHaveProperty('d');
});

test('members sign in with it; their server is told the community’s name', async () => {
  await page.goto(at('/login?next=/about'));
  await leaveFor(page, ada);
  expect(await page.locator('body').textContent()).toContain(DOMAIN);
  await page.getByRole('button', { name: 'Authorize' }).click();
  await page.waitForURL(at('/about'));
  expect(await page.locator('.you').textContent()).toContain('ada.test');
  await page.goto(at('/', DOMAIN));
  expect(await page.locator('.you').textContent()).toContain('ada.test');
});

test('a host that is nobody’s any more is still the client of those who signed in there', async () => {
  await signIn(page, at('/login', DOMAIN), ada);
  expect((await home.admin('removeSpace', { space })).status).toBe(200);
  expect(await json('/about')).toBeNull();
  expect(await json('/oauth-client-metadata.json')).toMatchObject({ client_id: at('/oauth-client-metadata.json') });
  expect(await json('/jwks.json')).toHaveProperty('keys');
  expect(await json('/oauth-client-metadata.json', `other.${DOMAIN}`)).toBeNull();
});
