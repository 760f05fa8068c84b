/** The group account, connected in a browser: an open space then confirms at once whoever joins. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import { club } from '../../src/lexicons/index.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage } from '../web/check-page.ts';
import { giveConsent, sayWho, signIn } from './browser.ts';
import { eventually, type Home, makeMember, makeSpace, remove, type Space, startHome, write } from './harness.ts';

let home: Home;
let garden: Space;
let ada: Account;
let browser: Browser;

beforeAll(async () => {
  [home, browser] = await Promise.all([startHome(), launchBrowser()]);
  garden = await makeSpace(home, 'garden');
  ada = await home.pds.createAccount({ handle: 'ada.test' });
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const at = (path: string): string => `http://${garden.host}:${home.worker.port}${path}`;

async function pageAs(account: Account, next: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, at(`/login?next=${next}`), account);
  return page;
}

async function join(account: Account): Promise<string | null> {
  const page = await pageAs(account, '/join');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('link', { name: 'Leave this space' }).waitFor();
  return page.locator('main').textContent();
}

const memberships = async () =>
  (await garden.group.agent.com.atproto.repo.listRecords({ repo: garden.did, collection: NSID.membership })).data
    .records;

test('nobody but who may act for the group is told of its connection', async () => {
  const bert = await makeMember(home, garden, 'bert');
  const page = await pageAs(bert, '/group');
  expect(await page.locator('h1').textContent()).toBe('There is nothing here');
  await page.context().close();
});

test('a refused consent connects nothing', async () => {
  const page = await pageAs(garden.group, '/group');
  await page.getByRole('button', { name: 'Connect the account' }).click();
  await sayWho(page, garden.group);
  await page.getByRole('button', { name: 'Deny access' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.locator('main').textContent()).toContain('not connected');
  await page.context().close();
});

test('connected, it makes a member of whoever joins, and says who caused it', async () => {
  const page = await pageAs(garden.group, '/group');
  await page.getByRole('button', { name: 'Connect the account' }).click();
  await giveConsent(page, garden.group);
  await page.waitForURL(at('/group'));
  expect(await page.locator('main').textContent()).toContain('The account is connected.');
  // The one who connected it is still who they were.
  expect(await page.locator('.you').textContent()).toContain('garden.test');

  expect(await join(ada)).toContain('You are a member.');
  const confirmed = (await memberships()).find(({ uri }) => uri.endsWith(ada.did));
  expect(confirmed?.value).toMatchObject({ space: garden.did, member: ada.did, roles: [] });
  expect(club.commonplace.space.membership.$safeValidate(confirmed?.value).success).toBe(true);

  expect(await checkPage(page, at('/group'))).toEqual([]);
  expect(await page.locator('#log + p + ol, #log + ol').textContent()).toContain('became a member');
});

test('a join that another client wrote is confirmed just the same, by the next round', async () => {
  const dora = await home.pds.createAccount({ handle: 'dora.test' });
  await write(dora, NSID.join, { space: garden.did }, garden.did);
  const member = () => home.row<{ admitted: number }>('select admitted from member where did = ?', dora.did);
  await eventually(member, (row) => row !== null);
  await home.worker.scheduled();
  expect(await member()).toEqual({ admitted: 1 });
  const before = (await memberships()).length;
  await home.worker.scheduled();
  expect(await memberships()).toHaveLength(before);
});

test('whom the group puts out is not taken in again by a round', async () => {
  const emil = await makeMember(home, garden, 'emil');
  const member = () => home.row<{ admitted: number }>('select admitted from member where did = ?', emil.did);
  await eventually(member, (row) => row?.admitted === 1);
  await remove(garden.group, { uri: `at://${garden.did}/${NSID.membership}/${emil.did}`, cid: '' });
  await eventually(member, (row) => row?.admitted === 0);
  await home.worker.scheduled();
  expect(await member()).toEqual({ admitted: 0 });
});

test('disconnected, whoever joins waits, and nothing is written', async () => {
  const page = await pageAs(garden.group, '/group');
  await page.getByRole('button', { name: 'Disconnect it' }).click();
  await page.getByText('not connected').waitFor();
  const before = await memberships();
  const carl = await home.pds.createAccount({ handle: 'carl.test' });
  expect(await join(carl)).toContain('The group has not confirmed it yet');
  expect(await memberships()).toHaveLength(before.length);
});
