/** The stream of a space as any client of Jetstream uses it: an unmodified one, against a running instance. */
import { type CommitEvent, Jetstream } from '@skyware/jetstream';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { launchBrowser } from '../support/chromium.ts';
import { edit, eventually, type Home, makeMember, makeSpace, remove, type Space, startHome, write } from './harness.ts';

let home: Home;
let garden: Space;
let gerda: Account;
const open: Jetstream[] = [];

beforeAll(async () => {
  home = await startHome();
  garden = await makeSpace(home, 'garden');
  gerda = await makeMember(home, garden, 'gerda');
  await eventually(
    () => home.row<{ members: number }>('select members from space'),
    (row) => row?.members === 1,
  );
});
afterEach(() => {
  for (const client of open.splice(0)) client.close();
});
afterAll(() => home?.stop());

interface Heard {
  client: Jetstream;
  words: string[];
  last(): number;
}

async function follow(options: { cursor?: number; wantedCollections?: string[] } = {}): Promise<Heard> {
  const endpoint = `ws://localhost:${home.worker.port}/subscribe?space=${garden.did}`;
  const client = new Jetstream({ ws: WebSocket, endpoint, ...options });
  open.push(client);
  const heard: Heard = { client, words: [], last: () => client.cursor ?? 0 };
  client.on('commit', ({ commit }: CommitEvent<string>) => {
    const title = commit.operation === 'delete' ? commit.rkey : ((commit.record as { title?: string }).title ?? '');
    heard.words.push(`${commit.operation} ${commit.collection.split('.').pop()} ${title}`.trim());
  });
  // That accounts were made before may be told late.
  client.on('account', ({ account: { did, active, status } }) => {
    const isLate = active && heard.words.length === 0;
    if (did === gerda.did && !isLate) heard.words.push(`${active ? 'active' : status} gerda`);
  });
  await new Promise<void>((done, fail) => {
    client.on('open', done);
    client.on('error', fail);
    client.start();
  });
  return heard;
}

const hears = (heard: Heard, words: string[]): Promise<unknown> =>
  eventually(
    async () => heard.words,
    (seen) => JSON.stringify(seen) === JSON.stringify(words),
    15_000,
  );
const post = (title: string) => write(gerda, NSID.topic, { space: garden.did, title, text: 'x' });
const keyOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

test('an unmodified @skyware/jetstream hears posts, edits and deletions as they come', async () => {
  const heard = await follow({ wantedCollections: ['club.commonplace.topic'] });
  const ref = await post('Pears');
  await hears(heard, ['create topic Pears']);
  await edit(gerda, ref, { space: garden.did, title: 'Quinces', text: 'x' });
  await hears(heard, ['create topic Pears', 'update topic Quinces']);
  await remove(gerda, ref);
  await hears(heard, ['create topic Pears', 'update topic Quinces', `delete topic ${keyOf(ref.uri)}`]);
});

test('connected again with its cursor it misses nothing, over a restart of the instance too', async () => {
  const first = await follow({ wantedCollections: ['club.commonplace.topic'] });
  await post('One');
  await hears(first, ['create topic One']);
  first.client.close();
  await post('Two');
  await home.restartWorker();
  await post('Three');
  const again = await follow({ cursor: first.last(), wantedCollections: ['club.commonplace.topic'] });
  // The cursor is inclusive, as Jetstream's.
  await hears(again, ['create topic One', 'create topic Two', 'create topic Three']);
  await post('Four');
  await hears(again, ['create topic One', 'create topic Two', 'create topic Three', 'create topic Four']);
});

test('a page offers what has come since, and follows the reader there', async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const wrong: string[] = [];
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
    page.on('pageerror', (error) => wrong.push(error.message));
    const opened = page.waitForEvent('websocket');
    await page.goto(`http://${garden.host}:${home.worker.port}/`);
    expect((await opened).url()).toContain(`/subscribe?space=${garden.did}`);
    const status = page.getByRole('status');
    expect(await status.textContent()).toBe('');
    await new Promise((done) => setTimeout(done, 500));
    const first = await post('News');
    await status.getByText('1 new post', { exact: true }).waitFor();
    const reply = { space: garden.did, root: first, parent: first, text: 'A reply is no post.' };
    await write(gerda, NSID.reply, reply);
    await write(gerda, NSID.like, { space: garden.did, subject: first });
    await post('More news');
    await write(gerda, NSID.story, { space: garden.did, title: 'A story', text: 'x' });
    await status.getByText('3 new posts', { exact: true }).waitFor();
    await remove(gerda, first);
    await status.getByText('2 new posts', { exact: true }).click();
    await page.getByRole('heading', { name: 'A story' }).waitFor();
    expect(await page.getByRole('status').textContent()).toBe('');
    const other = page.waitForEvent('websocket');
    await page.goto(`http://${garden.host}:${home.worker.port}/stories`);
    await other;
    await new Promise((done) => setTimeout(done, 500));
    await post('Not here');
    await write(gerda, NSID.topic, {
      space: garden.did,
      section: 'stories',
      title: 'A topic among stories',
      text: 'x',
    });
    await page.getByRole('status').getByText('1 new post', { exact: true }).waitFor();
    expect(wrong).toEqual([]);
  } finally {
    await browser.close();
  }
});

test('an account that is deactivated is gone, and back when it is active again', async () => {
  const heard = await follow();
  const ref = await post('Here and there');
  await hears(heard, ['create topic Here and there']);
  await gerda.agent.com.atproto.server.deactivateAccount({});
  await eventually(
    async () => heard.words,
    (words) => words.includes('deactivated gerda') && words.includes(`delete topic ${keyOf(ref.uri)}`),
    15_000,
  );
  const fromStart = await follow({ cursor: 1 });
  await eventually(
    async () => fromStart.words,
    (words) => words.includes('deactivated gerda'),
  );
  expect(fromStart.words.filter((word) => word.startsWith('create topic'))).toEqual([]);
  await gerda.agent.com.atproto.server.activateAccount();
  await eventually(
    async () => heard.words,
    (words) =>
      words.includes('active gerda') && words.filter((word) => word === 'create topic Here and there').length === 2,
    15_000,
  );
});

test('an account that is deleted leaves nothing that can be read, heard or counted', async () => {
  const heard = await follow();
  const uris = (await home.db()).prepare('select uri from record where did = ? and cid is not null').bind(gerda.did);
  const before = (await uris.all<{ uri: string }>()).results.map(({ uri }) => uri);
  expect(before.length).toBeGreaterThan(3);
  await home.pds.deleteAccount(gerda);
  const gone = before.map((uri) => `delete ${uri.split('/')[3]?.split('.').pop()} ${keyOf(uri)}`);
  await eventually(
    async () => heard.words,
    (words) => gone.every((word) => words.includes(word)) && words.includes('deleted gerda'),
    15_000,
  );
  const fromStart = await follow({ cursor: 1 });
  await eventually(
    async () => fromStart.words,
    (words) => words.includes('deleted gerda'),
  );
  expect(fromStart.words.filter((word) => /^(create|update) (topic|join)/.test(word))).toEqual([]);
  const lists = async (): Promise<string> => {
    const records = await home.xrpc('club.commonplace.sync.listRecords', { space: garden.did, collection: NSID.topic });
    const repos = await home.xrpc('club.commonplace.sync.listReposBySpace', { space: garden.did });
    return (await records.text()) + (await repos.text()) + (await (await home.get(garden.host, '/')).text());
  };
  await eventually(lists, (text) => !text.includes(gerda.did) && !text.includes('gerda.test'));
});

test('a space that becomes private ends what was open, and is as one that does not exist', async () => {
  const heard = await follow();
  const closed = new Promise<{ code: number; reason: string }>((done) => {
    heard.client.ws?.addEventListener('close', (event) => {
      heard.client.close();
      done(event as unknown as { code: number; reason: string });
    });
  });
  await home.admin('setSpace', { space: garden.did, visibility: 'private' });
  expect(await closed).toMatchObject({ code: 1008, reason: expect.stringMatching(/^SpaceNotFound/) });
  await expect(follow()).rejects.toThrow();
});
