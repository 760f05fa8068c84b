/** Signing in with an account of a real PDS, in a real browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { send } from '../support/http.ts';
import { checkPage } from '../web/check-page.ts';
import { giveConsent, leaveFor, signIn } from './browser.ts';
import { eventually, type Home, makeMember, makeSpace, type Space, startHome } from './harness.ts';

let home: Home;
let garden: Space;
let orchard: Space;
let ada: Account;
let bert: Account;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [home, browser] = await Promise.all([startHome(), launchBrowser()]);
  [garden, orchard] = [await makeSpace(home, 'garden'), await makeSpace(home, 'orchard')];
  ada = await home.pds.createAccount({ handle: 'ada.test' });
  bert = await home.pds.createAccount({ handle: 'bert.test' });
  context = await browser.newContext();
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const at = (host: string, path = '/'): string => `http://${host}:${home.worker.port}${path}`;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const whoIsHere = (): Promise<string | null> => page.locator('.you').textContent();
const session = async (host = garden.host) =>
  (await context.cookies(at(host))).find(({ name }) => name === '__Host-session');

test('with a handle one leaves for one’s own server, and comes back to the page one was on', async () => {
  await page.goto(at(garden.host, '/about'));
  await page.click('.you a');
  const form = await page.reload();
  expect(form?.headers()['content-security-policy']).toContain("form-action 'self' https: http:;");
  const visit = (await context.cookies()).find(({ name }) => name === '__Host-visit');
  expect(visit).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
  await signIn(page, page.url(), ada);
  expect(page.url()).toBe(at(garden.host, '/about'));
  expect(await whoIsHere()).toContain('ada.test');
  expect(await session()).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
  const about = await page.reload();
  expect(about?.headers()).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'cookie' });
  expect(about?.headers()['content-security-policy']).toContain("form-action 'self';");
});

test('what is kept of it is sealed', () => {
  const files = readdirSync(join(home.state, 'worker'), { recursive: true, withFileTypes: true });
  const kept = files
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'));
  expect(kept.some((text) => text.includes('signIn'))).toBe(true);
  // Tokens of this PDS begin so, and a private key has a `d`.
  for (const text of kept) expect(text).not.toMatch(/ref-[0-9a-f]{20}|"d":"|refresh_token|dpopKey/);
});

test('the sign-in is carried over to another site of the instance, without a word to the server', async () => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  await page.goto(at(orchard.host, '/login?next=/about'));
  await page.getByRole('link', { name: 'Use my sign-in at localhost' }).click();
  await page.waitForURL(at(orchard.host, '/about'));
  expect(await whoIsHere()).toContain('ada.test');
  expect(asked).not.toContain(home.pds.url);
});

test('a second account is added, used, and left again', async () => {
  await signIn(page, at(garden.host, '/login?next=/account'), bert, bert.did);
  expect(await whoIsHere()).toContain('bert.test');
  await page.getByRole('button', { name: 'Use ada.test' }).click();
  await page.waitForURL(at(garden.host, '/account'));
  expect(await whoIsHere()).toContain('ada.test');
  await page.getByRole('button', { name: 'Use bert.test' }).click();
  expect(await page.locator('#where + ul > li').count()).toBe(1);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL(at(garden.host));
  expect(await whoIsHere()).toContain('ada.test');
});

test('signing in again changes the secret, and the old one is good for nothing', async () => {
  const before = await session();
  await signIn(page, at(garden.host, '/login'), ada);
  expect(await session()).not.toMatchObject({ value: before?.value });
  const old = await home.get(garden.host, '/about', { cookie: `__Host-session=${before?.value}` });
  expect(await old.text()).not.toContain('ada.test');
});

test('signing out ends it at all sites, and everywhere in all browsers', async () => {
  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await signIn(elsewhere, at(orchard.host, '/login'), ada, home.pds.url);
  await page.goto(at(garden.host, '/account'));
  expect(await page.locator('#where + ul > li').count()).toBe(2);
  expect(await checkPage(page, at(garden.host, '/account'))).toEqual([]);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL(at(garden.host));
  for (const host of [garden.host, 'localhost']) {
    await page.goto(at(host));
    expect(await whoIsHere()).toBe('Sign in');
  }
  await elsewhere.goto(at(orchard.host));
  expect(await elsewhere.locator('.you').textContent()).toBe('Sign in');
  await other.close();
});

test('a refused consent, and a callback that comes again or to another browser, are told and sign nobody in', async () => {
  await page.goto(at(garden.host, '/login?next=/about'));
  await leaveFor(page, ada);
  await page.getByRole('button', { name: 'Deny access' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toMatch(/did not give your consent/);
  expect(await page.locator('input[name=next]').inputValue()).toBe('/about');

  let callback = '';
  page.on('request', (request) => {
    if (request.url().includes('/oauth/callback')) callback = request.url();
  });
  await signIn(page, at(garden.host, '/login'), ada);
  await page.goto(callback);
  expect(await page.getByRole('alert').textContent()).toMatch(/used already/);

  // Somebody begins a sign-in, and makes somebody else's browser end it.
  const stranger = await (await browser.newContext()).newPage();
  const form = await home.get(garden.host, '/login');
  const token = /name="csrf" value="([^"]+)"/.exec(await form.text())?.[1] ?? '';
  const begun = await send(`${home.worker.url}/login`, {
    ...{ host: garden.host, method: 'POST', body: String(new URLSearchParams({ csrf: token, who: 'ada.test' })) },
    headers: { ...FORM, cookie: form.headers.get('set-cookie') ?? '' },
  });
  await stranger.goto(begun.headers.get('location') ?? '');
  await giveConsent(stranger, ada);
  await stranger.getByRole('alert').waitFor();
  expect(await stranger.getByRole('alert').textContent()).toMatch(/began in another browser/);
  expect(await stranger.locator('.you').textContent()).toBe('Sign in');
  await stranger.context().close();
});

test('what is wrong with a name is said beside the name, at a phone too', async () => {
  const phone = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  for (const [who, words] of [
    ['nobody.test', /No account has this handle/],
    ['ada', /That is no handle/],
    ['ada@example.com', /e-mail address/],
    ['did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', /no account with this DID/],
    ['http://localhost:1', /cannot be reached/],
  ] as const) {
    await phone.goto(at(garden.host, '/login'));
    await phone.fill('#who', who);
    await phone.click('main form button');
    expect(await phone.getByRole('alert').textContent()).toMatch(words);
    expect(await phone.inputValue('#who')).toBe(who);
  }
  expect(await checkPage(phone, at(garden.host, '/login'))).toEqual([]);
  expect(await checkPage(phone, at('localhost', '/login'))).toEqual([]);
  await phone.context().close();
});

test('who has no account makes one at a server that the space recommends, and comes back signed in', async () => {
  const meadow = await makeSpace(home, 'meadow', { recommendedPds: [home.pds.url, 'https://later.example'] });
  const fresh = await (await browser.newContext()).newPage();
  await eventually(
    () => fresh.goto(at(meadow.host, '/login?next=/about')).then(() => fresh.getByText('Make one at').count()),
    (count) => count === 2,
  );
  expect(await checkPage(fresh, at(meadow.host, '/login?next=/about'))).toEqual([]);
  await fresh.getByRole('button', { name: `Make one at localhost:${home.pds.port}` }).click();
  await fresh.waitForURL(/\/oauth\/authorize/);
  await fresh.fill('input[name=handle]', 'newt');
  await fresh.getByRole('button', { name: 'Next' }).click();
  await fresh.fill('input[name=email]', 'newt@example.com');
  await fresh.fill('input[name=password]', 'a long password');
  await fresh.getByRole('button', { name: /sign up|create|next/i }).click();
  await fresh.getByRole('button', { name: 'Authorize' }).click();
  await fresh.waitForURL(at(meadow.host, '/about'));
  expect(await fresh.locator('.you').textContent()).toContain('newt.test');
  await fresh.context().close();
});

test('names of members are offered while one writes one’s own', async () => {
  await makeMember(home, garden, 'carla');
  const other = await (await browser.newContext()).newPage();
  const offered = async (): Promise<string[]> => {
    await other.goto(at(garden.host, '/login'));
    await other.locator('#who').pressSequentially('car');
    await other.waitForResponse((answer) => answer.url().includes('/login/names?q=car'));
    return other.locator('#names option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  };
  await eventually(offered, (names) => names.includes('carla.test'));
  expect(await checkPage(other, at(garden.host, '/login'))).toEqual([]);
  await other.context().close();
});

/** Of the PDS: what it is asked before a browser comes. */
interface Provider {
  pushedAuthorizationRequest(by: unknown, request: { scope: string }, proof: unknown): Promise<unknown>;
}

test('a server that knows no fine scopes is asked for the one it knows, and that is enough to join', async () => {
  const provider = home.pds.ctx.oauthProvider as unknown as Provider;
  const ask = provider.pushedAuthorizationRequest.bind(provider);
  const asked: string[] = [];
  provider.pushedAuthorizationRequest = (by, request, proof) => {
    asked.push(request.scope);
    // What no client ever declared is refused as such a server refuses what it does not know.
    const scope = request.scope.includes('repo:') ? 'atproto repo:com.example.unheard' : request.scope;
    return ask(by, { ...request, scope }, proof);
  };
  const other = await (await browser.newContext()).newPage();
  await signIn(other, at(orchard.host, '/login?next=/join'), bert);
  expect(asked).toEqual([expect.stringMatching(/^atproto repo:/), 'atproto transition:generic']);
  await other.getByRole('button', { name: 'Join' }).click();
  await other.getByText('The group has not confirmed it yet').waitFor();
  const collection = 'club.commonplace.actor.join';
  const { data } = await bert.agent.com.atproto.repo.listRecords({ repo: bert.did, collection });
  expect(data.records.map(({ value }) => value.space)).toEqual([orchard.did]);
  provider.pushedAuthorizationRequest = ask;
  await other.context().close();
});

test('nowhere else is an account made', async () => {
  const form = await home.get(garden.host, '/login');
  const text = await form.text();
  expect(text).not.toContain('No account yet');
  const csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const answer = await send(`${home.worker.url}/login`, {
    ...{ host: garden.host, method: 'POST', body: String(new URLSearchParams({ csrf, server: home.pds.url })) },
    headers: { ...FORM, cookie: form.headers.get('set-cookie') ?? '' },
  });
  expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
});

test('a form without the token of its page changes nothing', async () => {
  await signIn(page, at(garden.host, '/login'), ada);
  const cookie = `__Host-session=${(await session())?.value}`;
  const forged = await send(`${home.worker.url}/logout`, {
    ...{ host: garden.host, method: 'POST', body: 'csrf=guessed', headers: { ...FORM, cookie } },
  });
  expect(forged.status).toBe(400);
  await page.goto(at(garden.host));
  expect(await whoIsHere()).toContain('ada.test');
});
