/** Joining where nobody is told who is in: by a call, without any record; and a private space by its link. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage } from '../web/check-page.ts';
import { signIn } from './browser.ts';
import { eventually, type Home, makeMember, makeSpace, type Space, startHome, write } from './harness.ts';

let home: Home;
let veil: Space;
let vault: Space;
let [ada, ida]: Account[] = [];
let browser: Browser;

const ROLES = [
  { role: 'steward', actions: ['post', 'admit', 'invite', 'eject', 'role.assign'], assignable: ['steward'] },
];

beforeAll(async () => {
  [home, browser] = await Promise.all([startHome(), launchBrowser()]);
  veil = await makeSpace(home, 'veil');
  vault = await makeSpace(home, 'vault', { joinPolicy: 'invite' });
  for (const { group, did } of [veil, vault]) {
    await write(group, NSID.role, { space: did, displayName: 'The steward' }, 'steward');
    await write(group, NSID.permissions, { space: did, roles: ROLES, defaultRoles: [] }, 'self');
  }
  ida = await makeMember(home, veil, 'ida');
  ada = await home.pds.createAccount({ handle: 'ada.test' });
  await eventually(
    () => home.row('select 1 from member where did = ? and joined = 1 and admitted = 1', ida?.did),
    (row) => row !== null,
  );
  await eventually(
    () => home.row<{ n: number }>('select count(*) as n from space where permissions is not null'),
    (row) => row?.n === 2,
  );
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const at = ({ host }: Space, path = '/'): string => `http://${host}:${home.worker.port}${path}`;
const text = (page: Page): Promise<string | null> => page.locator('main').textContent();

async function pageAs(account: Account | undefined, space: Space, next: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(15_000);
  await signIn(page, at(space, `/login?next=${next}`), account as Account);
  return page;
}

const records = async (account: Account | undefined, collection: string) =>
  (await (account as Account).agent.com.atproto.repo.listRecords({ repo: account?.did ?? '', collection })).data
    .records;

test('a roster becomes private: who is in stays in, and nobody is told', async () => {
  expect((await home.admin('setSpace', { space: veil.did, roster: 'private' })).status).toBe(200);
  expect((await home.admin('setSpace', { space: veil.did, roster: 'public' })).status).toBe(400);
  const told: unknown = await (await home.xrpc('club.commonplace.space.getSpace', { space: veil.did })).json();
  expect(told).toMatchObject({ roster: 'private' });
  expect(told).not.toHaveProperty('memberCount');
  expect((await home.xrpc('club.commonplace.space.listMembers', { space: veil.did })).status).toBe(403);
  expect((await home.get(veil.host, '/members')).status).toBe(404);
  const page = await pageAs(ida, veil, '/join');
  expect(await text(page)).toContain('You are a member.');
  expect(await text(page)).toContain('only this instance keeps it');
  await eventually(
    () =>
      home
        .xrpc('club.commonplace.sync.listRecords', { space: veil.did, collection: NSID.join })
        .then((answer) => answer.json() as Promise<{ records: object[] }>),
    (seen) => seen.records.length === 0,
  );
});

test('who joins is a member at once, and no record says so', async () => {
  const page = await pageAs(ada, veil, '/write/topic');
  await page.getByText('Only members write here').waitFor();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.waitForURL(at(veil, '/write/topic'));
  expect(await records(ada, NSID.join)).toEqual([]);
  const halves = await records(veil.group, NSID.membership);
  expect(halves.map(({ uri }) => uri.split('/').at(-1))).toEqual([ida?.did]);
  expect(await checkPage(page, at(veil, '/join'))).toEqual([]);

  await page.goto(at(veil, '/write/topic'));
  await page.fill('#title', 'Hello');
  await page.fill('#text', 'From within.');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('heading', { name: 'Hello', level: 1 }).waitFor();
  expect(await home.row('select hidden from post where did = ?', ada?.did)).toEqual({ hidden: 0 });
  await page.goto(at(veil, `/author/${ada?.did}`));
  expect(await page.locator('.chip').count()).toBe(0);

  await page.goto(at(veil, '/leave'));
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByText('You have left this space').waitFor();
  expect(await home.row('select 1 from held_member where did = ?', ada?.did)).toBeNull();
});

test('a private space is entered by its link: before that only its front is seen, and then what is in it', async () => {
  expect((await home.admin('setSpace', { space: vault.did, visibility: 'private' })).status).toBe(200);
  const group = await pageAs(vault.group, vault, '/members/invites');
  await group.getByLabel('Role they are given').first().selectOption('steward');
  await group.getByRole('button', { name: 'Make a link' }).click();
  const link = (await group.locator('.preview code').textContent()) ?? '';
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(link);
  expect(await text(page)).toContain('You are invited to The vault');
  expect(await checkPage(page, link)).toEqual([]);
  await signIn(page, at(vault, `/login?next=${new URL(link).pathname}`), ada as Account);
  expect((await page.goto(at(vault, '/about')))?.status()).toBe(404);
  await page.goto(link);
  await page.getByRole('button', { name: 'Accept and join' }).click();
  await page.getByText('You are a member.').waitFor();
  expect((await page.goto(at(vault, '/about')))?.status()).toBe(200);
  await page.goto(at(vault, '/members'));
  expect(await text(page)).toMatch(/ada\.test|did:plc/);
  expect(await records(ada, NSID.join)).toEqual([]);
  expect(await records(vault.group, NSID.membership)).toEqual([]);
});

test('who is invited to a private space by name is told of it at the instance, and led to its door', async () => {
  const group = await pageAs(vault.group, vault, '/members/invites');
  await group.getByLabel('Handle or DID').fill('ida.test');
  await group.getByRole('button', { name: 'Invite', exact: true }).click();
  await group.waitForURL(at(vault, '/members/invites'));
  const page = await pageAs(ida, vault, '/');
  await page.goto(at(vault));
  await page.getByRole('link', { name: /Notifications/ }).click();
  await page.waitForURL(/\/\/localhost[:/]/);
  await page.getByRole('link', { name: 'You are invited to join this space' }).click();
  await page.waitForURL(at(vault, '/join'));
  expect(await text(page)).toContain('You are invited to be a member');
});
