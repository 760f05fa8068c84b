/** A private space in a real browser and through a real PDS: a house to those inside, a door to all others. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { picture } from '../../src/cli/sample/pictures.ts';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage } from '../web/check-page.ts';
import { signedIn, signIn } from './browser.ts';
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
let cellar: Space;
let gerda: Account;
let ada: Account;
let story: Ref;
let browser: Browser;
let inside: BrowserContext;
let outside: BrowserContext;

const at = (path = '/'): string => `http://${cellar.host}:${home.worker.port}${path}`;
const storyPath = (): string => `/stories/${story.uri.split('/').at(-1)}`;

beforeAll(async () => {
  [home, browser] = await Promise.all([startHome({ vars: { MEDIA_KNOWN_SECONDS: '1' } }), launchBrowser()]);
  cellar = await makeSpace(home, 'cellar');
  gerda = await makeMember(home, cellar, 'gerda');
  ada = await home.pds.createAccount({ handle: 'ada.test' });
  const { blob } = (await gerda.agent.com.atproto.repo.uploadBlob(picture('window').bytes, { encoding: 'image/png' }))
    .data;
  const images = [{ image: blob, alt: 'A window' }];
  story = await write(gerda, NSID.story, { space: cellar.did, title: 'Below', text: 'Among the jars.', images });
  await postsShown(home, 1);
  const answer = await home.admin('setSpace', { space: cellar.did, visibility: 'private' });
  if (!answer.ok) throw new Error(await answer.text());
  [inside, outside] = [await signedIn(browser, at('/login'), gerda), await signedIn(browser, at('/login'), ada)];
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const main = async (page: Page, path: string): Promise<string> => {
  await page.goto(at(path));
  return (await page.locator('main').textContent()) ?? '';
};

test('who is inside reads it as any other space', async () => {
  const page = await inside.newPage();
  expect(await main(page, '/')).toContain('Below');
  await page.getByRole('link', { name: 'Below' }).click();
  await page.getByText('Among the jars.').waitFor();
  const picture = page.locator('main figure img, main img').first();
  await picture.scrollIntoViewIfNeeded();
  await picture.evaluate((image: HTMLImageElement) => image.decode());
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const answer = await page.goto(at());
  expect(answer?.headers()['cache-control']).toBe('private, no-cache');
  expect(await page.locator('script[src]').count()).toBe(0);
});

test('everybody else stands at the door, signed in or not', async () => {
  const nobody = await browser.newContext({ javaScriptEnabled: false });
  for (const context of [outside, nobody]) {
    const page = await context.newPage();
    const front = await main(page, '/');
    expect(front).toContain('This space is private');
    expect(front).not.toMatch(/Below|jars|gerda|1 post/);
    const [there, nowhere] = [await main(page, storyPath()), await main(page, '/stories/3zzzzzzzzzzzz')];
    expect(there).toBe(nowhere);
    expect(there).toContain('There is nothing here');
  }
  const page = await nobody.newPage();
  await page.goto(at());
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('Your handle').waitFor();
  await nobody.close();
});

test('who stood at the door signed out comes to what they asked for', async () => {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(at(storyPath()));
  const way = await page.getByRole('link', { name: 'Sign in' }).getAttribute('href');
  expect(await checkPage(page, at(storyPath()), 404)).toEqual([]);
  await signIn(page, at(way ?? ''), gerda);
  await page.waitForURL(at(storyPath()));
  await page.getByText('Among the jars.').waitFor();
  await page.goto(at('/stories?sort=top&cursor=nonsense'));
  expect(await checkPage(page, page.url(), 400)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.context().close();
});

const proxied = async (account: Account, path: string): Promise<[number, string]> => {
  const headers = { 'atproto-proxy': `did:web:localhost%3A${home.worker.port}#commonplace` };
  const answer = await account.agent.fetchHandler(`/xrpc/club.commonplace.${path}`, { headers });
  return [answer.status, await answer.text()];
};

test('an unmodified client reads it through its PDS, where its account is inside', async () => {
  const [status, text] = await proxied(gerda, `feed.getFeed?space=${cellar.did}`);
  expect([status, text.includes('Among the jars.')]).toEqual([200, true]);
  const refused = await proxied(ada, `feed.getFeed?space=${cellar.did}`);
  const unknown = await proxied(ada, 'feed.getFeed?space=did:plc:zzzzzzzzzzzzzzzzzzzzzzzz');
  expect(refused).toEqual(unknown);
  expect(refused[0]).toBe(400);
});

test('the pages are sound, at a phone and in the dark', async () => {
  const size = { width: 360, height: 740 };
  const [door, room] = await Promise.all(
    [outside, inside].map(async (context) =>
      (await browser.newContext({ viewport: size, storageState: await context.storageState() })).newPage(),
    ),
  );
  for (const path of ['/', '/login', '/account']) expect(await checkPage(door as Page, at(path)), path).toEqual([]);
  for (const path of [
    '/',
    storyPath(),
    '/docs/api',
    '/docs/api/club.commonplace.feed.getThread',
    '/docs/api/club.commonplace.story',
  ])
    expect(await checkPage(room as Page, at(path)), path).toEqual([]);
});

test('who is put out is out with the next page', async () => {
  const page = await inside.newPage();
  expect(await main(page, storyPath())).toContain('Among the jars.');
  const picture = await page.locator('main img').first().getAttribute('src');
  // Who is in is kept here alone, so that no record says it any more: the group takes them out by asking.
  const put = await cellar.group.agent.fetchHandler('/xrpc/club.commonplace.membership.removeMember', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'atproto-proxy': `did:web:localhost%3A${home.worker.port}#commonplace`,
    },
    body: JSON.stringify({ space: cellar.did, did: gerda.did }),
  });
  expect([put.status, await put.text()]).toEqual([200, '{}']);
  await eventually(
    () => main(page, storyPath()),
    (text) => text.includes('There is nothing here'),
  );
  expect((await page.goto(at(picture ?? '')))?.status()).toBe(404);
  expect((await proxied(gerda, `feed.getPost?uri=${story.uri}`))[0]).toBe(400);
});
