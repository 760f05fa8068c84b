/** Stewards change what the space says of itself, in a browser without scripts: through the group's account, and at once. */
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage } from '../web/check-page.ts';
import { connectGroup, signIn } from './browser.ts';
import { eventually, type Home, makeMember, makeSpace, type Space, startHome, write } from './harness.ts';

let home: Home;
let garden: Space;
let browser: Browser;
let stella: Account;
let page: Page;

const at = (path: string): string => `http://${garden.host}:${home.worker.port}${path}`;
const ACTIONS = ['role.assign', 'space.configure', 'group.configure', 'x.unknown'];

beforeAll(async () => {
  home = await startHome();
  garden = await makeSpace(home, 'garden', { x: 'of another program' });
  const roles = [{ role: 'keeper', actions: ACTIONS, assignable: [], y: 'kept' }];
  await write(garden.group, NSID.role, { space: garden.did, displayName: 'Keeper' }, 'keeper');
  await write(garden.group, NSID.permissions, { space: garden.did, roles, defaultRoles: [] }, 'self');
  stella = await makeMember(home, garden, 'stella', home.pds, ['keeper']);
  const known = () => home.row<{ n: number }>('select count(*) n from member where joined = 1 and admitted = 1');
  await eventually(known, (row) => row?.n === 1);
  browser = await launchBrowser();
  const first = await newPage(true);
  await signIn(first, at('/login?next=/about'), stella);
  await connectGroup(first, at('/group'), garden.group);
  page = await newPage(false, await first.context().storageState());
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

async function newPage(javaScriptEnabled: boolean, storageState?: object): Promise<Page> {
  const options = { javaScriptEnabled, ...(storageState && { storageState: storageState as never }) };
  return (await browser.newContext(options)).newPage();
}

const main = async (): Promise<string> => (await page.locator('main').textContent()) ?? '';
const own = async (collection: string, rkey = 'self') =>
  (await garden.group.agent.com.atproto.repo.getRecord({ repo: garden.did, collection, rkey })).data.value;
const save = () => page.getByRole('button', { name: 'Save', exact: true }).first().click();

test('who may not change anything is not told of it', async () => {
  const paul = await makeMember(home, garden, 'paul');
  const other = await newPage(true);
  await signIn(other, at('/login?next=/settings'), paul);
  expect(await other.locator('h1').textContent()).toBe('There is nothing here');
  await other.context().close();
});

test('name, languages, policies and pictures; what other programs wrote stays', async () => {
  await page.goto(at('/about'));
  await page.getByRole('link', { name: 'Settings of the space' }).click();
  await page.fill('#displayName', 'The kitchen garden');
  await page.fill('#description', 'Beans & peas.');
  await page.fill('#langs', 'en, de');
  await page.selectOption('#joinPolicy', 'approval');
  await page.locator('summary', { hasText: 'Questions' }).click();
  await page.fill('#question-0', 'What do you grow?');
  const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#476b2c' } })
    .png()
    .toBuffer();
  await page.setInputFiles('#avatar', { name: 'a.png', mimeType: 'image/png', buffer: picture });
  await save();
  await page.getByRole('status').waitFor();
  expect(await page.locator('.brand').textContent()).toContain('The kitchen garden');
  expect(await page.locator('.brand img').count()).toBe(1);
  expect(await own(NSID.profile)).toMatchObject({
    ...{ displayName: 'The kitchen garden', langs: ['en', 'de'], joinPolicy: 'approval', x: 'of another program' },
    ...{ joinQuestions: [{ text: 'What do you grow?', required: false }], description: 'Beans & peas.' },
    avatar: { mimeType: 'image/png' },
  });
});

test('what cannot be taken is said, and what was typed stays', async () => {
  await page.goto(at('/settings'));
  await page.fill('#description', 'Only beans.');
  await page.fill('#langs', 'not a language at all!');
  await save();
  expect(await page.getByRole('alert').textContent()).toContain('cannot be taken');
  expect(await page.inputValue('#description')).toBe('Only beans.');
});

test('a change that somebody made meanwhile is not lost', async () => {
  const other = await newPage(false, await page.context().storageState());
  await other.goto(at('/settings'));
  await page.goto(at('/settings'));
  await page.fill('#description', 'Mine.');
  await save();
  await page.getByRole('status').waitFor();
  await other.fill('#displayName', 'Theirs');
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  expect(await other.getByRole('alert').textContent()).toContain('Somebody changed this');
  expect(await own(NSID.profile)).toMatchObject({ description: 'Mine.', displayName: 'The kitchen garden' });
  await other.context().close();
});

test('sections come and go; the id of one that is there stays', async () => {
  await page.goto(at('/settings/sections'));
  const last = page.locator('fieldset').last();
  await last.getByLabel('Name').fill('Seeds');
  await last.getByLabel('Id').fill('search');
  await last.getByLabel('Takes: Topics').check();
  await save();
  expect(await page.getByRole('alert').textContent()).toContain('This id cannot be taken');
  await page.locator('fieldset').last().getByLabel('Id').fill('seeds');
  const crossposts = page.getByLabel('Takes: Crossposts');
  expect(await Promise.all([0, 1, 2].map((i) => crossposts.nth(i).isChecked()))).toEqual([false, true, false]);
  await crossposts.nth(1).uncheck();
  await crossposts.nth(2).check();
  await save();
  await page.getByRole('status').waitFor();
  expect(await Promise.all([0, 1, 2].map((i) => crossposts.nth(i).isChecked()))).toEqual([false, false, true]);
  await page.goto(at('/'));
  await page.getByRole('link', { name: 'Seeds' }).click();
  expect(page.url()).toBe(at('/seeds'));
  const { sections } = (await own(NSID.profile)) as { sections: { id: string; collections: string[] }[] };
  expect(sections.map(({ id, collections }) => [id, collections])).toEqual([
    ...[
      ['stories', [NSID.story]],
      ['topics', [NSID.topic]],
    ],
    ['seeds', [NSID.topic, NSID.crosspost]],
  ]);
});

test('rules are added, changed and deleted', async () => {
  await page.goto(at('/settings/rules'));
  await page.getByLabel('The rule, in short').fill('Be kind');
  await page.getByLabel('In full').fill('To *everybody*.');
  await page.getByRole('button', { name: 'Add the rule' }).click();
  await page.getByRole('status').waitFor();
  await page.goto(at('/about'));
  expect(await main()).toContain('Be kind');
  await page.goto(at('/settings/rules'));
  await page.locator('summary', { hasText: 'Be kind' }).click();
  await page.getByLabel('The rule, in short').first().fill('Be kinder');
  await save();
  await page.goto(at('/about'));
  expect(await main()).toContain('Be kinder');
  await page.goto(at('/settings/rules'));
  await page.locator('summary', { hasText: 'Be kinder' }).click();
  await page.getByRole('button', { name: 'Delete it' }).first().click();
  await page.goto(at('/about'));
  expect(await main()).not.toContain('Be kinder');
});

test('roles are made, changed and deleted, with what they may do', async () => {
  await page.goto(at('/settings/roles'));
  expect(await main()).toContain('no role takes anything away');
  await page.fill('#id', 'gardener');
  await page.fill('#displayName', 'Gardener');
  await page.getByLabel('Invite people').check();
  await page.getByLabel('Every new member is given it').check();
  await page.getByRole('button', { name: 'Add the role' }).click();
  await page.getByRole('status').waitFor();
  expect(await own(NSID.permissions)).toMatchObject({
    roles: [
      { role: 'keeper', actions: ACTIONS, y: 'kept' },
      { role: 'gardener', actions: ['invite'], assignable: [] },
    ],
    defaultRoles: ['gardener'],
  });
  await page.goto(at('/settings/roles?role=keeper'));
  await page.getByLabel('Gardener', { exact: true }).check();
  await save();
  await page.getByRole('status').waitFor();
  expect(await own(NSID.permissions)).toMatchObject({
    roles: [{ role: 'keeper', actions: ACTIONS, assignable: ['gardener'], y: 'kept' }, { role: 'gardener' }],
  });
  await page.goto(at('/settings/roles?role=gardener'));
  await page.getByRole('button', { name: 'Delete the role' }).click();
  await page.getByRole('status').waitFor();
  const { roles, defaultRoles } = (await own(NSID.permissions)) as { roles: object[]; defaultRoles: string[] };
  expect([roles, defaultRoles]).toEqual([[{ role: 'keeper', actions: ACTIONS, assignable: [], y: 'kept' }], []]);
});

test('the last who keeps the space cannot take that from themselves', async () => {
  await page.goto(at('/settings/roles?role=keeper'));
  await page.fill('#displayName', 'First keeper');
  await page.getByLabel('Change roles and what they may do').uncheck();
  await save();
  expect(await page.getByRole('alert').textContent()).toContain('nobody would be left');
  // The half that says how the role is called was taken: the form goes on from there.
  await page.fill('#displayName', 'Head keeper');
  await page.getByLabel('Change roles and what they may do').check();
  await save();
  await page.getByRole('status').waitFor();
  expect(await own(NSID.role, 'keeper')).toMatchObject({ displayName: 'Head keeper' });
  await page.goto(at('/settings/roles?role=keeper'));
  await page.getByRole('button', { name: 'Delete the role' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('nobody would be left');
  expect(await own(NSID.permissions)).toMatchObject({ roles: [{ role: 'keeper', actions: ACTIONS }] });
  expect(await own(NSID.role, 'keeper')).toMatchObject({ displayName: 'Head keeper' });
  const answer = await stella.agent.fetchHandler('/xrpc/club.commonplace.group.deleteRecord', {
    method: 'POST',
    body: JSON.stringify({ repo: garden.did, collection: NSID.permissions, rkey: 'self' }),
    headers: {
      'content-type': 'application/json',
      'atproto-proxy': `did:web:localhost%3A${home.worker.port}#commonplace`,
    },
  });
  expect(await answer.json()).toMatchObject({ error: 'LastSteward' });
});

test('a look that could not be read is refused', async () => {
  await page.goto(at('/settings/look'));
  await page.getByRole('button', { name: 'Sea', exact: true }).click();
  expect(await page.inputValue('#light-accent')).toBe('#0b5c8a');
  await page.fill('#light-text', '#cccccc');
  await save();
  expect(await page.getByRole('alert').textContent()).toContain('On a light page: “Text” on “Page” has 1.5 to 1');
  await page.fill('#light-text', '#16242f');
  await save();
  await page.getByRole('status').waitFor();
  const style = await page.locator('link[href^="/theme/"]').getAttribute('href');
  expect(await (await home.get(garden.host, style ?? '')).text()).toContain('#0b5c8a');
});

test.each(['/settings', '/settings/sections', '/settings/rules', '/settings/roles?role=keeper', '/settings/look'])(
  'nothing is wrong with %s, on a phone too',
  async (path) => {
    const checked = await newPage(true, await page.context().storageState());
    expect(await checkPage(checked, at(path))).toEqual([]);
    await checked.setViewportSize({ width: 360, height: 740 });
    expect(await checkPage(checked, at(path))).toEqual([]);
    await checked.context().close();
  },
);
