/** Pages with pictures in a real browser: nothing moves, nothing is asked of others, and a recording can be heard from its middle. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { picture } from '../../src/cli/sample/pictures.ts';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { checkPage } from '../web/check-page.ts';
import {
  edit,
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
let space: Space;
let ada: Account;
let browser: Browser;
const posts: Record<string, Ref> = {};

/** A tone of so many seconds, 8 kHz, 8 bits. */
function tone(seconds: number): Buffer {
  const samples = seconds * 8000;
  const head = Buffer.alloc(44);
  head.write('RIFF').toString();
  head.writeUInt32LE(36 + samples, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  for (const [value, at] of [
    [1, 20],
    [1, 22],
    [1, 32],
    [8, 34],
  ] as const)
    head.writeUInt16LE(value, at);
  for (const at of [24, 28]) head.writeUInt32LE(8000, at);
  head.write('data', 36);
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.from(Array.from({ length: samples }, (_, i) => 128 + 90 * Math.sin(i / 3)))]);
}

const upload = async (who: Account, bytes: Uint8Array, encoding = 'image/png') =>
  (await who.agent.com.atproto.repo.uploadBlob(bytes, { encoding })).data.blob;

beforeAll(async () => {
  home = await startHome({ vars: { LEGAL_CONTACT: 'legal@example.com', MEDIA_PREFETCH_MB: '10' } });
  space = await makeSpace(home, 'gallery');
  ada = await makeMember(home, space, 'ada');
  const [one, two] = [await upload(ada, picture('lighthouse').bytes), await upload(ada, picture('window').bytes)];
  const topic = (record: object) => write(ada, NSID.topic, { space: space.did, text: 'Words.', ...record });
  const link = {
    uri: 'https://example.com/lighthouses',
    title: 'Lighthouses',
    description: 'All of them.',
    thumb: two,
  };
  posts.single = await topic({ title: 'One', images: [{ image: one, alt: 'A lighthouse.' }], links: [link] });
  posts.gallery = await topic({ title: 'Two', images: [one, two].map((image) => ({ image, alt: '' })) });
  const audio = await upload(ada, tone(60), 'audio/wav');
  posts.sound = await topic({
    title: 'A tone',
    media: [{ $type: 'club.commonplace.defs#audio', audio, title: 'A tone' }],
  });
  const labels = { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'nudity' }] };
  posts.veiled = await topic({ title: 'Veiled', images: [{ image: two, alt: 'A window' }], labels });
  posts.plain = await topic({ title: 'Without a picture' });
  const profile = { space: space.did, displayName: 'The Gallery', joinPolicy: 'open' };
  const pictures = {
    avatar: await upload(space.group, picture('pitch').bytes),
    banner: await upload(space.group, picture('floodlights').bytes),
  };
  await edit(space.group, { uri: `at://${space.did}/${NSID.profile}/self`, cid: '' }, { ...profile, ...pictures });
  await postsShown(home, 5);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const at = (path: string): string => `http://${space.host}:${home.worker.port}${path}`;
const pathOf = (name: string): string => `/topics/${posts[name]?.uri.split('/').pop()}`;

async function withPage<T>(width: number, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  try {
    return await work(page);
  } finally {
    await page.close();
  }
}

/** Layout shift (Core Web Vitals) until everything has come. */
function shift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(sum), 300);
      }),
  );
}

/** A post with a recording that nobody opens; what was written as its author joined may have been read with the repository, which asks for nothing ahead. */
async function postUnseen(seconds: number): Promise<{ post: Ref; cid: string }> {
  const audio = await upload(ada, tone(seconds), 'audio/wav');
  const media = [{ $type: 'club.commonplace.defs#audio', audio, title: 'Another' }];
  const post = await write(ada, NSID.topic, { space: space.did, title: 'Another', text: 'Words.', media });
  return { post, cid: audio.ref.toString() };
}
const kept = (cid: string) => home.row<{ size: number }>('select size from blob where cid = ?', cid);

test('what is posted is fetched before anybody asks for it, where there is a budget for it', async () => {
  const { post, cid } = await postUnseen(1);
  expect((await eventually(() => kept(cid), Boolean, 40_000))?.size).toBe(tone(1).length);
  const counted = () => home.row<{ bytes: number }>('select bytes from prefetched');
  await eventually(counted, (row) => (row?.bytes ?? 0) >= tone(1).length);
  await remove(ada, post);
});

test('and no more once the budget of the month is spent', async () => {
  const db = await home.db();
  await db.prepare('update prefetched set bytes = 10000000').run();
  const { post, cid } = await postUnseen(2);
  const asked = `select count(*) as n from blob_ref b where b.uri = ? and not exists (select 1 from job where kind = 'prefetch')`;
  await eventually(
    () => home.row<{ n: number }>(asked, post.uri),
    (row) => row?.n === 1,
  );
  expect(await kept(cid)).toBeNull();
  await remove(ada, post);
});

describe.each([390, 1280])('at a width of %i', (width) => {
  test.each(['/', 'single', 'gallery', 'sound', 'veiled', '/contact'])('%s is fit to be seen by everybody', (name) =>
    withPage(width, async (page) => {
      const path = name.startsWith('/') ? name : pathOf(name);
      expect(await checkPage(page, at(path))).toEqual([]);
      await page.goto(at(path), { waitUntil: 'networkidle' });
      expect(await shift(page)).toBeLessThan(0.02);
      const broken = await page.evaluate(
        () => Array.from(document.images).filter((image) => image.complete && image.naturalWidth === 0).length,
      );
      expect(broken).toBe(0);
    }),
  );
});

test('a picture comes in the size that the page has room for', async () => {
  const chosen = (width: number): Promise<string> =>
    withPage(width, async (page) => {
      await page.goto(at(pathOf('single')), { waitUntil: 'networkidle' });
      return page.evaluate(() => document.querySelector<HTMLImageElement>('figure img')?.currentSrc ?? '');
    });
  expect(await chosen(390)).toMatch(/\/feed$/);
});

test('what is veiled is shown when the reader asks for it', () =>
  withPage(800, async (page) => {
    await page.goto(at(pathOf('veiled')), { waitUntil: 'networkidle' });
    const shown = page.locator('.veil figure img');
    expect(await shown.isVisible()).toBe(false);
    expect(await page.locator('.veil summary img').evaluate((image) => getComputedStyle(image).filter)).toBe(
      'blur(32px)',
    );
    await page.click('.veil summary');
    expect(await shown.isVisible()).toBe(true);
  }));

test('a recording is heard from its middle', () =>
  withPage(800, async (page) => {
    const ranges: string[] = [];
    page.on('request', (asked) => {
      if (asked.resourceType() === 'media') ranges.push(asked.headers().range ?? '');
    });
    await page.goto(at(pathOf('sound')), { waitUntil: 'networkidle' });
    expect(ranges).toEqual([]);
    const time = await page.evaluate(async () => {
      const audio = document.querySelector('audio') as HTMLAudioElement;
      const when = (event: string): Promise<unknown> =>
        new Promise((done) => audio.addEventListener(event, done, { once: true }));
      audio.muted = true;
      audio.preload = 'auto';
      audio.load();
      await when('loadedmetadata');
      audio.currentTime = 45;
      await when('seeked');
      return [audio.currentTime, audio.duration];
    });
    expect(time).toEqual([45, 60]);
    expect(ranges.length).toBeGreaterThan(0);
  }));

test('previews show the first picture, else a card', async () => {
  const imageOf = async (name: string): Promise<Response> => {
    const html = await (await home.get(space.host, pathOf(name))).text();
    const { pathname, search } = new URL(/og:image" content="([^"]+)"/.exec(html)?.[1] ?? '');
    return home.get(space.host, pathname + search);
  };
  const [first, card, veiled] = [await imageOf('single'), await imageOf('plain'), await imageOf('veiled')];
  expect([first, card, veiled].map(({ status, headers }) => [status, headers.get('content-type')])).toEqual([
    [200, 'image/jpeg'],
    [200, 'image/png'],
    [200, 'image/png'],
  ]);
  expect(Buffer.from(await card.arrayBuffer()).readUInt32BE(16)).toBe(1200);
  expect((await home.get(space.host, '/card/topics/3kaaaaaaaaaaa.png')).status).toBe(404);
});

test('the contact page says how the operator is reached', async () => {
  for (const host of [space.host, 'localhost']) {
    expect(await (await home.get(host, '/contact')).text()).toContain('mailto:legal@example.com');
  }
});
