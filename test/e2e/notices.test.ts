/** What people are told, in a real browser with scripts off: the mark, the page, what they mute, and the feed that is theirs alone. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage } from '../web/check-page.ts';
import { signedIn } from './browser.ts';
import {
  eventually,
  type Home,
  makeMember,
  makeSpace,
  postsShown,
  type Ref,
  remove,
  type Space,
  startHome,
  write,
} from './harness.ts';

let home: Home;
let garden: Space;
let ada: Account;
let gerda: Account;
let eve: Account;
let pears: Ref;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [home, browser] = await Promise.all([startHome(), launchBrowser()]);
  garden = await makeSpace(home, 'garden');
  ada = await makeMember(home, garden, 'ada');
  gerda = await makeMember(home, garden, 'gerda');
  eve = await makeMember(home, garden, 'eve');
  pears = await write(ada, NSID.topic, { space: garden.did, title: 'Pears', text: 'Which ones?' });
  await postsShown(home, 1);
  context = await signedIn(browser, at('/login'), ada);
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const at = (path = '/'): string => `http://${garden.host}:${home.worker.port}${path}`;
const liked = (count: number): Promise<unknown> =>
  eventually(
    () => home.row<{ n: number }>('select like_count as n from post where uri = ?', pears.uri),
    (row) => row?.n === count,
  );
const answer = (who: Account, text: string, more: object = {}): Promise<Ref> =>
  write(who, NSID.reply, { space: garden.did, root: pears, parent: pears, text, ...more });
const mark = async (): Promise<string | null> => {
  await page.goto(at('/about'));
  return (await page.locator('.mark').count()) === 0 ? null : page.locator('.mark').textContent();
};
const headings = (): Promise<string[]> => page.locator('.posts h2').allTextContents();

test('an answer marks every page, stands on a page of its own, and is seen when one says so', async () => {
  await page.goto(at('/notifications'));
  expect(await headings()).toEqual(['You are a member of this space']);
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await page.waitForURL(at('/notifications'));
  expect(await page.locator('.mark').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Mark all as read' }).count()).toBe(0);

  await answer(gerda, 'Conference');
  await postsShown(home, 2);
  const like = await write(gerda, NSID.like, { space: garden.did, subject: pears });
  await liked(1);
  await write(eve, NSID.like, { space: garden.did, subject: pears });
  await liked(2);
  await eventually(mark, (text) => text === '2 not seen yet');
  await page.getByRole('link', { name: /Notifications/ }).click();
  expect((await headings()).slice(0, 2)).toEqual([
    'eve.test and 1 other liked what you wrote',
    'gerda.test replied to you',
  ]);
  await page.getByRole('link', { name: 'gerda.test replied to you' }).click();
  await page.getByText('Conference').first().waitFor();
  await page.goto(at('/notifications'));
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  expect(await page.locator('.mark').count()).toBe(0);
  expect(await headings()).toHaveLength(3);
  // What is taken back is told no more.
  await remove(gerda, like);
  await eventually(
    async () => {
      await page.goto(at('/notifications'));
      return headings();
    },
    (all) => all[0] === 'eve.test liked what you wrote',
  );
});

test('the instance’s own host tells of all spaces at once, and leads to them', async () => {
  await page.goto(at('/notifications'));
  await page.getByRole('link', { name: 'All your spaces' }).click();
  await page.getByText('The garden').first().waitFor();
  expect(new URL(page.url()).hostname).toBe('localhost');
  await page.getByRole('link', { name: 'gerda.test replied to you' }).click();
  expect(new URL(page.url()).hostname).toBe(garden.host);
});

test('who is muted is left out of lists, folded in threads and causes nothing; a muted thread causes nothing', async () => {
  const apples = await write(eve, NSID.topic, { space: garden.did, title: 'Apples', text: 'Red ones.' });
  await answer(eve, 'Apples, rather');
  await postsShown(home, 4);
  await eventually(mark, (text) => text === '1 not seen yet');
  await page.goto(at(`/topics/${apples.uri.split('/').at(-1)}`));
  await page.getByRole('button', { name: 'Mute eve.test' }).click();
  await page.getByRole('button', { name: 'Unmute eve.test' }).waitFor();
  expect(await mark()).toBeNull();
  await page.goto(at());
  expect(await headings()).toEqual(['Pears']);
  await page.goto(at(`/topics/${pears.uri.split('/').at(-1)}`));
  expect(await page.locator('details', { hasText: 'Apples, rather' }).locator('summary').textContent()).toBe(
    'From somebody you mute',
  );
  expect(await page.getByText('Apples, rather').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Mute this thread' }).click();
  await page.getByRole('button', { name: 'Unmute this thread' }).waitFor();
  // What people write may be nothing that XML knows.
  await answer(gerda, 'Bartlett ]]> <b>&amp;\u0001\ufffe');
  await postsShown(home, 5);
  expect(await mark()).toBeNull();

  await page.goto(at('/account/mutes'));
  expect(await page.locator('.rows li').count()).toBe(2);
  for (const left of [1, 0]) {
    await page.locator('.rows').getByRole('button').first().click();
    await page.waitForURL(at('/account/mutes'));
    expect(await page.locator('.rows li').count()).toBe(left);
  }
  expect(await mark()).toBe('2 not seen yet');
});

test('a feed reader needs nothing but the address, which is shown once, renewed, and taken back', async () => {
  const read = (address: string): Promise<Response> => {
    const { pathname, hostname } = new URL(address);
    return home.get(hostname, pathname);
  };
  await page.goto(at('/notifications'));
  await page.getByRole('button', { name: 'Make an address' }).click();
  const address = await page.inputValue('#feed-address');
  expect(await page.title()).toContain('Notifications');
  const atom = await read(address);
  expect(atom.status).toBe(200);
  expect(atom.headers.get('content-type')).toMatch(/^application\/atom\+xml/);
  expect(atom.headers.get('cache-control')).toBe('private, no-store');
  expect(atom.headers.get('x-robots-tag')).toBe('noindex');
  const text = await atom.text();
  expect(XMLValidator.validate(text)).toBe(true);
  const { feed } = new XMLParser({ ignoreAttributes: false }).parse(text) as {
    feed: { entry: { title: { '#text': string } }[] };
  };
  expect(feed.entry.map(({ title }) => title['#text'])).toContain('gerda.test replied to you');
  const token = address.split('/').at(-1) ?? '';
  expect(JSON.stringify(feed.entry)).toContain('Bartlett ]]> <b>&amp;');
  expect(text).not.toContain(token);
  // What is stored opens nothing.
  const stored = await home.row<{ hash: string }>('select hash from feed_token where did = ?', ada.did);
  expect(stored?.hash).not.toBe(token);
  expect((await read(at(`/notifications/feed/${stored?.hash}`))).status).toBe(404);
  // It is the feed of this space, at this host alone.
  expect((await read(address.replace(garden.host, 'localhost'))).status).toBe(404);

  await page.goto(at('/notifications'));
  expect(await page.content()).not.toContain(token);
  await page.getByRole('button', { name: 'Make a new address' }).click();
  const second = await page.inputValue('#feed-address');
  expect([(await read(address)).status, (await read(second)).status]).toEqual([404, 200]);
  await page.goto(at('/notifications'));
  await page.getByRole('button', { name: 'Take the address back' }).click();
  await page.getByRole('button', { name: 'Make an address' }).waitFor();
  const gone = await read(second);
  expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'private, no-store']);
});

test('an unmodified agent is told the same through its own server, and says what it has seen', async () => {
  const headers = { 'atproto-proxy': `did:web:localhost%3A${home.worker.port}#commonplace` };
  const ask = async (method: string, params: Record<string, string> = {}) => {
    const answer = await ada.agent.fetchHandler(`/xrpc/${method}?${new URLSearchParams(params)}`, { headers });
    return (await answer.json()) as Record<string, unknown>;
  };
  const tell = async (method: string, input: object) => {
    const sent = {
      headers: { ...headers, 'content-type': 'application/json' },
      method: 'POST',
      body: JSON.stringify(input),
    };
    expect((await ada.agent.fetchHandler(`/xrpc/${method}`, sent)).status, method).toBe(200);
  };
  const { notifications } = await ask('club.commonplace.notification.listNotifications', { limit: '2' });
  expect(notifications).toMatchObject([
    {
      reason: 'reply',
      isRead: false,
      space: garden.did,
      authors: [{ did: gerda.did, handle: 'gerda.test' }],
      reasonSubject: pears.uri,
    },
    { reason: 'reply', post: { record: { text: 'Apples, rather' } } },
  ]);
  expect(await ask('club.commonplace.notification.getUnreadCount')).toEqual({ count: 2 });
  await tell('club.commonplace.actor.muteActor', { actor: 'eve.test' });
  await tell('club.commonplace.feed.muteThread', { root: pears.uri });
  expect(await ask('club.commonplace.notification.getUnreadCount', { space: garden.did })).toEqual({ count: 0 });
  expect(await ask('club.commonplace.actor.listMutes')).toMatchObject({
    mutes: [{ root: pears.uri }, { actor: { did: eve.did } }],
  });
  await tell('club.commonplace.actor.unmuteActor', { actor: eve.did });
  await tell('club.commonplace.feed.unmuteThread', { root: pears.uri });
  await tell('club.commonplace.notification.updateSeen', { seenAt: new Date().toISOString() });
  expect(await ask('club.commonplace.notification.getUnreadCount')).toEqual({ count: 0 });
  expect(await mark()).toBeNull();
  // Nobody is asked for anybody else.
  expect((await home.xrpc('club.commonplace.notification.listNotifications')).status).toBe(401);
});

test('the pages are sound, at a phone and in the dark; nobody else comes to them', async () => {
  const phone = await browser.newContext({
    ...{ viewport: { width: 360, height: 740 }, storageState: await context.storageState() },
  });
  const small = await phone.newPage();
  await answer(gerda, 'Once more');
  await postsShown(home, 6);
  for (const path of [
    '/notifications',
    '/account/mutes',
    `/topics/${pears.uri.split('/').at(-1)}`,
    '/author/gerda.test',
  ])
    expect(await checkPage(small, at(path)), path).toEqual([]);
  await phone.close();
  for (const path of ['/notifications', '/account/mutes']) {
    const visitor = await home.get(garden.host, path);
    expect([visitor.status, visitor.headers.get('location')]).toEqual([303, `/login?next=${encodeURIComponent(path)}`]);
  }
});
