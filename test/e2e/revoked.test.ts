/** The group's server ends the connection: stewards see it wherever they are, connect anew, and what waited goes on by itself. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage } from '../web/check-page.ts';
import { connectGroup, signIn } from './browser.ts';
import { type Home, makeMember, makeSpace, type Space, startHome, write } from './harness.ts';

let home: Home;
let garden: Space;
let browser: Browser;
let stella: Account;
let steward: Page;

const at = (path: string): string => `http://${garden.host}:${home.worker.port}${path}`;
const ROLE = { role: 'steward', actions: ['group.configure'], assignable: [] };

beforeAll(async () => {
  home = await startHome();
  garden = await makeSpace(home, 'garden');
  const permissions = { space: garden.did, roles: [ROLE], defaultRoles: [] };
  await write(garden.group, NSID.permissions, permissions, 'self');
  stella = await makeMember(home, garden, 'stella', home.pds, ['steward']);
  browser = await launchBrowser();
  steward = await newPage();
  await signIn(steward, at('/login?next=/group'), stella);
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const newPage = async (): Promise<Page> => (await browser.newContext()).newPage();

const connect = (): Promise<void> => connectGroup(steward, at('/group'), garden.group);

/** As the owner of the group account would, on the pages of its own server. */
async function revokeAtServer(): Promise<void> {
  const page = await newPage();
  await page.goto(`${home.pds.url}/account`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.fill('input[name=username]', garden.group.handle);
  await page.fill('input[type=password]', garden.group.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/account\/u\//);
  await page.getByRole('link', { name: 'Apps', exact: true }).click();
  await page.getByRole('button', { name: 'Details' }).first().click();
  const revoke = page.getByRole('button', { name: /revoke/i });
  await revoke.last().click();
  await page.waitForTimeout(700);
  if ((await revoke.count()) > 0) await revoke.last().click();
  await page.getByText('A local app').waitFor({ state: 'detached' });
  await page.context().close();
}

async function join(account: Account): Promise<string | null> {
  const page = await newPage();
  await signIn(page, at('/login?next=/join'), account);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('link', { name: 'Leave this space' }).waitFor();
  const text = await page.locator('main').textContent();
  await page.context().close();
  return text;
}

const NOTE = 'The group account is out of reach';
const admitted = (did: string) =>
  home.row<{ admitted: number }>('select admitted from member where did = ?', did).then((row) => row?.admitted);

test('revoked at its server, it is told to stewards on every page, with why and since when', async () => {
  await connect();
  expect(await steward.locator('main').textContent()).not.toContain(NOTE);
  await revokeAtServer();
  const ada = await home.pds.createAccount({ handle: 'ada.test' });
  expect(await join(ada)).toContain('The group has not confirmed it yet');
  for (const path of ['/', '/about', '/search']) {
    await steward.goto(at(path));
    expect(await steward.locator('main').textContent(), path).toContain(NOTE);
  }
  expect(await checkPage(steward, at('/about'))).toEqual([]);
  await steward.goto(at('/group'));
  const page = (await steward.locator('main').textContent()) ?? '';
  expect(page).toContain('has ended the connection');
  expect(page).toContain('Since');
  expect(page).toContain('was disconnected by its server');
  expect(await checkPage(steward, at('/group'))).toEqual([]);
  // Nobody else is told.
  expect(await (await home.get(garden.host, '/')).text()).not.toContain(NOTE);
});

test('connected anew, who waited is confirmed by the next round', async () => {
  const { did } = (await home.row<{ did: string }>("select did from identity where handle = 'ada.test'")) as {
    did: string;
  };
  expect(await admitted(did)).toBe(0);
  await connect();
  await steward.goto(at('/'));
  expect(await steward.locator('main').textContent()).not.toContain(NOTE);
  await home.worker.scheduled();
  expect(await admitted(did)).toBe(1);
});

test('an account that was deactivated is said to be so, and all is well when it is back', async () => {
  await garden.group.agent.com.atproto.server.deactivateAccount({});
  const bert = await home.pds.createAccount({ handle: 'bert.test' });
  expect(await join(bert)).toContain('The group has not confirmed it yet');
  await steward.goto(at('/group'));
  const page = (await steward.locator('main').textContent()) ?? '';
  expect(page).toContain('refuses what is asked of it');
  expect(page).toMatch(/What it says: .*[Dd]eactivated/);
  await garden.group.agent.com.atproto.server.activateAccount();
  await home.worker.scheduled();
  expect(await admitted(bert.did)).toBe(1);
  await steward.goto(at('/'));
  expect(await steward.locator('main').textContent()).not.toContain(NOTE);
});
