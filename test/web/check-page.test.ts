/** The checker of pages: it passes what is well and catches what is planted. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage } from './check-page.ts';

const body = (main: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><title>A page</title><link rel="icon" href="data:,">${head}</head>` +
  `<body><main><h1>A page</h1>${main}</main></body></html>`;

const PAGES: Record<string, string> = {
  '/well': body('<p>Text.</p><script type="application/ld+json">{}</script>'),
  '/missing': body('<p>Nothing.</p>'),
  '/nameless': body('<a href="/well"></a>'),
  '/faint': body('<p>Text.</p>', '<style>p{color:#ddd;background:#fff}</style>'),
  '/faint-in-the-dark': body('<p>Text.</p>', '<link rel="stylesheet" href="/dark.css">'),
  '/dark.css': '@media (prefers-color-scheme: dark) { p { color: #222; background: #000 } }',
  '/script': body('<script>console.error("broken")</script>'),
  '/wide': body('<p>Text.</p>', '<link rel="stylesheet" href="/wide.css">'),
  '/wide.css': 'p { width: 3000px }',
  '/foreign': body('<img alt="" src="http://127.0.0.2:9/x.png">'),
};

let browser: Browser;
let page: Page;
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const type = url.endsWith('.css') ? 'text/css' : 'text/html';
    response.writeHead(url === '/missing' ? 404 : 200, { 'content-type': type }).end(PAGES[url] ?? '');
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
  page = await browser.newPage();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

describe('a page', () => {
  test(
    'that is well has nothing wrong',
    async () => expect(await checkPage(page, `${origin}/well`)).toEqual([]),
    30_000,
  );
  test('may have another status, if that is known', async () =>
    expect(await checkPage(page, `${origin}/missing`, 404)).toEqual([]));

  test.each([
    ['/missing', 'It answers 404, not 200.'],
    ['/nameless', 'axe: link-name'],
    ['/faint', 'There is an inline style'],
    ['/faint', 'axe: color-contrast'],
    ['/faint-in-the-dark', 'axe: color-contrast'],
    ['/script', 'There is a script'],
    ['/script', 'The console says: broken'],
    ['/wide', 'wide in a window of'],
    ['/foreign', 'It asks for http://127.0.0.2:9/x.png'],
  ])(
    '%s is caught: %s',
    async (path, words) => {
      expect(await checkPage(page, origin + path)).toContainEqual(expect.stringContaining(words));
    },
    30_000,
  );
});
