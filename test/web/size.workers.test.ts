/** What a cold visit loads, compressed: the budgets of the pages. */
import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { Community, didOf, type Put } from '../support/community.ts';
import { openSite } from './visit.ts';

const HOME = 'https://inkwell.example';
const KB = 1024;
const site = openSite(env.DB);
let thread: string;

const LATIN =
  'about after again air all along also always another any around away because been before began below between both but came ' +
  'change children city close clock country cut day did different does door down each earth end enough even every eye face far ' +
  'father feet few find first food found four garden give good great group grow hand hard head help here high home house idea ' +
  'important island keep kind land large last late learn leave left letter life light like line list little live long look made ' +
  'make man many might mile mother mountain move much must name near never next night north number off often old only open own ' +
  'page paper part people place plant play point read river road room sea second seem sentence set should show side small something ' +
  'sometimes song soon sound spell stand start state still stop story study such sun take talk tell thing think thought three ' +
  'time together took tree turn two under until use very walk want watch water way well went while white winter wood word work world year young';
const KANJI = Array.from(
  '夜図書館本読海辺時計止町冬手紙庭師地誰名前線橋雨窓灯声道空風花鳥月山川森火土水木金石紙筆音色朝夕',
);

/** Text of words in no order: it compresses worse than what people write. */
function words(length: number, seed: number, from: string[], between: string): string {
  let [text, state] = ['', seed + 1];
  while (text.length < length) {
    state = (state * 48_271) % 0x7fffffff;
    text += from[state % from.length] + between;
  }
  return text;
}

const english = (length: number, seed: number): string => words(length, seed, LATIN.split(' '), ' ');

async function loaded(path: string): Promise<number> {
  const page = await site.get(HOME + path);
  const scripts = page.all('script').filter(({ attributes }) => attributes.type !== 'application/ld+json');
  expect(scripts).toHaveLength(path === '/' ? 1 : 0);
  const hrefs = [
    ...page.all('link', { rel: 'stylesheet' }).map(({ attributes }) => attributes.href),
    ...scripts.map(({ attributes }) => attributes.src),
  ];
  const files = await Promise.all(hrefs.map(async (href) => (await site.get(HOME + href)).text));
  const sizes = await Promise.all([page.text, ...files].map(gzipped));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function gzipped(text: string): Promise<number> {
  const stream = new Response(text).body?.pipeThrough(new CompressionStream('gzip'));
  return (await new Response(stream ?? null).arrayBuffer()).byteLength;
}

beforeAll(async () => {
  const people = Array.from({ length: 12 }, (_, i) => didOf(`person${'abcdefghijkl'[i]}`));
  const who = (i: number): string => people[i % people.length] as string;
  const club = await Community.found(env.DB, 'inkwell', {
    hosts: ['inkwell.example'],
    profile: { displayName: 'The Inkwell', description: english(600, 1) },
  });
  await club.put(club.space, 'club.commonplace.space.theme', { light: { accent: '#7a2e4d' } }, 'self');
  for (let i = 0; i < 6; i++) {
    await club.put(club.space, 'club.commonplace.space.rule', {
      title: english(40, i),
      text: english(300, i),
      order: i,
    });
  }
  const story = (i: number, more: object): Put => ({
    did: who(i),
    collection: 'club.commonplace.story',
    record: { title: english(60, i + 10), text: english(3000, i + 100), tags: [`tag${i}`, 'winter'], ...more },
  });
  const [root = ''] = await club.putAll(Array.from({ length: 40 }, (_, i) => story(i, {})));
  thread = `/stories/${root.slice(root.lastIndexOf('/') + 1)}`;
  const replies: string[] = [];
  for (let i = 0; i < 50; i++) {
    const parent = i % 3 === 0 ? root : (replies[i - 1] as string);
    replies.push(await club.reply(who(i), root, parent, english(400, i + 200)));
  }
  for (const [i, did] of people.entries()) await club.named(did, `person-of-some-name-${i}.example.com`);

  const kanji = await Community.found(env.DB, 'toshokan', { hosts: ['toshokan.example'], profile: { langs: ['ja'] } });
  const tale = (i: number): Put => ({
    did: who(i),
    collection: 'club.commonplace.story',
    record: { title: words(20, i, KANJI, ''), text: words(2000, i, KANJI, '') },
  });
  await kanji.putAll(Array.from({ length: 40 }, (_, i) => tale(i)));
});

test('a front page is at most 14 KB', async () => {
  expect(await loaded('/')).toBeLessThanOrEqual(14 * KB);
});

test('its script is less than 1 KB', async () => {
  const { attributes } = (await site.get(`${HOME}/`)).find('script', { defer: '' }) ?? { attributes: { src: '' } };
  expect(await gzipped((await site.get(HOME + attributes.src)).text)).toBeLessThan(KB);
});

test('a front page in a script of three bytes a letter, too', async () => {
  const page = await site.get('https://toshokan.example/');
  expect(page.all('h2')).toHaveLength(26);
  expect(await gzipped(page.text)).toBeLessThanOrEqual(11 * KB);
});

test('a thread of fifty replies is at most 50 KB', async () => {
  const page = await site.get(HOME + thread);
  expect(page.text).toContain('50 replies');
  expect(page.all('article')).toHaveLength(51);
  expect(await loaded(thread)).toBeLessThanOrEqual(50 * KB);
});

test('what only founders see is in no visitor’s stylesheet', async () => {
  const styles = async (page: string) => {
    const links = (await site.get(page)).all('link', { rel: 'stylesheet' });
    return Promise.all(links.map(({ attributes }) => site.get(new URL(attributes.href ?? '', page).href)));
  };
  const [house] = await styles(`${HOME}/`);
  expect(house?.text).not.toContain('.founding');
  const [same, setup] = await styles('https://instance.example/setup');
  expect(same?.text).toBe(house?.text);
  expect(setup?.text).toContain('.founding');
  expect(setup?.headers.get('content-type')).toContain('text/css');
  expect(setup?.headers.get('cache-control')).toContain('immutable');
  const older = await site.get('https://instance.example/assets/setup-older.css');
  expect([older.text === setup?.text, older.headers.get('cache-control')]).toEqual([true, 'no-cache']);
});
