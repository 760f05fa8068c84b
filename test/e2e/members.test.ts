/** Members join and write on the site, in a real browser, with scripts off; what they write is in their own repository. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import { club } from '../../src/lexicons/index.ts';
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
  ada = await home.pds.createAccount({ handle: 'ada.test' });
  gerda = await makeMember(home, garden, 'gerda');
  pears = await write(gerda, NSID.topic, { space: garden.did, title: 'Pears', text: 'Which ones?' });
  await postsShown(home, 1);
  context = await signedIn(browser, at('/login'), ada);
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const at = (path = '/'): string => `http://${garden.host}:${home.worker.port}${path}`;

async function records(account: Account, collection: string) {
  const { data } = await account.agent.com.atproto.repo.listRecords({ repo: account.did, collection });
  return data.records;
}

const hasText = (text: string): Promise<void> => page.getByText(text).first().waitFor();

test('who joins is told first what that means, and belongs when the group has confirmed it', async () => {
  await page.goto(at());
  await page.getByRole('link', { name: 'Join', exact: true }).click();
  await hasText('It is public');
  await page.getByRole('button', { name: 'Join' }).click();
  await hasText('The group has not confirmed it yet');
  const [join] = await records(ada, NSID.join);
  expect(join).toMatchObject({ uri: `at://${ada.did}/${NSID.join}/${garden.did}`, value: { space: garden.did } });
  expect(club.commonplace.actor.join.$safeValidate(join?.value).success).toBe(true);
  await write(garden.group, NSID.membership, { space: garden.did, member: ada.did, roles: [] }, ada.did);
  await eventually(
    () => page.reload().then(() => page.locator('main').textContent()),
    (text) => text?.includes('You are a member.') === true,
  );
});

test('who wants to write and is no member is told so, and comes back to it when they are one', async () => {
  const bea = await home.pds.createAccount({ handle: 'bea.test' });
  const hers = await (await signedIn(browser, at('/login'), bea, true)).newPage();
  hers.setDefaultTimeout(10_000);
  const rkey = pears.uri.split('/').at(-1);
  await hers.goto(at(`/topics/${rkey}`));
  await hers.locator('main').getByRole('link', { name: 'Join' }).last().click();
  const why = /Only members write here/;
  await hers.getByText(why).waitFor();
  expect(await checkPage(hers, hers.url())).toEqual([]);
  await hers.getByRole('button', { name: 'Join' }).click();
  await hers.getByText('The group has not confirmed it yet').waitFor();
  await hers.getByText(why).waitFor();
  await write(garden.group, NSID.membership, { space: garden.did, member: bea.did, roles: [] }, bea.did);
  await eventually(
    () => hers.reload().then(() => hers.url()),
    (url) => url === at(`/write/reply?to=${encodeURIComponent(pears.uri).replaceAll('%3A', ':')}`),
  );
  await hers.goto(at('/join?next=//elsewhere.example/write/'));
  await hers.getByText('You are a member.').waitFor();
  expect(await hers.getByText(why).count()).toBe(0);
  await hers.context().close();
});

test('a story is looked at first, published, and shows on the next page, before the stream tells of it', async () => {
  await page.goto(at());
  await page.getByRole('link', { name: 'Write a story' }).click();
  await page.fill('#title', 'The lamp');
  await page.fill('#text', 'It was *dark*.');
  await page.fill('#tags', '#night, lamp');
  await page.selectOption('#feedback', 'critique');
  await page.getByRole('button', { name: 'Preview' }).click();
  expect(await page.locator('.preview em').textContent()).toBe('dark');
  expect(await records(ada, NSID.story)).toEqual([]);
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('heading', { name: 'The lamp', level: 1 }).waitFor();
  const [story] = await records(ada, NSID.story);
  expect(story?.value).toMatchObject({
    ...{ space: garden.did, title: 'The lamp', text: 'It was *dark*.', tags: ['night', 'lamp'], feedback: 'critique' },
  });
  expect(club.commonplace.story.$safeValidate(story?.value).success).toBe(true);
  const seq = (): Promise<unknown> => home.row('select seq from record where uri = ?', story?.uri);
  const before = await seq();
  // Whatever comes later by the stream comes in order: after this the story has come, too.
  const later = await write(ada, NSID.topic, { space: garden.did, title: 'Later', text: '' });
  await eventually(
    () => home.row('select 1 from record where uri = ?', later.uri),
    (row) => row !== null,
  );
  expect(await seq()).toEqual(before);
});

test('an edit keeps what this site knows nothing of, and is refused over a newer version', async () => {
  const [story] = await records(ada, NSID.story);
  const rkey = story?.uri.split('/').at(-1) ?? '';
  const putRecord = (value: object) =>
    ada.agent.com.atproto.repo.putRecord({ repo: ada.did, collection: NSID.story, rkey, record: { ...value } });
  await putRecord({ ...story?.value, mood: 'calm' });
  await page.goto(at('/stories'));
  await page.getByRole('link', { name: 'The lamp' }).click();
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.fill('#text', 'It was bright.');
  await page.getByRole('button', { name: 'Save' }).click();
  await hasText('It was bright.');
  const [edited] = await records(ada, NSID.story);
  expect(edited?.value).toMatchObject({ mood: 'calm', text: 'It was bright.', title: 'The lamp' });

  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.fill('#text', 'It was dim.');
  await putRecord({ ...edited?.value, text: 'Elsewhere.' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toMatch(/changed elsewhere/);
  expect(await page.inputValue('#text')).toBe('It was dim.');
});

test('one answers with links, tags and mentions, likes, and takes both back', async () => {
  await page.goto(at(`/topics/${pears.uri.split('/').at(-1)}`));
  await page.fill('#reply', 'Ask @gerda.test or https://pears.example #fruit');
  await page.getByRole('button', { name: 'Send the reply' }).click();
  await page.locator('.one').waitFor();
  const [reply] = await records(ada, NSID.reply);
  expect(reply?.value).toMatchObject({ space: garden.did, root: pears, parent: pears });
  const { facets } = (reply?.value ?? {}) as { facets?: { features: object[] }[] };
  expect(facets?.map(({ features: [feature] }) => feature)).toMatchObject([
    ...[{ did: gerda.did }, { uri: 'https://pears.example' }, { tag: 'fruit' }],
  ]);
  expect(club.commonplace.reply.$safeValidate(reply?.value).success).toBe(true);

  await page.goto(at(`/topics/${pears.uri.split('/').at(-1)}`));
  await page.getByRole('button', { name: 'Like what gerda.test wrote' }).click();
  await page.getByRole('button', { name: 'Unlike' }).waitFor();
  expect((await records(ada, NSID.like)).map(({ value }) => value)).toMatchObject([{ subject: pears }]);
  await hasText('1 like');
  await page.getByRole('button', { name: 'Unlike' }).click();
  await page.getByRole('button', { name: 'Like what gerda.test wrote' }).waitFor();
  expect(await records(ada, NSID.like)).toEqual([]);

  await page.locator('#replies').getByRole('link', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await hasText('No one has replied yet.');
  expect(await records(ada, NSID.reply)).toEqual([]);
});

test('what an author shows only to people who are signed in shows to them', async () => {
  const labels = { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: '!no-unauthenticated' }] };
  const ref = await write(gerda, NSID.topic, { space: garden.did, title: 'Quiet', text: 'Among us.', labels });
  const path = `/topics/${ref.uri.split('/').at(-1)}`;
  await eventually(
    () => home.get(garden.host, path).then((answer) => answer.text()),
    (text) => text.includes('only to people who are signed in') && !text.includes('Among us.'),
  );
  await page.goto(at(path));
  await hasText('Among us.');
});

test('what the server of the account refuses stays in the form, with the reason', async () => {
  await page.goto(at('/write/topic'));
  await page.fill('#title', 'Plums');
  await page.fill('#text', 'A long text.');
  await home.pds.deactivate(ada);
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.inputValue('#text')).toBe('A long text.');
  await home.pds.activate(ada);
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/write'));
  expect((await records(ada, NSID.topic)).map(({ value }) => value.title)).toContain('Plums');
  // The stream's word of the account's return may come later than the post.
  await eventually(
    () => home.row<{ hidden: number }>("select hidden from post where title = 'Plums'"),
    (row) => row?.hidden === 0,
  );
});

test('the pages are sound, at a phone and in the dark', async () => {
  const phone = await browser.newContext({
    ...{ viewport: { width: 360, height: 740 }, storageState: await context.storageState() },
  });
  const small = await phone.newPage();
  for (const path of ['/', '/join', '/leave', '/write/story', `/topics/${pears.uri.split('/').at(-1)}`]) {
    expect(await checkPage(small, at(path)), path).toEqual([]);
    expect(await small.locator('.you').textContent()).toContain('ada.test');
  }
  await phone.close();
});

/** Of the PDS: how long its access tokens live, and where it gives new ones. */
interface TokenManager {
  tokenMaxAge: number;
  rotateToken(...all: unknown[]): Promise<unknown>;
}

test('many writes at once, from two browsers, refresh a session that is over one after another', async () => {
  const { tokenManager } = home.pds.ctx.oauthProvider as unknown as { tokenManager: TokenManager };
  // So that every use of a session finds its access token about to expire.
  tokenManager.tokenMaxAge = 5_000;
  const rotate = tokenManager.rotateToken.bind(tokenManager);
  let refreshed = 0;
  tokenManager.rotateToken = (...all) => {
    refreshed++;
    return rotate(...all);
  };
  const other = await signedIn(browser, at('/login'), ada);
  const cookies = await Promise.all([context, other].map(async (one) => cookieOf(await one.cookies(at()))));
  const liking = async (cookie: string): Promise<number> => {
    const form = await home.get(garden.host, '/write/topic', { cookie });
    const csrf = /name="csrf" value="([^"]+)"/.exec(await form.text())?.[1] ?? '';
    const body = String(new URLSearchParams({ csrf, title: `Topic ${count++}`, text: 'x' }));
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    return (await send(`${home.worker.url}/write/topic`, { host: garden.host, method: 'POST', body, headers })).status;
  };
  let count = 0;
  const answers = await Promise.all([...cookies, ...cookies, ...cookies].map((cookie) => liking(cookie)));
  expect(answers).toEqual(Array.from({ length: 6 }, () => 303));
  expect(refreshed).toBeGreaterThan(2);
  expect((await records(ada, NSID.topic)).filter(({ value }) => String(value.title).startsWith('Topic'))).toHaveLength(
    6,
  );
  await other.close();
});

const cookieOf = (cookies: { name: string; value: string }[]): string =>
  cookies.map(({ name, value }) => `${name}=${value}`).join('; ');

test('one address writes often, and not without end; others go on', async () => {
  const ask = async (address: string): Promise<number> => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'cf-connecting-ip': address };
    const sentForm = { host: garden.host, method: 'POST', body: 'title=x', headers };
    return (await send(`${home.worker.url}/write/topic`, sentForm)).status;
  };
  const answers: number[] = [];
  for (let count = 0; count < 121; count++) answers.push(await ask('192.0.2.1'));
  expect([answers[0], answers[119], answers[120]]).toEqual([401, 401, 429]);
  expect(await ask('192.0.2.2')).toBe(401);
});

test('who leaves is no member any more, and what they wrote is theirs', async () => {
  await page.goto(at('/leave'));
  await page.getByRole('button', { name: 'Leave' }).click();
  expect(await page.getByRole('status').textContent()).toContain('You have left this space');
  expect(await records(ada, NSID.join)).toEqual([]);
  expect(await records(ada, NSID.story)).toHaveLength(1);
  const scripted = await (await browser.newContext({ storageState: await context.storageState() })).newPage();
  expect(await checkPage(scripted, page.url())).toEqual([]);
  await page.getByRole('button', { name: 'Join' }).click();
  await hasText('You are a member.');
  expect(await page.getByRole('status').count()).toBe(0);
  await page.goto(at('/join?left=1'));
  expect(await page.getByRole('status').count()).toBe(0);
});
