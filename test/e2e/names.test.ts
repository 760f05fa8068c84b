/** A member takes a name of the space in a browser, and their own server accepts it as the handle of their account. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage } from '../web/check-page.ts';
import { signIn } from './browser.ts';
import { eventually, type Home, makeMember, makeSpace, type Space, startHome } from './harness.ts';

/** Handles need a name that could be on the network. */
const HOST = 'garden.commonplace.club';

let home: Home;
let garden: Space;
let ada: Account;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [home, browser] = await Promise.all([startHome(), launchBrowser()]);
  garden = await makeSpace(home, 'garden');
  await home.admin('setSpace', { space: garden.did, hosts: [garden.host, HOST] });
  ada = await makeMember(home, garden, 'ada');
  await eventually(
    () => home.row<{ n: number }>('select count(*) as n from member where joined and admitted'),
    (row) => row?.n === 1,
  );
  const context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await signIn(page, at('/login'), ada);
  // What the server of the account does over https, by name: it asks the host itself.
  home.pds.ctx.idResolver.handle.resolve = async (handle) => {
    const answer = await home.get(handle, '/.well-known/atproto-did');
    return answer.status === 200 ? (await answer.text()).trim() : undefined;
  };
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const at = (path = '/'): string => `http://${garden.host}:${home.worker.port}${path}`;

test('one that is kept is refused with the reason, and what was typed is still there', async () => {
  await page.goto(at('/about'));
  await page.getByRole('link', { name: 'Your name here' }).click();
  await page.fill('#name', 'adm1n');
  await page.getByRole('button', { name: 'Take this name' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('kept for the space itself');
  expect(await page.inputValue('#name')).toBe('adm1n');
});

test('it is served below every hostname of the space, and told how to be used', async () => {
  await page.fill('#name', 'annie');
  await page.getByRole('button', { name: 'Take this name' }).click();
  await page.getByText(`annie.${garden.host}`).first().waitFor();
  await page.getByText('I have my own domain').waitFor();
  for (const host of [garden.host, HOST]) {
    const answer = await home.get(`annie.${host}`, '/.well-known/atproto-did');
    expect([answer.status, await answer.text()]).toEqual([200, ada.did]);
    expect((await home.get(`nobody.${host}`, '/.well-known/atproto-did')).status).toBe(404);
    // Nothing else is there.
    expect((await home.get(`annie.${host}`, '/')).status).toBe(404);
  }
});

test('the account’s own server takes it, and the site then calls the member so', async () => {
  const handle = `annie.${HOST}`;
  await ada.agent.com.atproto.identity.updateHandle({ handle });
  await eventually(
    () => home.row<{ handle: string }>('select handle from identity where did = ?', ada.did),
    (row) => row?.handle === handle,
  );
});

test('a space is found by its name at the instance, and from another’s search', async () => {
  const moved = await home.get('localhost', `/s/${encodeURIComponent(`!garden@commonplace.club`)}`);
  expect([moved.status, moved.headers.get('location')]).toEqual([302, at()]);
  expect((await home.get('localhost', '/s/!nothing@commonplace.club')).status).toBe(404);
  const found = await home.xrpc('club.commonplace.space.getSpace', { space: '!garden@commonplace.club' });
  expect(await found.json()).toMatchObject({ did: garden.did });
  await page.goto(at(`/search?q=${encodeURIComponent('!garden@commonplace.club')}`));
  await page.getByRole('link', { name: 'The garden' }).nth(1).waitFor();
});

test('the page is sound, at a phone and in the dark; given back, the name leads nowhere', async () => {
  const small = await page.context().newPage();
  await small.setViewportSize({ width: 360, height: 740 });
  expect(await checkPage(small, at('/account/name'))).toEqual([]);
  await page.goto(at('/account/name'));
  await page.getByRole('button', { name: 'Give it back' }).click();
  await page.getByRole('button', { name: 'Take this name' }).waitFor();
  expect((await home.get(`annie.${HOST}`, '/.well-known/atproto-did')).status).toBe(404);
});
