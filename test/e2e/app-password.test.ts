/** A group account whose server knows no OAuth: by an app password, which is told to be worse, and never by the real one. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage } from '../web/check-page.ts';
import { signIn } from './browser.ts';
import { eventually, type Home, makeMember, makeSpace, type Space, startHome, write } from './harness.ts';

let home: Home;
let garden: Space;
let browser: Browser;
let stella: Account;
let page: Page;

const at = (path: string): string => `http://${garden.host}:${home.worker.port}${path}`;

beforeAll(async () => {
  home = await startHome();
  garden = await makeSpace(home, 'garden');
  const roles = [{ role: 'steward', actions: ['group.configure', 'space.configure'], assignable: [] }];
  await write(garden.group, NSID.permissions, { space: garden.did, roles, defaultRoles: [] }, 'self');
  stella = await makeMember(home, garden, 'stella', home.pds, ['steward']);
  const known = () => home.row<{ n: number }>('select count(*) n from member where joined = 1 and admitted = 1');
  await eventually(known, (row) => row?.n === 1);
  browser = await launchBrowser();
  page = await (await browser.newContext()).newPage();
  await signIn(page, at('/login?next=/group'), stella);
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const main = async (): Promise<string> => (await page.locator('main').textContent()) ?? '';

async function give(password: string): Promise<void> {
  await page.goto(at('/group'));
  await page.fill('#password', password);
  await page.getByRole('button', { name: 'Connect the account' }).click();
}

test('is not asked for where the server knows OAuth', async () => {
  await page.goto(at('/group'));
  expect(await page.locator('#password').count()).toBe(0);
});

test('the real password is refused, and the session that it made ends', async () => {
  home.pds.hidden.add('/.well-known/oauth-protected-resource');
  expect(await checkPage(page, at('/group'))).toEqual([]);
  expect(await main()).toContain('which is worse');
  const before = home.pds.asked.get('com.atproto.server.deleteSession') ?? 0;
  await give(garden.group.password);
  expect(await page.getByRole('alert').textContent()).toContain('real password');
  expect(home.pds.asked.get('com.atproto.server.deleteSession')).toBe(before + 1);
  expect(await main()).toContain('not connected');
  await give('wrong-pass-word');
  expect(await page.getByRole('alert').textContent()).toContain('does not take this password');
});

test('an app password connects it, and members act by it', async () => {
  const { data } = await garden.group.agent.com.atproto.server.createAppPassword({ name: 'commonplace' });
  await give(data.password);
  await page.waitForURL(at('/group'));
  expect(await main()).toContain('It is connected by an app password');
  await page.goto(at('/settings/rules'));
  await page.getByLabel('The rule, in short').fill('Be kind');
  await page.getByLabel('In full').fill('Always.');
  await page.getByRole('button', { name: 'Add the rule' }).click();
  await page.getByRole('status').waitFor();
  await page.goto(at('/about'));
  expect(await main()).toContain('Be kind');
});

test('the log tells of it in words and names, by kind and page', async () => {
  await page.goto(at('/group/log'));
  expect(await main()).toMatch(/stella\.test connected the group account/);
  expect(await main()).toMatch(/stella\.test wrote as the group\s*created a rule/);
  expect(await main()).not.toContain('did:');
  expect(await checkPage(page, at('/group/log?deed=act'))).toEqual([]);
  expect(await main()).not.toContain('connected the group');
});

test('disconnected, nothing is left of it at its server', async () => {
  await page.goto(at('/group'));
  await page.getByRole('button', { name: 'Disconnect it' }).click();
  await page.getByText('not connected').waitFor();
});
