/** Members act for a group from any client: an unmodified `@atproto/api`, through its own PDS's proxy. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { connectGroup, signIn } from './browser.ts';
import { eventually, type Home, makeSpace, type Space, startHome, write } from './harness.ts';

let home: Home;
let garden: Space;
let other: Space;
let browser: Browser;
let page: Page;
/** By their role. */
let editor: Account;
let voice: Account;
let steward: Account;
let plain: Account;

const ROLES = {
  editor: ['space.configure'],
  voice: ['group.act'],
  steward: ['space.configure', 'group.configure', 'group.act', 'mod.resolve'],
};
const at = (path: string): string => `http://${garden.host}:${home.worker.port}${path}`;

async function member(name: string, roles: string[]): Promise<Account> {
  const account = await home.pds.createAccount({ handle: `${name}.test` });
  await write(account, NSID.join, { space: garden.did }, garden.did);
  await write(garden.group, NSID.membership, { space: garden.did, member: account.did, roles }, account.did);
  return account;
}

beforeAll(async () => {
  home = await startHome();
  [garden, other] = [await makeSpace(home, 'garden'), await makeSpace(home, 'meadow')];
  const roles = Object.entries(ROLES).map(([role, actions]) => ({ role, actions, assignable: [] }));
  await write(garden.group, NSID.permissions, { space: garden.did, roles, defaultRoles: [] }, 'self');
  [editor, voice, steward, plain] = [
    await member('edith', ['editor']),
    await member('vera', ['voice']),
    await member('stella', ['steward']),
    await member('paul', []),
  ];
  const known = () => home.row<{ n: number }>('select count(*) n from member where joined = 1 and admitted = 1');
  await eventually(known, (row) => row?.n === 4);
  browser = await launchBrowser();
  page = await (await browser.newContext()).newPage();
  await signIn(page, at('/login?next=/group'), garden.group);
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

const proxy = (): string => `did:web:localhost%3A${home.worker.port}#commonplace`;

async function call(who: Account, method: string, body: object): Promise<Answer> {
  const answer = await who.agent.fetchHandler(`/xrpc/club.commonplace.group.${method}`, {
    ...{ method: 'POST', body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json', 'atproto-proxy': proxy() },
  });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

async function ask(who: Account, method: string, params: Record<string, string>): Promise<Answer> {
  const path = `/xrpc/club.commonplace.group.${method}?${new URLSearchParams(params)}`;
  const answer = await who.agent.fetchHandler(path, { headers: { 'atproto-proxy': proxy() } });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

const rule = (title: string) => ({ $type: NSID.rule, space: garden.did, title, text: 'Always.' });
const makeRule = (who: Account, title = 'Be kind', repo = garden.did) =>
  call(who, 'createRecord', { repo, collection: NSID.rule, record: rule(title) });

test('before the account is connected, whoever may is told so, and nobody else', async () => {
  expect(await makeRule(editor)).toMatchObject({ status: 400, body: { error: 'GroupNotConnected' } });
  expect(await makeRule(plain)).toMatchObject({ status: 403, body: { error: 'NotPermitted' } });
});

test('connected, members write what their roles allow, and it shows at once', async () => {
  await connectGroup(page, at('/group'), garden.group);
  const { status, body } = await makeRule(editor);
  expect({ status, body }).toMatchObject({ status: 200, body: { uri: expect.stringContaining(garden.did) } });
  expect(await (await home.get(garden.host, '/about')).text()).toContain('Be kind');

  const rkey = String(body.uri).split('/').at(-1);
  const change = { repo: garden.did, collection: NSID.rule, rkey, record: rule('Be kinder') };
  expect(await call(editor, 'putRecord', { ...change, swapRecord: garden.did })).toMatchObject({ status: 400 });
  const stale = { ...change, swapRecord: 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a' };
  expect(await call(editor, 'putRecord', stale)).toMatchObject({ status: 400, body: { error: 'InvalidSwap' } });
  expect(await call(editor, 'putRecord', { ...change, swapRecord: body.cid })).toMatchObject({ status: 200 });
  expect(await (await home.get(garden.host, '/about')).text()).toContain('Be kinder');

  const gone = { repo: 'garden.test', collection: NSID.rule, rkey };
  expect(await call(editor, 'deleteRecord', gone)).toMatchObject({ status: 200 });
  expect(await (await home.get(garden.host, '/about')).text()).not.toContain('Be kinder');
});

test('a batch is written whole or not at all', async () => {
  const create = (title: string) => ({
    ...{ $type: 'com.atproto.repo.applyWrites#create', collection: NSID.rule, value: rule(title) },
  });
  const both = await call(editor, 'applyWrites', { repo: garden.did, writes: [create('First'), create('Second')] });
  expect(both).toMatchObject({
    status: 200,
    body: { results: [{ uri: expect.anything() }, { cid: expect.anything() }] },
  });
  const role = { $type: NSID.role, space: garden.did, displayName: 'Boss' };
  const mixed = [create('Third'), { ...create(''), collection: NSID.role, rkey: 'boss', value: role }];
  expect(await call(editor, 'applyWrites', { repo: garden.did, writes: mixed })).toMatchObject({ status: 403 });
  const about = await (await home.get(garden.host, '/about')).text();
  expect([about.includes('First'), about.includes('Second'), about.includes('Third')]).toEqual([true, true, false]);
  const { commit } = both.body as { commit: { cid: string } };
  const late = { repo: garden.did, writes: [create('Late')], swapCommit: garden.did };
  expect(await call(editor, 'applyWrites', { ...late, swapCommit: commit.cid })).toMatchObject({ status: 200 });
  expect(await call(editor, 'applyWrites', { ...late, swapCommit: commit.cid })).toMatchObject({
    body: { error: 'InvalidSwap' },
  });
});

describe('refused', () => {
  test('are those whose role does not allow it, strangers, and members of another space', async () => {
    for (const who of [voice, plain, other.group]) expect((await makeRule(who)).status).toBe(403);
    expect(await makeRule(editor, 'Theirs', other.did)).toMatchObject({ body: { error: 'NotPermitted' } });
    const permissions = { $type: NSID.permissions, space: garden.did, roles: [], defaultRoles: [] };
    const put = { repo: garden.did, collection: NSID.permissions, rkey: 'self', record: permissions };
    for (const who of [editor, voice, plain]) expect((await call(who, 'putRecord', put)).status).toBe(403);
    const role = { $type: NSID.role, space: garden.did, displayName: 'Guest' };
    const create = { repo: garden.did, collection: NSID.role, rkey: 'guest', record: role };
    expect((await call(editor, 'createRecord', create)).status).toBe(403);
    expect((await call(steward, 'createRecord', create)).status).toBe(200);
  });

  test('is what is no valid record, or says it is of another space', async () => {
    const bad = [{ title: '' }, { space: other.did }, { $type: NSID.role }, { order: -1 }];
    for (const change of bad) {
      const record = { ...rule('Bad'), ...change };
      const answer = await call(editor, 'createRecord', { repo: garden.did, collection: NSID.rule, record });
      expect(answer, JSON.stringify(change)).toMatchObject({ status: 400, body: { error: 'InvalidRequest' } });
    }
  });

  test('is a token that was used, that is for another method or instance, or that nobody gave', async () => {
    const [aud = ''] = proxy().split('#');
    const lxm = 'club.commonplace.group.createRecord' as const;
    const token = async (to: string, method: string): Promise<string> =>
      (await editor.agent.com.atproto.server.getServiceAuth({ aud: to, lxm: method as typeof lxm })).data.token;
    const send = async (bearer: string | null): Promise<number> => {
      const body = JSON.stringify({ repo: garden.did, collection: NSID.rule, record: rule('By hand') });
      const headers = { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) };
      return (await fetch(`${home.worker.url}/xrpc/${lxm}`, { method: 'POST', body, headers })).status;
    };
    const once = await token(aud, lxm);
    expect([await send(once), await send(once)]).toEqual([200, 401]);
    expect(await send(await token('did:web:elsewhere.example', lxm))).toBe(401);
    expect(await send(await token(aud, 'club.commonplace.group.putRecord'))).toBe(401);
    expect(await send(null)).toBe(401);
  });
});

describe('what is not of the space', () => {
  const post = () => ({ $type: 'app.bsky.feed.post', text: 'Hello', createdAt: new Date().toISOString() });
  const say = (who: Account) =>
    call(who, 'createRecord', { repo: garden.did, collection: 'app.bsky.feed.post', record: post() });
  const lxm = 'com.atproto.moderation.createReport';
  const sign = (who: Account, more: Record<string, string> = {}) =>
    ask(who, 'getServiceAuth', { repo: garden.did, aud: 'did:web:labeler.example', lxm, ...more });

  test('waits until the group has allowed more', async () => {
    expect(await say(voice)).toMatchObject({ status: 403, body: { message: expect.stringContaining('not allowed') } });
    expect((await sign(voice)).status).toBe(403);
    await connectGroup(page, at('/group'), garden.group, /^Allow more/);
    expect(await page.locator('main').textContent()).toContain('may do all that members');
    expect(await say(voice)).toMatchObject({ status: 200 });
    expect((await say(editor)).status).toBe(403);
  });

  test('a token is for one method, for a minute at most, and says who the group is', async () => {
    const { status, body } = await sign(voice);
    expect(status).toBe(200);
    const claim = JSON.parse(Buffer.from(String(body.token).split('.')[1] ?? '', 'base64url').toString());
    expect(claim).toMatchObject({ iss: garden.did, aud: 'did:web:labeler.example', lxm });
    expect((claim.exp ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(60);
    const soon = String(Math.floor(Date.now() / 1000) + 3600);
    expect(await sign(voice, { exp: soon })).toMatchObject({ body: { error: 'BadExpiration' } });
    expect((await sign(editor)).status).toBe(403);
    const forbidden = ['com.atproto.server.createAccount', 'com.atproto.identity.submitPlcOperation'];
    for (const method of [...forbidden, 'club.commonplace.group.putRecord', 'chat.bsky.convo.sendMessage'])
      expect((await sign(voice, { lxm: method })).status, method).toBe(403);
  });

  test('a picture is uploaded and shown as the space’s own', async () => {
    const bytes = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const upload = async (who: Account) =>
      who.agent.fetchHandler(`/xrpc/club.commonplace.group.uploadBlob?repo=${garden.did}`, {
        ...{ method: 'POST', body: bytes },
        headers: { 'content-type': 'image/png', 'atproto-proxy': proxy() },
      });
    expect((await upload(plain)).status).toBe(403);
    const answer = await upload(editor);
    expect(answer.status).toBe(200);
    const { blob } = (await answer.json()) as { blob: object };
    const { data } = await garden.group.agent.com.atproto.repo.getRecord({
      ...{ repo: garden.did, collection: NSID.profile, rkey: 'self' },
    });
    const record = { ...data.value, avatar: blob };
    const put = { repo: garden.did, collection: NSID.profile, rkey: 'self', record, swapRecord: data.cid };
    expect(await call(editor, 'putRecord', put)).toMatchObject({ status: 200 });
    expect(await (await home.get(garden.host, '/')).text()).toContain(`/media/${garden.did}/`);
  });
});

test('the log says who caused what', async () => {
  await page.goto(at('/group'));
  const log = (await page.locator('ol.rows').textContent()) ?? '';
  expect(log).toContain('wrote as the group');
  expect(log).toContain('called another service as the group');
});
