/** A space is founded in the browser: with an account that is there and no scripts, and with one that is made, scripts on. */
import { readFile } from 'node:fs/promises';
import { multibaseToBytes, P256Keypair } from '@atproto/crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import { club } from '../../src/lexicons/index.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage, violations } from '../web/check-page.ts';
import { giveConsent, signIn } from './browser.ts';
import { type Home, startHome } from './harness.ts';

let home: Home;
let ada: Account;
let orchard: Account;
let browser: Browser;

beforeAll(async () => {
  [home, browser] = await Promise.all([startHome(), launchBrowser()]);
  ada = await home.pds.createAccount({ handle: 'ada.test' });
  orchard = await home.pds.createAccount({ handle: 'orchard.test' });
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const at = (path: string): string => `http://localhost:${home.worker.port}${path}`;

async function newCode(): Promise<string> {
  const answer = await home.admin('createFoundingCode', {});
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { code: string }).code;
}

/** Only servers of accounts need scripts: the site goes on without. */
async function withoutScripts(context: BrowserContext): Promise<Page> {
  const storageState = await context.storageState();
  const page = await (await browser.newContext({ javaScriptEnabled: false, storageState })).newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

/** A founder who has begun, in a browser that runs scripts. */
async function founder(account: Account): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
  page.setDefaultTimeout(15_000);
  await signIn(page, at(`/login?next=${encodeURIComponent(`/setup?code=${await newCode()}`)}`), account);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('link', { name: 'Go on: the account of the space' }).waitFor();
  return page;
}

async function records(account: Account, collection: string) {
  const { data } = await account.agent.com.atproto.repo.listRecords({ repo: account.did, collection });
  return data.records;
}

test('with an account that is there, step by step, left and resumed, without scripts', async () => {
  const first = await browser.newContext();
  const scripted = await first.newPage();
  scripted.setDefaultTimeout(15_000);
  const code = await newCode();
  await signIn(scripted, at(`/login?next=${encodeURIComponent(`/setup?code=${code}`)}`), ada);
  expect(await scripted.inputValue('#code')).toBe(code);
  await scripted.getByRole('button', { name: 'Begin' }).click();
  await scripted.getByRole('link', { name: 'Go on: the account of the space' }).click();
  await scripted.fill('#subject', 'orchard.test');
  await scripted.getByRole('button', { name: 'Sign in as the group account' }).click();
  await giveConsent(scripted, orchard);
  await scripted.waitForURL(at('/setup/group'));
  expect(await scripted.locator('main').textContent()).toContain('You have signed in as it');

  const page = await withoutScripts(first);
  await first.close();
  await page.goto(at('/setup'));
  await page.getByRole('link', { name: 'Go on: its address' }).click();
  await page.fill('#host', 'orchard.localhost');
  await page.getByRole('button', { name: 'Take this name' }).click();
  await page.getByText('The name leads to this instance.').waitFor();
  await page.goto(at('/setup'));
  await page.getByRole('link', { name: 'Go on: name and description' }).click();
  await page.fill('#name', 'The Orchard');
  await page.fill('#description', 'Apples, and those who like them.');
  await page.fill('#lang', 'en');
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByRole('link', { name: 'Go on: how it works and looks' }).click();
  await page.getByLabel('Heather').check();
  await page.getByLabel('Unlisted:').check();
  await page.fill('#section-1', 'Varieties');
  await page.fill('#id-1', '');
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByRole('link', { name: 'Go on: the first stewards' }).click();
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByRole('link', { name: 'Open the doors' }).first().click();
  await page.getByRole('button', { name: 'Open the doors' }).click();
  await page.waitForURL(`http://orchard.localhost:${home.worker.port}/`);
  expect(await page.locator('h1').textContent()).toContain('The Orchard');
  expect(await page.getByRole('link', { name: 'Varieties' }).count()).toBe(1);

  const [profile] = await records(orchard, NSID.profile);
  expect(club.commonplace.space.profile.$safeValidate(profile?.value).success).toBe(true);
  expect(profile?.value).toMatchObject({ space: orchard.did, visibility: 'unlisted', createdBy: ada.did });
  expect(await records(ada, NSID.join)).toHaveLength(1);
  const member = await home.row('select joined, admitted, roles from member where did = ?', ada.did);
  expect(member).toEqual({ joined: 1, admitted: 1, roles: JSON.stringify(['steward', 'member']) });
  // Nothing of the founding is left, and the code is of no more use.
  await page.goto(at(`/setup?code=${code}`));
  await page.getByRole('button', { name: 'Begin' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('was used already');
});

test('with an account that is made there, whose recovery key is the highest in the directory', async () => {
  const bert = await home.pds.createAccount({ handle: 'bert.test' });
  const page = await founder(bert);
  await page.goto(at('/setup/group'));
  await page.fill('#server', home.pds.url);
  await page.getByRole('button', { name: 'Ask the server' }).click();
  await page.getByRole('button', { name: 'Make a recovery key' }).click();
  const key = await page.inputValue('#recovery');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the key' }).click();
  const file = await readFile((await (await download).path()) ?? '', 'utf8');
  expect(file).toContain(key);
  // The file holds the half that belongs to the public one.
  const secret = /^Secret: {2}z(\S+)$/m.exec(file)?.[1] ?? '';
  expect((await P256Keypair.import(multibaseToBytes(`z${secret}`).slice(2))).did()).toBe(key);
  await page.getByLabel('I have kept the file').check();
  expect(await violations(page)).toEqual([]);
  await page.fill('#name', 'brewery');
  await page.fill('#email', 'stewards@brewery.example');
  await page.fill('#password', 'barley and hops');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByText('Your recovery key stands highest').waitFor();
  const found = await home.network.resolveHandle('brewery.test');
  const data = (await (await fetch(`${home.network.plc.url}/${found}/data`)).json()) as { rotationKeys: string[] };
  expect(data.rotationKeys[0]).toBe(key);
  await page.getByRole('button', { name: 'Sign in as the group account' }).click();
  await giveConsent(page, { handle: 'brewery.test', password: 'barley and hops' } as Account);
  await page.waitForURL(at('/setup/group'));
  await page.getByText('You have signed in as it').waitFor();
  for (const path of [
    '/setup',
    '/setup/group',
    '/setup/group?other=1',
    '/setup/about',
    '/setup/ways',
    '/setup/stewards',
    '/setup/open',
  ])
    expect(await checkPage(page, at(path)), path).toEqual([]);
});
