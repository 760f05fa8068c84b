/** Hostile content, written through a real server and read in a real browser: rendered harmlessly. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage } from '../web/check-page.ts';
import { eventually, type Home, makeMember, makeSpace, type Ref, type Space, startHome, write } from './harness.ts';

let home: Home;
let space: Space;
let mallory: Account;
let browser: Browser;
let page: Page;
const alarms: string[] = [];

const ATTACK =
  '"><script>window.pwned=1;alert(1)</script><img src=x onerror="window.pwned=1"><svg onload="window.pwned=1">';

beforeAll(async () => {
  home = await startHome();
  space = await makeSpace(home, 'castle', { description: ATTACK, displayName: `Castle ${ATTACK}`.slice(0, 60) });
  mallory = await makeMember(home, space, 'mallory');
  browser = await launchBrowser();
  page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  page.on('dialog', (dialog) => {
    alarms.push(dialog.message());
    void dialog.dismiss();
  });
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const url = (path: string): string => `http://${space.host}:${home.worker.port}${path}`;
const pathOf = (post: Ref): string => `/stories/${post.uri.split('/').pop()}`;

async function story(title: string, text: string, more: object = {}): Promise<Ref> {
  const post = await write(mallory, NSID.story, { space: space.did, title, text, ...more });
  await eventually(
    () => home.get(space.host, pathOf(post)).then(({ status }) => status),
    (status) => status === 200,
  );
  return post;
}

/** Opens a page as a victim would: nothing ran, nothing was asked of elsewhere, nothing is broken. */
async function harmless(path: string): Promise<void> {
  expect(await checkPage(page, url(path))).toEqual([]);
  expect(await page.evaluate('window.pwned')).toBeUndefined();
  expect(alarms).toEqual([]);
  const links = await page.locator('a[href]').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
  expect(links.filter((href) => !/^(https?|mailto|at):/.test(href))).toEqual([]);
}

test.each([
  ['scripts in the title and the text', ATTACK, ATTACK],
  [
    'links that run',
    'Links',
    '[a](javascript:window.pwned=1) [b](data:text/html,<script>1</script>) <javascript:pwned> [c](JaVaScRiPt&#58;pwned) [d](vbscript:x)',
  ],
  ['pictures from elsewhere', 'Pictures', '![x](https://evil.example/track.png) ![y](javascript:window.pwned=1)'],
  [
    'bidirectional and invisible tricks',
    'Safe \u202Etxt.exe\u202C\u200B\u2066',
    '\u202Ereversed\u202C and \u200B\u2060\uFEFF unseen',
  ],
  ['a word of nearly 100 KB', `W${'o'.repeat(290)}rd`, 'ж'.repeat(49_000)],
  ['nested quotes', 'Bomb 1', `${'>'.repeat(20_000)} deep`],
  ['nested emphasis', 'Bomb 2', '*a **b '.repeat(7_000)],
  ['nested lists', 'Bomb 3', Array.from({ length: 200 }, (_, i) => `${'  '.repeat(i % 200)}- item`).join('\n')],
  ['unclosed brackets', 'Bomb 4', '['.repeat(49_000)],
  ['reference definitions', 'Bomb 5', `${'[a]: b\n'.repeat(4_000)}${'[a]'.repeat(5_000)}`],
  ['a table without end', 'Bomb 6', `|a|\n|-|\n${'|x'.repeat(24_000)}`],
])(
  '%s',
  async (_, title, text) => {
    const post = await story(title, text);
    const began = Date.now();
    await harmless(pathOf(post));
    expect(Date.now() - began).toBeLessThan(20_000);
  },
  60_000,
);

test('alternative texts, tags and warnings are text', async () => {
  const blob = await mallory.agent.uploadBlob(PIXEL, { encoding: 'image/png' });
  const images = [{ image: blob.data.blob, alt: ATTACK }];
  const labels = { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'graphic-media' }] };
  await harmless(
    pathOf(await story('Alt', 'Look.', { images, labels, tags: ['<b>bold', '../../etc', 'a'.repeat(60)] })),
  );
});

test('facets with broken, overlapping and endless offsets', async () => {
  const root = await story('Facets', 'Below.');
  const link = (byteStart: number, byteEnd: number, uri = 'https://example.org'): object => ({
    index: { byteStart, byteEnd },
    features: [{ $type: 'app.bsky.richtext.facet#link', uri }],
  });
  const facets = [
    link(0, 5),
    link(3, 9),
    link(9, 3),
    link(1, 2),
    link(0, 1_000_000),
    link(5, 8, 'javascript:window.pwned=1'),
  ];
  await write(mallory, NSID.reply, { space: space.did, root, parent: root, text: `é😀 ${ATTACK}`, facets });
  const html = async (): Promise<string> => (await home.get(space.host, pathOf(root))).text();
  await eventually(html, (text) => text.includes('1 reply'));
  await harmless(pathOf(root));
});

test('lists, search and author pages of all this', async () => {
  for (const path of [
    '/',
    '/?sort=hot',
    '/search?q=bomb',
    '/author/mallory.test',
    '/about',
    '/status',
    `/search?q=${encodeURIComponent(ATTACK)}`,
  ]) {
    await harmless(path);
  }
});

/** One transparent pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
