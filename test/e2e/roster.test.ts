/** Coming in by every policy, and going out: two browsers at once, one of them without scripts, against the real server. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import { club } from '../../src/lexicons/index.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage } from '../web/check-page.ts';
import { giveConsent, signedIn, signIn } from './browser.ts';
import { eventually, type Home, makeSpace, type Space, startHome, write } from './harness.ts';

let home: Home;
let orchard: Space;
let [gerda, ada, bert]: Account[] = [];
let browser: Browser;
let steward: Page;
/** Ada's browser runs no scripts. */
let applicant: Page;

const ROLES = [
  {
    ...{ role: 'steward', assignable: ['steward', 'helper'] },
    actions: ['post', 'admit', 'invite', 'eject', 'role.assign', 'group.configure'],
  },
  { role: 'helper', actions: ['post', 'invite'], assignable: [] },
];

beforeAll(async () => {
  [home, browser] = await Promise.all([startHome(), launchBrowser()]);
  const joinQuestions = [{ text: 'What do you grow?', required: true }, { text: 'Anything else?' }];
  orchard = await makeSpace(home, 'orchard', { joinPolicy: 'approval', joinQuestions });
  for (const { role } of ROLES)
    await write(orchard.group, NSID.role, { space: orchard.did, displayName: `The ${role}` }, role);
  await write(orchard.group, NSID.permissions, { space: orchard.did, roles: ROLES, defaultRoles: [] }, 'self');
  [gerda, ada, bert] = await Promise.all(
    ['gerda', 'ada', 'bert'].map((name) => home.pds.createAccount({ handle: `${name}.test` })),
  );
  await write(gerda as Account, NSID.join, { space: orchard.did }, orchard.did);
  const half = { space: orchard.did, member: gerda?.did, roles: ['steward'] };
  await write(orchard.group, NSID.membership, half, gerda?.did);
  await eventually(
    () => home.row('select 1 from member where did = ? and joined = 1 and admitted = 1', gerda?.did),
    (row) => row !== null,
  );
  await connect();
  steward = await (await signedIn(browser, at('/login'), gerda as Account, true)).newPage();
  applicant = await (await signedIn(browser, at('/login'), ada as Account, false)).newPage();
  for (const page of [steward, applicant]) page.setDefaultTimeout(15_000);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const at = (path = '/'): string => `http://${orchard.host}:${home.worker.port}${path}`;

async function connect(): Promise<void> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, at('/login?next=/group'), orchard.group);
  await page.getByRole('button', { name: 'Connect the account' }).click();
  await giveConsent(page, orchard.group);
  await page.waitForURL(at('/group'));
  await page.context().close();
}

const half = async (did = ''): Promise<Record<string, unknown> | null> => {
  const { data } = await orchard.group.agent.com.atproto.repo.listRecords({
    ...{ repo: orchard.did, collection: NSID.membership },
  });
  return data.records.find(({ uri }) => uri.endsWith(did))?.value ?? null;
};
const text = (page: Page): Promise<string | null> => page.locator('main').textContent();

test('who asks answers what is asked, a steward lets them in, and both halves are records', async () => {
  await applicant.goto(at('/join'));
  await applicant.getByLabel('What do you grow? (needed)').fill('Quinces.');
  await applicant.getByRole('button', { name: 'Ask to join' }).click();
  await applicant.getByText('You have asked to join').waitFor();
  const { data } = await (ada as Account).agent.com.atproto.repo.listRecords({
    ...{ repo: ada?.did ?? '', collection: NSID.join },
  });
  expect(data.records).toHaveLength(1);
  // What was answered is in no record.
  expect(JSON.stringify(data.records)).not.toContain('Quinces');
  expect(await half(ada?.did)).toBeNull();

  await steward.goto(at('/'));
  expect(await text(steward)).toMatch(/Who asks to join\s*1/);
  await steward.goto(at('/members/requests'));
  expect(await text(steward)).toContain('Quinces.');
  expect(await checkPage(steward, at('/members/requests'))).toEqual([]);
  await steward.getByRole('button', { name: 'Let in ada.test' }).click();
  await steward.getByText('Nobody is waiting.').waitFor();
  await steward.goto(at('/'));
  expect(await text(steward)).not.toMatch(/Who asks to join\s*\d/);
  const record = await half(ada?.did);
  expect(record).toMatchObject({ space: orchard.did, member: ada?.did, roles: [] });
  expect(club.commonplace.space.membership.$safeValidate(record).success).toBe(true);
  await applicant.reload();
  expect(await text(applicant)).toContain('You are a member.');
  expect(await home.row('select answers from application where did = ?', ada?.did)).toBeNull();
});

test('a join that another client wrote waits like any other; who is declined is told why', async () => {
  await write(bert as Account, NSID.join, { space: orchard.did }, orchard.did);
  await eventually(
    () => steward.goto(at('/members/requests')).then(() => text(steward)),
    (seen) => seen?.includes('bert.test') === true,
  );
  expect(await text(steward)).toContain('they joined from another app');
  await steward.getByLabel('Reason, told to them').fill('Say more about you.');
  await steward.getByRole('button', { name: 'Decline bert.test' }).click();
  await steward.getByText('Nobody is waiting.').waitFor();
  const page = await (await signedIn(browser, at('/login'), bert as Account, true)).newPage();
  await page.goto(at('/join'));
  expect(await text(page)).toContain('Say more about you.');
  expect(await page.getByRole('button', { name: 'Ask to join' }).count()).toBe(0);
  expect(await half(bert?.did)).toBeNull();
  await page.goto(at('/notifications'));
  expect(await text(page)).toContain('Say more about you.');
  await page.context().close();
});

test('a link lets in whoever has it, as often as it says, with the role that it gives', async () => {
  await steward.goto(at('/members/invites'));
  await steward.getByLabel('Role they are given').first().selectOption('helper');
  await steward.getByRole('button', { name: 'Make a link' }).click();
  const link = (await steward.locator('.preview code').textContent()) ?? '';
  expect(link).toMatch(/\/invite\/[\w-]{43}$/);
  const token = link.split('/').at(-1) ?? '';
  const kept = await home.row<{ hash: string }>('select * from invite');
  expect(JSON.stringify(kept)).not.toContain(token.slice(8));
  await steward.goto(at('/members/invites'));
  expect(await steward.content()).not.toContain(token.slice(8));
  expect(await checkPage(steward, at('/members/invites'))).toEqual([]);

  const carl = await home.pds.createAccount({ handle: 'carl.test' });
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  expect(await text(page)).toContain('You are invited to The orchard');
  await signIn(page, at(`/login?next=/invite/${token}`), carl);
  await page.getByRole('button', { name: 'Accept and join' }).click();
  await page.getByText('You are a member.').waitFor();
  expect(await half(carl.did)).toMatchObject({ roles: ['helper'] });
  await page.context().close();

  await applicant.goto(link);
  expect(await text(applicant)).toContain('This invitation does not work');
  await steward.goto(at('/members?q=carl'));
  expect(await text(steward)).toMatch(/carl\.test.*The helper.*invited by gerda\.test/s);
});

test('who is invited by name is named by the group first, and joins or declines', async () => {
  const [dora, emil] = await Promise.all(
    ['dora', 'emil'].map((name) => home.pds.createAccount({ handle: `${name}.test` })),
  );
  for (const name of ['dora.test', '@emil.test']) {
    await steward.goto(at('/members/invites'));
    await steward.getByLabel('Handle or DID').fill(name);
    await steward.getByRole('button', { name: 'Invite', exact: true }).click();
    await steward.waitForURL(at('/members/invites'));
  }
  expect(await half(dora?.did)).toMatchObject({ member: dora?.did });
  const page = await (await signedIn(browser, at('/login'), dora as Account, false)).newPage();
  await page.goto(at('/join'));
  expect(await text(page)).toContain('You are invited to be a member');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByText('You are a member.').waitFor();

  const other = await (await signedIn(browser, at('/login'), emil as Account, true)).newPage();
  await other.goto(at('/notifications'));
  expect(await text(other)).toMatch(/invited/i);
  await other.goto(at('/join'));
  await other.getByRole('button', { name: 'Decline the invitation' }).click();
  await other.getByRole('button', { name: 'Ask to join' }).waitFor();
  expect(await half(emil?.did)).toBeNull();
});

test('roles are given and taken, and the last steward stays', async () => {
  await steward.goto(at(`/members/${ada?.did}`));
  await steward.getByLabel('The helper').check();
  await steward.getByRole('button', { name: 'Save the roles' }).click();
  await steward.waitForURL(at(`/members/${ada?.did}`));
  expect(await half(ada?.did)).toMatchObject({ roles: ['helper'] });
  expect(await checkPage(steward, at(`/members/${ada?.did}`))).toEqual([]);

  await steward.goto(at(`/members/${gerda?.did}`));
  await steward.getByLabel('The steward').uncheck();
  await steward.getByRole('button', { name: 'Save the roles' }).click();
  expect(await steward.getByRole('alert').textContent()).toMatch(/nobody would be left/);
  await steward.goto(at('/leave'));
  await steward.getByRole('button', { name: 'Leave' }).click();
  expect(await steward.getByRole('alert').textContent()).toMatch(/nobody would be left/);
  expect(await half(gerda?.did)).toMatchObject({ roles: ['steward'] });
});

test('whoever is banned is out, cannot come back by any way, and is let in again when it is lifted', async () => {
  await steward.goto(at(`/members/${ada?.did}`));
  await steward.getByLabel('What they are told').fill('Too loud.');
  await steward.getByLabel(/^Why, for those/).fill('Shouted at bert.');
  await steward.getByRole('button', { name: 'Ban', exact: true }).click();
  await steward.waitForURL(at('/members/bans'));
  expect(await text(steward)).toContain('Shouted at bert.');
  expect(await half(ada?.did)).toBeNull();
  await applicant.goto(at('/join'));
  const told = await text(applicant);
  expect(told).toContain('Too loud.');
  expect(told).not.toContain('Shouted');
  await applicant.goto(at('/notifications'));
  expect(await text(applicant)).toContain('Too loud.');
  expect(await text(applicant)).not.toContain('Shouted');
  await applicant.goto(at('/join'));
  expect(await applicant.getByRole('button', { name: 'Ask to join' }).count()).toBe(0);
  await home.worker.scheduled();
  expect(await half(ada?.did)).toBeNull();
  await steward.goto(at('/members/bans'));
  expect(await checkPage(steward, at('/members/bans'))).toEqual([]);
  await steward.getByRole('button', { name: /^Lift the ban/ }).click();
  await steward.getByText('Nobody is banned.').waitFor();
  await applicant.reload();
  await applicant.getByRole('button', { name: 'Ask to join' }).waitFor();
});

test('one follows a space without joining it', async () => {
  await applicant.goto(at('/about'));
  await applicant.getByRole('button', { name: 'Follow' }).click();
  await applicant.getByText('You follow this space.').waitFor();
  const { data } = await (ada as Account).agent.com.atproto.repo.listRecords({
    ...{ repo: ada?.did ?? '', collection: NSID.subscription },
  });
  expect(data.records.map(({ value }) => value)).toMatchObject([{ space: orchard.did }]);
  await applicant.goto(at('/account'));
  expect(await text(applicant)).toMatch(/The orchard.*followed/s);
  await applicant.goto(at('/about'));
  await applicant.getByRole('button', { name: 'Stop following' }).click();
  await applicant.getByRole('button', { name: 'Follow', exact: true }).waitFor();
});

test('an unmodified agent does the same through its own server', async () => {
  const call = async <T>(account: Account | undefined, method: string, input?: object): Promise<T> => {
    const query = input && !('body' in input) ? `?${new URLSearchParams(input as Record<string, string>)}` : '';
    const body = input && 'body' in input ? JSON.stringify(input.body) : undefined;
    const answer = await (account as Account).agent.fetchHandler(`/xrpc/club.commonplace.${method}${query}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'atproto-proxy': `did:web:localhost%3A${home.worker.port}#commonplace`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const seen = await answer.text();
    if (!answer.ok) throw new Error(seen);
    return JSON.parse(seen) as T;
  };
  const space = orchard.did;
  const fritz = await home.pds.createAccount({ handle: 'fritz.test' });
  await expect(call(fritz, 'membership.requestJoin', { body: { space } })).rejects.toThrow('AnswerRequired');
  await call(fritz, 'membership.requestJoin', { body: { space, answers: ['Figs'] } });
  await expect(call(fritz, 'membership.listRequests', { space })).rejects.toThrow('NotPermitted');
  const { requests } = await call<{ requests: object[] }>(gerda, 'membership.listRequests', { space });
  expect(requests).toMatchObject([{ did: fritz.did, answers: [{ answer: 'Figs' }], joined: false }]);
  await call(gerda, 'membership.approveRequest', { body: { space, did: fritz.did } });
  await write(fritz, NSID.join, { space }, space);
  const isMember = () => call<{ joined: boolean; admitted: boolean }>(fritz, 'actor.getMembership', { space });
  await eventually(isMember, ({ joined, admitted }) => joined && admitted);

  const { token } = await call<{ token: string }>(gerda, 'membership.createInvite', { body: { space, uses: 1 } });
  const hanna = await home.pds.createAccount({ handle: 'hanna.test' });
  await call(hanna, 'membership.acceptInvite', { body: { space, token } });
  await expect(call(bert, 'membership.acceptInvite', { body: { space, token } })).rejects.toThrow('InviteNotFound');
  expect(await half(hanna.did)).toMatchObject({ member: hanna.did });
  await call(gerda, 'membership.removeMember', { body: { space, did: fritz.did } });
  expect(await half(fritz.did)).toBeNull();
  const { members } = await call<{ members: { handle: string }[] }>(hanna, 'space.listMembers', { space });
  expect(members.map(({ handle }) => handle).sort()).toEqual(['carl.test', 'dora.test', 'gerda.test']);
});
