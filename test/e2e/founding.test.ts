/** A space is founded in the browser: with an account that is there and no scripts, and with one that is made, scripts on. */
import { readFile } from 'node:fs/promises';
import { multibaseToBytes, P256Keypair } from '@atproto/crypto';
import type { DatetimeString } from '@atproto/lex';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
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

const STEPS = ['group', 'group?other=1', 'host', 'about', 'ways', 'stewards', 'open'].map((step) => `/setup/${step}`);

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
  expect(await page.locator('.about').textContent()).toContain('You are a member.');
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
  await page.goto(at('/setup/host'));
  await page.fill('#host', 'Orchard.localhost');
  await page.getByRole('button', { name: 'Take this name' }).click();
  // The one of the test before, and one that looks like it.
  await page.getByText('is a space').waitFor();
  await page.fill('#host', '0rchard.localhost');
  await page.getByRole('button', { name: 'Take this name' }).click();
  await page.getByText('looks like the name of another site').waitFor();
  await page.fill('#host', 'brewery.localhost');
  await page.getByRole('button', { name: 'Take this name' }).click();
  await page.getByText('Chosen: brewery.localhost').waitFor();

  await page.goto(at('/setup/about'));
  await page.fill('#name', 'The Brewery');
  await page.fill('#description', 'Beer.');
  const picture = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#8a2c1b' } })
    .withExif({ IFD0: { Artist: 'somebody-and-where' } })
    .jpeg()
    .toBuffer();
  await page.setInputFiles('#avatar', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: picture });
  await page.setInputFiles('#banner', { name: 'b.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByText('this file is no PNG').waitFor();
  expect(await page.inputValue('#name')).toBe('The Brewery');
  await page.setInputFiles('#avatar', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: picture });
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByRole('link', { name: 'Go on: how it works and looks' }).click();
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.goto(at('/setup/stewards'));
  await page.fill('#stewards', 'nobody.test');
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByText('names no account').waitFor();
  await page.fill('#stewards', '@ada.test');
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByRole('link', { name: 'Open the doors' }).last().waitFor();
  for (const path of STEPS) expect(await checkPage(page, at(path)), path).toEqual([]);
  await page.goto(at('/setup/open'));
  await page.getByRole('button', { name: 'Open the doors' }).click();
  await page.waitForURL(`http://brewery.localhost:${home.worker.port}/`);
  expect(await page.locator('h1').textContent()).toContain('The Brewery');

  const brewery = found ?? '';
  const list = async (collection: string) =>
    (await bert.agent.com.atproto.repo.listRecords({ repo: brewery, collection })).data.records;
  const [profile] = await list(NSID.profile);
  const avatar = profile?.value.avatar as { ref: { toString(): string }; mimeType: string };
  expect(avatar.mimeType).toBe('image/jpeg');
  const { data: bytes } = await bert.agent.com.atproto.sync.getBlob({ did: brewery, cid: avatar.ref.toString() });
  expect(Buffer.from(bytes).includes('somebody-and-where')).toBe(false);
  expect((await list(NSID.membership)).map(({ value }) => [value.member, value.roles])).toEqual(
    expect.arrayContaining([
      [bert.did, ['steward', 'member']],
      [ada.did, ['steward', 'member']],
    ]),
  );
}, 120_000);

test('a server that asks for an invite code; one that is away; one that says no', async () => {
  const carl = await home.pds.createAccount({ handle: 'carl.test' });
  const page = await founder(carl);
  await page.goto(at('/setup/group'));
  await page.fill('#server', 'http://localhost:1');
  await page.getByRole('button', { name: 'Ask the server' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('cannot be reached');
  expect(await page.inputValue('#server')).toBe('http://localhost:1');

  const { invites } = home.network.pds[0].ctx.cfg;
  const code = 'an-invite-code';
  const { db } = home.network.pds[0].ctx.accountManager;
  await db.db
    .insertInto('invite_code')
    .values({
      code,
      availableUses: 1,
      disabled: 0,
      forAccount: 'admin',
      createdBy: 'admin',
      createdAt: new Date().toISOString() as DatetimeString,
    })
    .execute();
  Object.assign(invites, { required: true });
  try {
    await page.fill('#server', home.pds.url);
    await page.getByRole('button', { name: 'Ask the server' }).click();
    await page.fill('#name', 'carl');
    await page.fill('#email', 'club@carl.example');
    await page.fill('#password', 'a long password');
    await page.fill('#invite', 'another-code');
    await page.getByRole('button', { name: 'Make the account' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('The server did not make the account');
    expect([await page.inputValue('#email'), await page.inputValue('#password')]).toEqual(['club@carl.example', '']);
    await page.fill('#name', 'carls-club');
    await page.fill('#password', 'a long password');
    await page.fill('#invite', code);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByText('This account has no recovery key').waitFor();
  } finally {
    Object.assign(invites, { required: false });
  }
  await page.goto(at('/setup'));
  await page.getByRole('button', { name: 'Give up this founding' }).click();
  await page.locator('#code').waitFor();
  await page.fill('#code', 'no-code');
  await page.getByRole('button', { name: 'Begin' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('This code is none');
});

test('who is signed in as nobody special founds nothing, by no address', async () => {
  const dora = await home.pds.createAccount({ handle: 'dora.test' });
  const page = await (await browser.newContext()).newPage();
  await signIn(page, at('/login?next=/setup'), dora);
  expect(await page.locator('main').textContent()).toContain('founded with a code');
  for (const path of STEPS) {
    await page.goto(at(path));
    expect(page.url()).toBe(at('/setup'));
  }
});
