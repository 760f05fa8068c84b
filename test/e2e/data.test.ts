/** All that is held about somebody: seen by them alone, taken along in one file, and gone when they want it. */
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { send } from '../support/http.ts';
import { checkPage } from '../web/check-page.ts';
import { signedIn } from './browser.ts';
import {
  eventually,
  type Home,
  makeMember,
  makeSpace,
  postsShown,
  type Ref,
  type Space,
  startHome,
  write,
} from './harness.ts';

let home: Home;
let garden: Space;
let ada: Account;
let gerda: Account;
let pears: Ref;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [home, browser] = await Promise.all([startHome(), launchBrowser()]);
  garden = await makeSpace(home, 'garden');
  ada = await makeMember(home, garden, 'ada');
  gerda = await makeMember(home, garden, 'gerda');
  pears = await write(ada, NSID.topic, { space: garden.did, title: 'Pears', text: 'Which ones?' });
  const plums = await write(gerda, NSID.topic, { space: garden.did, title: 'Plums', text: 'All.' });
  await write(ada, NSID.reply, { space: garden.did, root: plums, parent: plums, text: 'Mirabelles' });
  await write(ada, NSID.like, { space: garden.did, subject: plums });
  await write(gerda, NSID.reply, { space: garden.did, root: pears, parent: pears, text: 'Conference' });
  await postsShown(home, 4);
  context = await signedIn(browser, at('/login'), ada);
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const at = (path = '/'): string => `http://${garden.host}:${home.worker.port}${path}`;

/** Every table in which a DID stands anywhere, as SQLite tells of them. */
async function tablesNaming(did: string): Promise<string[]> {
  const db = await home.db();
  const { results } = await db
    .prepare(
      "select name from sqlite_master where type = 'table' and sql not like 'create virtual%' and name not like 'search%' and name not like '\\_%' escape '\\' and name not like 'sqlite%' and name <> 'd1_migrations'",
    )
    .all<{ name: string }>();
  const found = await Promise.all(
    results.map(async ({ name }) => {
      const rows = await db.prepare(`select * from "${name}"`).all();
      return rows.results.some((row) => JSON.stringify(row).includes(did)) ? [name] : [];
    }),
  );
  return found.flat().sort();
}

test('one page tells all that is held, to the one it is about', async () => {
  await page.goto(at(`/author/gerda.test`));
  await page.getByRole('button', { name: 'Mute gerda.test' }).click();
  await page.goto(at('/notifications'));
  await page.getByRole('button', { name: 'Make an address' }).click();
  await page.goto(at('/account'));
  await page.getByRole('link', { name: 'Your data' }).click();
  const text = (await page.locator('main').textContent()) ?? '';
  expect(text).toContain('The garden');
  for (const collection of [NSID.topic, NSID.reply, NSID.like, NSID.join])
    expect(text).toContain(`${collection}1 record`);
  expect(text).toContain(gerda.did);
  expect(await page.locator('summary', { hasText: 'Whom and what you mute' }).textContent()).toContain('1 entry');
  expect(text).not.toContain((await home.row<{ hash: string }>('select hash from feed_token'))?.hash);
  const visitor = await home.get(garden.host, '/account/data');
  expect([visitor.status, visitor.headers.get('location')]).toEqual([303, '/login?next=%2Faccount%2Fdata']);
});

test('all of it is one archive, with the records as they were written', async () => {
  await page.goto(at('/account/data'));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download it all' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^commonplace-did_plc_[a-z2-7]{24}\.zip$/);
  const files = unzipSync(readFileSync(await download.path()));
  const folder = `records/${garden.did.replaceAll(':', '_')}`;
  expect(Object.keys(files).sort()).toEqual(
    [
      ...[
        'blocks',
        'drafts',
        'feeds',
        'founding',
        'groupLog',
        'identity',
        'media',
        'memberships',
        'mutes',
        'names',
        'notices',
        'readings',
        'roster',
        'seen',
        'signIns',
      ].map((name) => `${name}.json`),
      ...[NSID.join, NSID.like, NSID.reply, NSID.topic].map((name) => `${folder}/${name}.jsonl`),
    ].sort(),
  );
  const json = (name: string): unknown => JSON.parse(strFromU8(files[name] ?? new Uint8Array()));
  expect(json('mutes.json')).toMatchObject([{ subject: gerda.did }]);
  expect(json('memberships.json')).toMatchObject([{ space: garden.did, joined: 1, admitted: 1 }]);
  expect(json(`${folder}/${NSID.topic}.jsonl`)).toMatchObject({
    ...pears,
    value: { title: 'Pears', text: 'Which ones?' },
  });
});

test('nobody takes or erases what is another’s, or without a form of their own', async () => {
  const cookies = await context.cookies(at());
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  for (const [path, headers] of [
    ['/account/data/export', { cookie }],
    ['/account/data/erase', { cookie }],
    ['/account/data/erase', {}],
  ] as const) {
    const sent = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    const body = `sure=1&did=${gerda.did}&csrf=guess`;
    const answer = await send(`${home.worker.url}${path}`, { host: garden.host, method: 'POST', body, headers: sent });
    expect([303, 400]).toContain(answer.status);
  }
  expect(await tablesNaming(ada.did)).toContain('post');
});

test('the pages are sound, at a phone and in the dark', async () => {
  const phone = await browser.newContext({
    ...{ viewport: { width: 360, height: 740 }, storageState: await context.storageState() },
  });
  const small = await phone.newPage();
  for (const path of ['/account', '/account/data', '/account/data/erase'])
    expect(await checkPage(small, at(path)), path).toEqual([]);
  await phone.close();
});

test('who wants it is asked once more, and then nothing is held but what was said', async () => {
  await page.goto(at('/account/data/erase'));
  const form = page.locator('main form');
  await form.evaluate((element) => element.setAttribute('novalidate', ''));
  await page.getByRole('button', { name: 'Erase it all' }).click();
  await page.getByRole('alert').waitFor();
  expect(await tablesNaming(ada.did)).toContain('mute');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Erase it all' }).click();
  await page.getByRole('heading', { name: 'It is erased' }).waitFor();
  await page.goto(at('/account/data'));
  expect(page.url()).toContain('/login');
  // Tombstones, addresses, that it was wanted; and what the group and others say, in records of their own.
  await eventually(
    () => tablesNaming(ada.did),
    (tables) => JSON.stringify(tables) === JSON.stringify(['address', 'block', 'evidence', 'member', 'post', 'record']),
  );
  const own = await home.row<{ n: number }>(
    'select count(*) as n from record where did = ? and value is not null',
    ada.did,
  );
  const theirs = await home.row<{ n: number }>('select count(*) as n from post where did = ?', ada.did);
  expect([own, theirs]).toEqual([{ n: 0 }, { n: 0 }]);
  const { data } = await ada.agent.com.atproto.repo.listRecords({ repo: ada.did, collection: NSID.topic });
  expect(data.records).toHaveLength(1);
});

test('nothing more is taken in, until the account signs in again', async () => {
  await write(ada, NSID.topic, { space: garden.did, title: 'Quinces', text: '' });
  const after = await write(gerda, NSID.topic, { space: garden.did, title: 'Figs', text: '' });
  await eventually(
    () => home.row('select 1 from record where uri = ?', after.uri),
    (row) => row !== null,
  );
  expect(await home.row("select 1 from post where title = 'Quinces'")).toBeNull();
  await context.close();
  context = await signedIn(browser, at('/login'), ada);
  page = await context.newPage();
  expect(await home.row('select 1 from block')).toBeNull();
  await page.goto(at('/join'));
  await page.getByRole('button', { name: 'Join' }).click();
  await eventually(
    () => home.row("select 1 from post where title = 'Quinces' and hidden = 0"),
    (row) => row !== null,
  );
});

test('what the operator keeps out stays out, whatever the account wants', async () => {
  await home.admin('block', { subject: ada.did, why: 'It harms others.' });
  await page.goto(at('/account/data/erase'));
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Erase it all' }).click();
  await page.getByRole('heading', { name: 'It is erased' }).waitFor();
  await context.close();
  context = await signedIn(browser, at('/login'), ada);
  expect(await home.row('select why from block where subject = ?', ada.did)).toEqual({ why: 'It harms others.' });
});
