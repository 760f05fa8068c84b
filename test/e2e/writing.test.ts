/** What members write, with pictures, drafts, edits and crossposts: in a real browser against a real server, with scripts and without. */
import { jsonToLex } from '@atproto/lex';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { JsonObject } from '../../src/domain/model.ts';
import { club } from '../../src/lexicons/index.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { cameraJpeg, cameraPicture, noisePng } from '../support/media.ts';
import { checkPage } from '../web/check-page.ts';
import { signedIn } from './browser.ts';
import { eventually, type Home, makeMember, makeSpace, type Space, startHome, write } from './harness.ts';

let home: Home;
let garden: Space;
let ada: Account;
let gerda: Account;
let market: Space;
let browser: Browser;
/** Ada's, without scripts. */
let plain: Page;
/** Gerda's, with scripts. */
let lively: Page;

beforeAll(async () => {
  [home, browser] = await Promise.all([startHome(), launchBrowser()]);
  garden = await makeSpace(home, 'garden');
  ada = await makeMember(home, garden, 'ada');
  gerda = await makeMember(home, garden, 'gerda');
  market = await makeSpace(home, 'market');
  await write(gerda, NSID.join, { space: market.did }, market.did);
  await write(market.group, NSID.membership, { space: market.did, member: gerda.did, roles: [] }, gerda.did);
  await eventually(
    () => home.row<{ n: number }>('select count(*) as n from member where joined and admitted'),
    (row) => row?.n === 3,
  );
  plain = await (await signedIn(browser, at('/login'), ada, false)).newPage();
  lively = await (await signedIn(browser, at('/login'), gerda, true)).newPage();
  for (const page of [plain, lively]) page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const at = (path = '/', space = garden): string => `http://${space.host}:${home.worker.port}${path}`;

/** As JSON, newest first. */
async function records(
  account: Account,
  collection: string,
): Promise<{ uri: string; cid: string; value: JsonObject }[]> {
  const query = new URLSearchParams({ repo: account.did, collection });
  const answer = await fetch(`${home.pds.url}/xrpc/com.atproto.repo.listRecords?${query}`);
  return ((await answer.json()) as { records: { uri: string; cid: string; value: JsonObject }[] }).records;
}

interface Image {
  alt: string;
  aspectRatio?: { width: number; height: number };
  image: { ref: { $link: string }; mimeType: string; size: number };
}
const imagesIn = (value: unknown): Image[] => (value as { images?: Image[] } | undefined)?.images ?? [];

async function blobOf(account: Account, { image }: Image): Promise<Buffer> {
  const { data } = await account.agent.com.atproto.sync.getBlob({ did: account.did, cid: image.ref.$link });
  return Buffer.from(data);
}

/** Whether the picture on the page has come, whole. */
const isSeen = async (page: Page): Promise<boolean> => {
  const src = await page.locator('figure img').first().getAttribute('src');
  const { ok, headers } = await home.get(new URL(page.url()).hostname, src ?? '');
  return ok && (headers.get('content-type') ?? '').startsWith('image/');
};

const openPictures = (page: Page): Promise<void> => page.locator('.pictures summary').click();

test('a story with pictures, without scripts: each is asked what it shows, and loses where it was taken', async () => {
  await plain.goto(at('/write/story'));
  await plain.fill('#title', 'The pond');
  await plain.fill('#text', 'Look.');
  await openPictures(plain);
  const [first, second] = [await cameraJpeg(300, 200), await cameraPicture('png', 120, 80)];
  expect(first.toString('latin1')).toMatch(/Camera of Ada/);
  await plain
    .locator('input[type=file]')
    .nth(0)
    .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: first });
  await plain
    .locator('input[type=file]')
    .nth(2)
    .setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: second });
  await plain.locator('#place-1').fill('A pond with ducks');
  await plain.getByRole('button', { name: 'Publish' }).click();
  expect(await plain.getByRole('alert').textContent()).toMatch(/say of every picture what it shows/);
  expect(await records(ada, NSID.story)).toEqual([]);
  expect(await plain.inputValue('#kept-1')).toBe('A pond with ducks');
  await plain.locator('#kept-2').fill('A heron');
  await plain.getByRole('button', { name: 'Preview' }).click();
  expect(await plain.locator('.preview').textContent()).toMatch(/A pond with ducks.*A heron/s);
  await plain.getByRole('button', { name: 'Publish' }).click();
  await plain.getByRole('heading', { name: 'The pond', level: 1 }).waitFor();
  expect(await plain.locator('figure img').count()).toBe(2);
  expect(await isSeen(plain)).toBe(true);
  const [story] = await records(ada, NSID.story);
  expect(club.commonplace.story.$safeValidate(jsonToLex(story?.value ?? null)).success).toBe(true);
  const images = imagesIn(story?.value);
  expect(images.map(({ alt, aspectRatio }) => [alt, aspectRatio])).toEqual([
    // The camera lay on its side.
    ['A pond with ducks', { width: 200, height: 300 }],
    ['A heron', { width: 120, height: 80 }],
  ]);
  for (const image of images)
    expect((await blobOf(ada, image)).toString('latin1')).not.toMatch(/Camera of Ada|Ada Lovelace|GPS/);
});

test('without scripts a picture that is too large is refused, and the text is kept', async () => {
  await plain.goto(at('/write/topic'));
  await plain.fill('#title', 'Large');
  await plain.fill('#text', 'Not to be lost.');
  await openPictures(plain);
  const buffer = await noisePng(1_500, 1_200);
  expect(buffer.length).toBeGreaterThan(5_000_000);
  await plain.locator('input[type=file]').first().setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
  await plain.locator('#place-1').fill('Noise');
  await plain.getByRole('button', { name: 'Publish' }).click();
  expect(await plain.getByRole('alert').textContent()).toMatch(/larger than 5 MB.*still here/s);
  expect(await plain.inputValue('#text')).toBe('Not to be lost.');
  await openPictures(plain);
  await plain
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') });
  await plain.getByRole('button', { name: 'Publish' }).click();
  expect(await plain.getByRole('alert').textContent()).toMatch(/no picture that browsers show/);
  expect(await records(ada, NSID.topic)).toEqual([]);
});

test('with scripts it is made smaller before it is sent', async () => {
  await lively.goto(at('/write/topic'));
  await lively.fill('#title', 'Smaller');
  await openPictures(lively);
  const buffer = await noisePng(2_400, 1_200);
  await lively.locator('input[type=file]').first().setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
  await lively.locator('#place-1').fill('Noise');
  await lively.getByText('Made smaller').waitFor();
  await lively.getByRole('button', { name: 'Publish' }).click();
  await lively.getByRole('heading', { name: 'Smaller', level: 1 }).waitFor();
  const [image] = imagesIn((await records(gerda, NSID.topic))[0]?.value);
  expect(image?.image.size).toBeLessThan(1_000_000);
  expect(image?.aspectRatio).toMatchObject({ width: expect.any(Number) });
  const { width, height } = image?.aspectRatio ?? { width: 0, height: 1 };
  expect(width / height).toBeCloseTo(2, 1);
  expect(await isSeen(lively)).toBe(true);
});

test('an edit changes what is said of a picture, leaves one out and adds another; a reply has pictures, too', async () => {
  await lively.goto(at('/stories'));
  await lively.getByRole('link', { name: 'The pond' }).click();
  await lively.fill('#reply', 'I see a heron.');
  await lively.getByRole('button', { name: 'Preview' }).click();
  expect(await lively.locator('.preview').textContent()).toContain('I see a heron.');
  await lively.getByRole('button', { name: 'Send the reply' }).click();
  await lively.locator('.one').waitFor();

  await plain.goto(at('/stories'));
  await plain.getByRole('link', { name: 'The pond' }).click();
  await plain.getByRole('link', { name: 'Edit', exact: true }).first().click();
  await plain.fill('#text', 'Look again.');
  expect(await plain.inputValue('#kept-1')).toBe('A pond with ducks');
  await plain.locator('#kept-1').fill('A pond without ducks');
  await plain.locator('input[name=drop]').nth(1).check();
  const buffer = await cameraPicture('webp', 90, 60);
  await plain.locator('input[type=file]').first().setInputFiles({ name: 'c.webp', mimeType: 'image/webp', buffer });
  await plain.locator('#place-3').fill('A boat');
  await plain.getByRole('button', { name: 'Save' }).click();
  await plain.getByRole('heading', { name: 'The pond', level: 1 }).waitFor();
  const [story] = await records(ada, NSID.story);
  expect(imagesIn(story?.value).map(({ alt }) => alt)).toEqual(['A pond without ducks', 'A boat']);

  await openPictures(plain);
  await plain.locator('input[type=file]').first().setInputFiles({ name: 'd.webp', mimeType: 'image/webp', buffer });
  await plain.locator('input[name=decoration]').first().check();
  await plain.fill('#reply', '');
  await plain.getByRole('button', { name: 'Send the reply' }).click();
  await plain.locator('.one figure img').waitFor();
  const [reply] = await records(ada, NSID.reply);
  expect(imagesIn(reply?.value).map(({ alt }) => alt)).toEqual(['']);
  expect(club.commonplace.reply.$safeValidate(jsonToLex(reply?.value ?? null)).success).toBe(true);
});

test('what was changed says so, and who answered it before is understood; deletion leaves nothing of it', async () => {
  await plain.goto(at('/stories'));
  await plain.getByRole('link', { name: 'The pond' }).click();
  await plain.getByRole('link', { name: /^edited/ }).waitFor();
  await plain.getByRole('link', { name: 'answers an earlier version' }).first().click();
  const { hash, pathname, search } = new URL(plain.url());
  const past = plain.locator(`[id="${hash.slice(1)}"]`);
  expect(await past.textContent()).toContain('Look.');
  expect(await checkPage(lively, at(pathname + search))).toEqual([]);
  await plain.getByRole('link', { name: 'As it is now' }).click();
  await plain.locator('.reading > .acts').getByRole('link', { name: 'Delete' }).click();
  await plain.getByRole('button', { name: 'Delete' }).click();
  await plain.waitForURL(at('/'));
  expect((await home.get(garden.host, pathname + search)).status).toBe(404);
  expect(await home.row('select count(*) as n from version')).toEqual({ n: 0 });
});

test('a draft is kept for its author alone, gone on with, and gone when it is published', async () => {
  await plain.goto(at('/write/story'));
  await plain.fill('#text', 'Once there was ümläut, and');
  await plain.getByRole('button', { name: 'Save as a draft' }).click();
  await plain.waitForURL(at('/write/drafts'));
  await plain.getByRole('link', { name: 'Once there was ümläut, and' }).click();
  await plain.fill('#title', 'Once');
  await plain.getByRole('button', { name: 'Preview' }).click();
  await plain.getByRole('button', { name: 'Save as a draft' }).click();
  await plain.waitForURL(at('/write/drafts'));
  expect(await plain.locator('.rows li').count()).toBe(1);
  expect(await checkPage(lively, at('/write/drafts'))).toEqual([]);
  expect(await lively.locator('.rows li').count()).toBe(0);
  await plain.getByRole('link', { name: 'Once', exact: true }).click();
  expect(await plain.inputValue('#text')).toBe('Once there was ümläut, and');
  await plain.getByRole('button', { name: 'Publish' }).click();
  await plain.getByRole('heading', { name: 'Once', level: 1 }).waitFor();

  await plain.fill('#reply', ' ');
  await plain.getByRole('button', { name: 'Send the reply' }).click();
  expect(await plain.getByRole('alert').textContent()).toContain('a reply needs words or a picture');
  await plain.fill('#reply', 'To be said later');
  await plain.getByRole('button', { name: 'Save as a draft' }).click();
  await plain.waitForURL(at('/write/drafts'));
  expect(await plain.locator('.rows li').count()).toBe(1);
  await plain.getByRole('link', { name: 'To be said later' }).click();
  await plain.getByRole('button', { name: 'Send the reply' }).click();
  await plain.locator('.one').waitFor();
  await plain.goto(at('/write/topic'));
  await plain.fill('#title', ' ');
  await plain.getByRole('button', { name: 'Publish' }).click();
  expect(await plain.getByRole('alert').textContent()).toContain('a title is needed');
  await plain.fill('#title', 'Thrown away');
  await plain.fill('#lang', 'no language!');
  await plain.getByRole('button', { name: 'Publish' }).click();
  expect(await plain.getByRole('alert').textContent()).toContain('as in “en”');
  await plain.fill('#lang', 'en');
  await plain.getByRole('button', { name: 'Save as a draft' }).click();
  await plain.getByRole('button', { name: 'Delete the draft “Thrown away”' }).click();
  await plain.getByText('You have no drafts here.').waitFor();
});

test('a post is shown in another space as what it is, and no more once the original is gone', async () => {
  await plain.goto(at('/stories'));
  await plain.getByRole('link', { name: 'Once', exact: true }).click();
  await plain.locator('.reading > .acts').getByRole('link', { name: 'Crosspost' }).click();
  await plain.getByText('There is no other space').waitFor();
  await plain.goto(at('/stories'));
  await lively.goto(at('/stories'));
  await lively.getByRole('link', { name: 'Once', exact: true }).click();
  await lively.locator('.reading > .acts').getByRole('link', { name: 'Crosspost' }).click();
  expect(await checkPage(lively, lively.url())).toEqual([]);
  await lively.selectOption('#space', { label: 'The market' });
  await lively.fill('#note', 'Worth reading');
  await lively.getByRole('button', { name: 'Crosspost it' }).click();
  await lively.getByText('It is shown in The market now.').waitFor();
  const [record] = await records(gerda, NSID.crosspost);
  const [story] = await records(ada, NSID.story);
  expect(record?.value).toMatchObject({
    ...{ space: market.did, note: 'Worth reading', subject: { uri: story?.uri, cid: story?.cid } },
  });
  expect(club.commonplace.crosspost.$safeValidate(record?.value).success).toBe(true);
  await lively.getByRole('link', { name: 'Look at it there' }).click();
  await lively.getByRole('heading', { name: 'Once', level: 1 }).waitFor();
  expect(new URL(lively.url()).hostname).toBe(market.host);
  expect(await lively.locator('.original').textContent()).toContain('ada.test wrote this in The garden');
  expect(await lively.locator('.original a').getAttribute('href')).toBe(at(`/stories/${story?.uri.split('/').at(-1)}`));
  expect(await checkPage(lively, lively.url())).toEqual([]);
  await lively.goto(at('/', market));
  expect(await lively.locator('.posts').textContent()).toMatch(/Once.*crosspost from The garden.*Worth reading/s);

  await ada.agent.com.atproto.repo.deleteRecord({
    ...{ repo: ada.did, collection: NSID.story, rkey: story?.uri.split('/').at(-1) ?? '' },
  });
  await eventually(
    () => home.get(market.host, '/').then((answer) => answer.text()),
    (text) => !text.includes('Once') && text.includes('Worth reading'),
  );
  // Signed in at the one site is not signed in at the other: what is one's own is deleted where one is.
  await gerda.agent.com.atproto.repo.deleteRecord({
    ...{ repo: gerda.did, collection: NSID.crosspost, rkey: record?.uri.split('/').at(-1) ?? '' },
  });
  await eventually(
    () => home.get(market.host, '/').then((answer) => answer.text()),
    (text) => !text.includes('Worth reading'),
  );
});

test('a server that refuses leaves the text, and the pictures that it took', async () => {
  await plain.goto(at('/write/topic'));
  await plain.fill('#title', 'Away');
  await plain.fill('#text', 'A long text.');
  await openPictures(plain);
  const buffer = await cameraPicture('png', 90, 60);
  await plain.locator('input[type=file]').first().setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
  await plain.locator('#place-1').fill('A boat');
  await home.pds.deactivate(ada);
  await plain.getByRole('button', { name: 'Publish' }).click();
  await plain.getByRole('alert').waitFor();
  expect(await plain.inputValue('#text')).toBe('A long text.');
  expect(await plain.inputValue('#kept-1')).toBe('A boat');
  await home.pds.activate(ada);
});

test('a page that was open for too long keeps the text, and says that pictures must be chosen again', async () => {
  await lively.goto(at('/write/topic'));
  await lively.fill('#title', 'Stale');
  await openPictures(lively);
  const buffer = await cameraPicture('png', 90, 60);
  await lively.locator('input[type=file]').first().setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
  await lively.evaluate(() => document.querySelector('main input[name=csrf]')?.setAttribute('value', 'old'));
  await lively.getByRole('button', { name: 'Publish' }).click();
  expect(await lively.getByRole('alert').textContent()).toMatch(/open for too long.*must be chosen again/s);
  expect(await lively.inputValue('#title')).toBe('Stale');
});

test('the forms are sound, at a phone and in the dark', async () => {
  const phone = await browser.newContext({
    ...{ viewport: { width: 360, height: 740 }, storageState: await plain.context().storageState() },
  });
  const small = await phone.newPage();
  for (const path of ['/write/story', '/write/topic', '/write/drafts'])
    expect(await checkPage(small, at(path)), path).toEqual([]);
  await phone.close();
});
