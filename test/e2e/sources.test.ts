/** Other ways to follow the network than Jetstream v1: v2, an address that redirects, and no Jetstream at all. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import { type Account, moveAccount } from '../network/index.ts';
import { freePort, LOOPBACK } from '../network/loopback.ts';
import {
  edit,
  eventually,
  type Home,
  makeMember,
  makeSpace,
  type Ref,
  remove,
  type Space,
  startHome,
  write,
} from './harness.ts';

let home: Home;
let space: Space;
let member: Account;

const topic = (title: string, author = member): Promise<Ref> =>
  write(author, NSID.topic, { space: space.did, title, text: 'Some words.' });
const shown = async (title: string): Promise<number> =>
  (await home.row<{ n: number }>('select count(*) as n from post where title = ? and hidden = 0', title))?.n ?? -1;
const appears = (title: string): Promise<unknown> =>
  eventually(
    () => shown(title),
    (n) => n === 1,
    45_000,
  );
const vanishes = (title: string): Promise<unknown> =>
  eventually(
    () => shown(title),
    (n) => n === 0,
    45_000,
  );
const gaps = async (): Promise<string[]> =>
  (await (await home.db()).prepare('select reason from gap order by id').all<{ reason: string }>()).results.map(
    ({ reason }) => reason,
  );

describe('Jetstream v2', () => {
  beforeAll(async () => {
    home = await startHome();
    space = await makeSpace(home, 'harbour');
    member = await makeMember(home, space, 'mara');
    await topic('by the first protocol');
    await appears('by the first protocol');
    await home.restartWorker({ JETSTREAM_URLS: home.network.jetstream.urlV2 });
    // Somebody reads: the indexer wakes.
    await home.get(space.host, '/');
  });
  afterAll(() => home?.stop());

  test('takes over from v1, going back by time, and the change is recorded', async () => {
    await topic('by the second');
    await appears('by the second');
    expect(await gaps()).toEqual(['instance-changed']);
    const stream = await home.row<{ instance: string; sequence: number }>('select instance, sequence from stream');
    expect(stream?.instance).toBe(home.network.jetstream.urlV2);
    expect(stream?.sequence).toBeGreaterThan(0);
  });

  test.each([
    ['kill', { kill: { after: 1, times: 2 } }],
    ['duplicate', { duplicate: { every: 1 } }],
    ['malformed', { malformed: { every: 1 } }],
    ['reorder', { reorder: { window: 3 } }],
  ])('%s: nothing is lost and nothing doubled', async (name, faults) => {
    home.network.jetstream.faults.set(faults);
    const titles = Array.from({ length: 6 }, (_, i) => `${name} ${i}`);
    for (const [i, title] of titles.entries()) await topic(title, i % 2 ? member : space.group);
    for (const title of titles) await appears(title);
    expect((home.network.jetstream.faults.fired as Record<string, number>)[name]).toBeGreaterThan(0);
    home.network.jetstream.faults.clear();
  });

  test('a cursor that is too old is a recorded gap, and the stream goes on', async () => {
    const { faults } = home.network.jetstream;
    const before = (await gaps()).length;
    await topic('just before');
    await appears('just before');
    await new Promise((done) => setTimeout(done, 500));
    // The connection ends, and the cursor lies before what is remembered by then: refused by sequence, moved up by time.
    faults.set({ clamp: { lookbackMs: 1 }, kill: { after: 0, times: 1 } });
    await eventually(
      async () => faults.fired.clamp,
      (n) => n >= 2,
    );
    faults.clear();
    await topic('just after');
    await appears('just after');
    expect((await gaps()).slice(before)).toEqual(['expired']);
  });

  test('a repository that says it has to be read anew is', async () => {
    const unseen = await topic('never told');
    await appears('never told');
    const db = await home.db();
    // As if its events had been lost: the record is there and the index does not have it, and the other way round.
    await db.prepare(`update post set title = 'forgotten' where uri = ?`).bind(unseen.uri).run();
    await db.prepare(`update record set rev = '2222222222222', cid = 'bafyolder' where uri = ?`).bind(unseen.uri).run();
    const sync = {
      did: member.did,
      seq: 1,
      rev: '3mmoojp7vgo2g',
      time: new Date().toISOString(),
      blocks: { $bytes: '' },
    };
    home.network.jetstream.inject([{ did: member.did, kind: 'sync', sync }]);
    await appears('never told');
    await remove(member, unseen);
    await vanishes('never told');
  });
});

describe('an address that redirects', () => {
  let redirecting: Server;
  let hops = 0;
  beforeAll(async () => {
    home = await startHome();
    const port = await freePort();
    redirecting = createServer();
    redirecting.on('upgrade', (request, socket) => {
      hops++;
      const query = new URL(request.url ?? '', 'http://x').search;
      socket.end(
        `HTTP/1.1 302 Found\r\nlocation: ${home.network.jetstream.httpUrl}/subscribe${query}\r\ncontent-length: 0\r\n\r\n`,
      );
    });
    redirecting.listen(port, LOOPBACK);
    await home.restartWorker({ JETSTREAM_URLS: `ws://${LOOPBACK}:${port}/subscribe` });
    space = await makeSpace(home, 'quay');
    member = await makeMember(home, space, 'otto');
  });
  afterAll(async () => {
    redirecting?.close();
    await home?.stop();
  });

  test('is followed', async () => {
    await topic('by a detour');
    await appears('by a detour');
    expect(hops).toBeGreaterThan(0);
  });
});

describe('without Jetstream', () => {
  let elsewhere: Account;
  const DEAD = 'ws://127.0.0.1:9/subscribe';
  const source = { FOLLOW_SOURCE: 'pds', JETSTREAM_URLS: DEAD, PDS_POLL_MINUTES: '0.03' };
  const sequences = async (): Promise<number[]> =>
    (await (await home.db()).prepare('select sequence from source').all<{ sequence: number }>()).results.map(
      ({ sequence }) => sequence,
    );

  describe.each([
    ['a stream from each of two servers', { PDS_SOCKETS: '8' }],
    ['a stream from one, and the other asked in turn', { PDS_SOCKETS: '1' }],
  ])('%s', (_, sockets) => {
    beforeAll(async () => {
      home = await startHome({ network: { pdsCount: 2 }, vars: { ...source, ...sockets } });
      // Nothing that tells of the whole network is there to be asked.
      await home.network.jetstream.stop();
      const [, second] = home.network.pds;
      if (!second) throw new Error('this test needs two servers');
      space = await makeSpace(home, 'cove');
      member = await makeMember(home, space, 'mara');
      elsewhere = await makeMember(home, space, 'nils', second);
    });
    afterAll(() => home?.stop());

    test('posts, edits and deletes arrive from both', async () => {
      for (const author of [member, elsewhere]) {
        const made = await topic(`by ${author.handle}`, author);
        await appears(`by ${author.handle}`);
        await edit(author, made, { space: space.did, title: `again by ${author.handle}`, text: 'New words.' });
        await appears(`again by ${author.handle}`);
        await remove(author, made);
        await vanishes(`again by ${author.handle}`);
      }
    });

    test('accounts that are deactivated are hidden, and shown again', async () => {
      for (const author of [member, elsewhere]) {
        const pds = home.network.pds[author === member ? 0 : 1] ?? home.pds;
        await topic(`seen of ${author.handle}`, author);
        await appears(`seen of ${author.handle}`);
        await pds.deactivate(author);
        await vanishes(`seen of ${author.handle}`);
        await pds.activate(author);
        await appears(`seen of ${author.handle}`);
      }
    });

    test('one who moves to the other server is heard there', async () => {
      const [from, to] = home.network.pds;
      if (!to) throw new Error('this test needs two servers');
      const person = await makeMember(home, space, 'wanda');
      await topic('before moving', person);
      await appears('before moving');
      await moveAccount(person, from, to);
      await topic('after moving', person);
      await appears('after moving');
      await appears('before moving');
    });

    test('a restart goes on where it was, without loss', async () => {
      await eventually(sequences, (found) => found.length === Number(sockets.PDS_SOCKETS === '1' ? 1 : 2));
      const gone = await topic('deleted meanwhile');
      await appears('deleted meanwhile');
      const compared = (): Promise<unknown> => home.row('select repo_rev from identity where did = ?', member.did);
      const before = await compared();
      await home.worker.stop();
      await remove(member, gone);
      for (const author of [member, elsewhere]) await topic(`while away by ${author.handle}`, author);
      await home.restartWorker();
      await home.get(space.host, '/');
      for (const author of [member, elsewhere]) await appears(`while away by ${author.handle}`);
      await vanishes('deleted meanwhile');
      // By the streams alone: no repository was read for it.
      if (sockets.PDS_SOCKETS === '8') expect(await compared()).toEqual(before);
    });
  });
});
