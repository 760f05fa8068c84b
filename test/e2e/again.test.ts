/** What is sent again is written once: in a real browser without scripts, by going back and pressing the same button. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { violations } from '../web/check-page.ts';
import { signedIn } from './browser.ts';
import { eventually, type Home, makeMember, makeSpace, type Space, startHome, write } from './harness.ts';

let home: Home;
let garden: Space;
let market: Space;
let ada: Account;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [home, browser] = await Promise.all([startHome(), launchBrowser()]);
  garden = await makeSpace(home, 'garden');
  market = await makeSpace(home, 'market');
  ada = await makeMember(home, garden, 'ada');
  await write(ada, NSID.join, { space: market.did }, market.did);
  await write(market.group, NSID.membership, { space: market.did, member: ada.did, roles: [] }, ada.did);
  await eventually(
    () => home.row<{ n: number }>('select count(*) as n from member where joined and admitted'),
    (row) => row?.n === 2,
  );
  page = await (await signedIn(browser, at('/login'), ada)).newPage();
  page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const at = (path = '/'): string => `http://${garden.host}:${home.worker.port}${path}`;

async function written(collection: string): Promise<Record<string, unknown>[]> {
  const { data } = await ada.agent.com.atproto.repo.listRecords({ repo: ada.did, collection });
  return data.records.map(({ value }) => value);
}

const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const isAt = (path: RegExp): Promise<void> => page.waitForURL((url) => path.test(url.pathname));

test('a post that is published twice is there once; what was changed meanwhile is a change of it', async () => {
  await page.goto(at('/write/topic'));
  await page.fill('#title', 'Pears');
  await page.fill('#text', 'Which *ones*? #fruit');
  await press('Preview');
  await page.locator('.preview').waitFor();
  await press('Publish');
  await isAt(/^\/topics\//);
  const there = page.url();
  await page.goBack();
  await press('Publish');
  await isAt(/^\/topics\//);
  expect(page.url()).toBe(there);
  expect(await written(NSID.topic)).toHaveLength(1);

  await page.goBack();
  await page.fill('#text', 'Which ones, please?');
  await press('Publish');
  expect(await page.getByRole('alert').textContent()).toMatch(/You have sent this page before/);
  expect(await written(NSID.topic)).toMatchObject([{ text: 'Which *ones*? #fruit' }]);
  expect(await page.inputValue('#text')).toBe('Which ones, please?');
  await press('Save');
  await isAt(/^\/topics\//);
  expect(page.url()).toBe(there);
  expect(await written(NSID.topic)).toMatchObject([{ text: 'Which ones, please?' }]);
});

test('so is a reply; and what a new page sends is new, the same words or not', async () => {
  const thread = page.url();
  for (const count of [1, 2]) {
    await page.goto(thread);
    await page.fill('#reply', 'Williams.');
    await press('Send the reply');
    await page.locator('.one').waitFor();
    await page.goBack();
    await press('Send the reply');
    await page.locator('.one').waitFor();
    expect(await written(NSID.reply)).toHaveLength(count);
  }
  await page.goBack();
  await page.fill('#reply', 'Conference.');
  await press('Send the reply');
  expect(await page.getByRole('alert').textContent()).toMatch(/You have sent this page before/);
  expect(await page.inputValue('#reply')).toBe('Conference.');
  await page.goto(thread);
});

test('so is a crosspost', async () => {
  await page.getByRole('link', { name: 'Crosspost' }).click();
  for (const _ of [1, 2]) {
    await press('Crosspost it');
    await page.getByText('It is shown in The market now.').waitFor();
    await page.goBack();
  }
  expect(await written(NSID.crosspost)).toHaveLength(1);
});

test('a draft that is saved twice is one, and goes when its page is published after all', async () => {
  await page.goto(at('/write/story'));
  await page.fill('#title', 'Begun');
  const rows = page.locator('main li');
  for (const _ of [1, 2]) {
    await press('Save as a draft');
    await isAt(/^\/write\/drafts$/);
    expect(await rows.allTextContents()).toHaveLength(1);
    await page.goBack();
  }
  await page.fill('#text', 'Done.');
  await press('Publish');
  await isAt(/^\/stories\//);
  await page.goto(at('/write/drafts'));
  expect(await rows.count()).toBe(0);
});

test('the page that says so is sound, at a phone', async () => {
  const phone = await browser.newContext({
    ...{ viewport: { width: 360, height: 740 }, storageState: await page.context().storageState() },
  });
  const small = await phone.newPage();
  await small.goto(at('/write/topic'));
  for (const text of ['One.', 'Another.']) {
    await small.fill('#title', 'Plums');
    await small.fill('#text', text);
    await small.getByRole('button', { name: 'Publish' }).click();
    if (text === 'One.') await small.waitForURL((url) => url.pathname.startsWith('/topics/'));
    if (text === 'One.') await small.goBack();
  }
  await small.getByRole('alert').waitFor();
  expect(await violations(small)).toEqual([]);
  await phone.close();
});
