/** What a consumer must survive: each fault is made to happen by the network, is shown to have happened, and costs nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import { tidAt } from '../../src/domain/tid.ts';
import { type Account, moveAccount } from '../network/index.ts';
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

beforeAll(async () => {
  home = await startHome({ network: { pdsCount: 2 } });
  space = await makeSpace(home, 'harbour');
  member = await makeMember(home, space, 'mara');
  await topic('the first');
  await appears('the first');
  await allRead();
});
afterAll(() => home?.stop());
beforeEach(() => home.network.jetstream.faults.clear());

const topic = (title: string, author = member): Promise<Ref> =>
  write(author, NSID.topic, { space: space.did, title, text: 'Some words.' });
const shown = async (title: string): Promise<number> =>
  (await home.row<{ n: number }>('select count(*) as n from post where title = ? and hidden = 0', title))?.n ?? -1;
const appears = (title: string): Promise<unknown> =>
  eventually(
    () => shown(title),
    (n) => n === 1,
    20_000,
  );
const vanishes = (title: string): Promise<unknown> =>
  eventually(
    () => shown(title),
    (n) => n === 0,
    20_000,
  );
/** Until no repository is still to be read: what a test puts into the stream is in none, and a reading would rightly take it out. */
const allRead = (): Promise<unknown> =>
  eventually(
    () => home.row("select 1 from job where kind in ('heal', 'reread', 'discover', 'backfill')"),
    (job) => job === null,
    20_000,
  );
const drops = async (reason: string): Promise<number> =>
  (await home.row<{ count: number }>('select count from drop_count where reason = ?', reason))?.count ?? 0;
const fired = (name: string): number => (home.network.jetstream.faults.fired as Record<string, number>)[name] ?? 0;

/** A message that no PDS would make, put straight into the stream. */
function inject(commit: Record<string, unknown>, did = member.did): void {
  const made = { rev: tidAt(Date.now()), operation: 'create', cid: CID, ...commit };
  home.network.jetstream.inject([{ did, kind: 'commit', commit: made }]);
}
const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
const words = (title: string, more: object = {}): object => ({
  ...{ $type: NSID.topic, space: space.did, title, text: 'Injected.', createdAt: new Date().toISOString(), ...more },
});

describe('the connection', () => {
  test.each([
    ['kill', { kill: { after: 3, times: 2 } }],
    ['drop', { drop: { after: 3, times: 2 } }],
    ['duplicate', { duplicate: { every: 1 } }],
    ['malformed', { malformed: { every: 1 } }],
    ['reorder', { reorder: { window: 3 } }],
  ])('%s: nothing is lost and nothing doubled', async (name, faults) => {
    const before = fired(name);
    home.network.jetstream.faults.set(faults);
    const titles = Array.from({ length: 8 }, (_, i) => `${name} ${i}`);
    for (const [i, title] of titles.entries()) await topic(title, i % 2 ? member : space.group);
    for (const title of titles) await appears(title);
    expect(fired(name)).toBeGreaterThan(before);
  });

  test('an oversized message is refused with a reason, and the stream goes on', async () => {
    home.network.jetstream.faults.set({ oversized: { every: 1, bytes: 900_000 } });
    await topic('beside a giant');
    await appears('beside a giant');
    expect(fired('oversized')).toBeGreaterThan(0);
    home.network.jetstream.faults.clear();
    inject({ collection: NSID.topic, rkey: tidAt(Date.now()), record: words('giant', { text: 'x'.repeat(400_000) }) });
    await eventually(
      () => drops('too-large'),
      (n) => n > 0,
    );
  });

  test('a stream that remembers too little leaves a recorded gap', async () => {
    await topic('before the sleep');
    await appears('before the sleep');
    await home.worker.stop();
    await topic('forgotten');
    await new Promise((done) => setTimeout(done, 1_500));
    home.network.jetstream.faults.set({ clamp: { lookbackMs: 200 } });
    await home.restartWorker();
    await home.xrpc('club.commonplace.sync.getStatus');
    await topic('after the sleep');
    await appears('after the sleep');
    expect(fired('clamp')).toBeGreaterThan(0);
    const gap = await eventually(
      () => home.row<{ reason: string }>('select reason from gap'),
      (row) => row !== null,
    );
    expect(gap?.reason).toBe('clamped');
    await allRead();
  });
});

describe('records', () => {
  test('a delete that comes before its create keeps it out', async () => {
    const [rkey, created, deleted] = [tidAt(Date.now() - 9_000), tidAt(Date.now() - 8_000), tidAt(Date.now() - 7_000)];
    inject({ collection: NSID.topic, rkey, rev: deleted, operation: 'delete', cid: undefined });
    inject({ collection: NSID.topic, rkey, rev: created, record: words('undead') });
    await topic('after the undead');
    await appears('after the undead');
    expect(await shown('undead')).toBe(0);
  });

  test('an update without its create is a record, a stale one changes nothing, the same key can be used again', async () => {
    const rkey = tidAt(Date.now() - 20_000);
    const at = (ago: number): string => tidAt(Date.now() - ago);
    inject({ collection: NSID.topic, rkey, rev: at(9_000), operation: 'update', record: words('updated') });
    inject({ collection: NSID.topic, rkey, rev: at(15_000), record: words('stale') });
    await appears('updated');
    expect(await shown('stale')).toBe(0);
    inject({ collection: NSID.topic, rkey, rev: at(6_000), operation: 'delete', cid: undefined });
    await vanishes('updated');
    inject({ collection: NSID.topic, rkey, rev: at(3_000), record: words('risen') });
    await appears('risen');
  });

  test('a child that comes before its parent waits unseen, then shows and counts', async () => {
    const rkey = tidAt(Date.now() - 5_000);
    const root = { uri: `at://${member.did}/${NSID.topic}/${rkey}`, cid: CID };
    const record = {
      $type: NSID.reply,
      space: space.did,
      root,
      parent: root,
      text: 'First!',
      createdAt: new Date().toISOString(),
    };
    inject({ collection: NSID.reply, rkey: tidAt(Date.now()), record });
    const reply = (): Promise<{ hidden: number } | null> =>
      home.row('select hidden from post where root = ?', root.uri);
    expect((await eventually(reply, (row) => row !== null))?.hidden).not.toBe(0);
    inject({ collection: NSID.topic, rkey, record: words('late parent') });
    await appears('late parent');
    expect((await eventually(reply, (row) => row?.hidden === 0))?.hidden).toBe(0);
    const parent = await home.row<{ reply_count: number }>('select reply_count from post where uri = ?', root.uri);
    expect(parent?.reply_count).toBe(1);
  });

  test.each([
    ['bad-rev', { rev: 'not-a-tid', collection: NSID.topic, rkey: '3aaaaaaaaaaaa' }],
    ['malformed', { collection: 'club.commonplace.no nsid', rkey: '3aaaaaaaaaaaa' }],
    ['malformed', { collection: NSID.topic, rkey: 'no/key' }],
    ['malformed', { collection: NSID.topic, rkey: '3aaaaaaaaaaaa', operation: 'explode' }],
    ['invalid-record', { collection: NSID.topic, rkey: '3aaaaaaaaaaaa', type: NSID.story }],
    ['invalid-record', { collection: NSID.topic, rkey: '3aaaaaaaaaaaa', title: 7 }],
    ['wrong-rkey', { collection: NSID.topic, rkey: 'not-a-tid' }],
    ['not-the-group', { collection: NSID.rule, rkey: '3aaaaaaaaaaaa', type: NSID.rule }],
    ['rev-in-future', { collection: NSID.topic, rkey: '3aaaaaaaaaaaa', rev: tidAt(Date.now() + 86_400_000) }],
    [
      'unknown-collection',
      { collection: 'club.commonplace.unheard', rkey: '3aaaaaaaaaaaa', type: 'club.commonplace.unheard' },
    ],
  ])(
    '%s is refused with its reason and counted: %j',
    async (reason, { type, title, ...commit }: Record<string, unknown>) => {
      const before = await drops(reason);
      inject({
        ...commit,
        record: words('refused', { ...(type ? { $type: type } : {}), ...(title ? { title } : {}) }),
      });
      await eventually(
        () => drops(reason),
        (n) => n > before,
      );
      expect(await shown('refused')).toBe(0);
    },
  );

  test.each([
    ['in the future', new Date(Date.now() + 10 * 86_400_000).toISOString()],
    ['before the network was', '1990-01-01T00:00:00.000Z'],
  ])('a createdAt %s never sorts above the time of its rev', async (when, createdAt) => {
    const rev = tidAt(Date.now());
    inject({ collection: NSID.topic, rkey: rev, rev, record: words(`made ${when}`, { createdAt }) });
    await appears(`made ${when}`);
    const row = await home.row<{ sort_at: number }>('select sort_at from post where title = ?', `made ${when}`);
    expect(row?.sort_at).toBeLessThanOrEqual(Date.now());
    expect(row?.sort_at).toBe(Math.min(Date.parse(createdAt), row?.sort_at ?? 0));
  });

  test('unknown kinds and a flood of other people’s identity events change nothing', async () => {
    const rows = (): Promise<{ n: number } | null> => home.row('select count(*) as n from identity');
    const before = await rows();
    const flood = Array.from({ length: 5_000 }, (_, i) => ({
      ...{
        did: `did:plc:flood${String(i)
          .padStart(19, 'a')
          .replace(/[0189]/g, 'b')}`,
        kind: i % 3 ? 'identity' : 'novelty',
      },
      identity: { handle: 'someone.test', seq: i, time: new Date().toISOString() },
    }));
    home.network.jetstream.inject(flood);
    await topic('after the flood');
    await appears('after the flood');
    expect(await rows()).toEqual(before);
  });

  test('edits and deletions follow, and a like is counted once per person', async () => {
    const first = await topic('before');
    await appears('before');
    const edited = await edit(member, first, { space: space.did, title: 'afterwards', text: 'New words.' });
    await appears('afterwards');
    await write(member, NSID.like, { space: space.did, subject: edited });
    const twice = await write(member, NSID.like, { space: space.did, subject: edited });
    const likes = async (): Promise<number> =>
      (await home.row<{ like_count: number }>('select like_count from post where uri = ?', first.uri))?.like_count ??
      -1;
    await eventually(likes, (n) => n === 1);
    await remove(member, twice);
    await topic('a like later');
    await appears('a like later');
    expect(await likes()).toBe(1);
    await remove(member, first);
    await vanishes('afterwards');
  });
});

describe('accounts', () => {
  test('deactivated: hidden; active again: shown', async () => {
    const person = await makeMember(home, space, 'dora');
    await topic('by dora', person);
    await appears('by dora');
    await home.pds.deactivate(person);
    await vanishes('by dora');
    await home.pds.activate(person);
    await appears('by dora');
  });

  test('taken down: hidden; restored: shown', async () => {
    const person = await makeMember(home, space, 'tove');
    await topic('by tove', person);
    await appears('by tove');
    await home.pds.takedown(person.did);
    await vanishes('by tove');
    await home.pds.reverseTakedown(person.did);
    await appears('by tove');
  });

  test('deleted: erased once its own server confirms', async () => {
    const person = await makeMember(home, space, 'elin');
    await topic('by elin', person);
    await appears('by elin');
    await home.pds.deleteAccount(person);
    await vanishes('by elin');
    const left = (): Promise<{ n: number } | null> =>
      home.row('select count(*) as n from record where did = ? and cid is not null', person.did);
    await eventually(left, (row) => row?.n === 0);
  });

  test('a deletion that the account’s own server denies erases nothing, and is undone', async () => {
    await topic('still here');
    await appears('still here');
    const account = { active: false, status: 'deleted', did: member.did, seq: 1, time: new Date().toISOString() };
    home.network.jetstream.inject([{ did: member.did, kind: 'account', account }]);
    await eventually(
      () => home.row<{ confirmation: string }>('select confirmation from identity where did = ?', member.did),
      (row) => row?.confirmation === 'denied',
    );
    await appears('still here');
  });

  test('a changed handle is looked up anew', async () => {
    const person = await makeMember(home, space, 'nils');
    await topic('by nils', person);
    await appears('by nils');
    await home.pds.changeHandle(person, 'nils-holgersson.test');
    await eventually(
      () => home.row<{ handle: string }>('select handle from identity where did = ?', person.did),
      (row) => row?.handle === 'nils-holgersson.test',
    );
  });

  test('an account that moves to another server goes on', async () => {
    const [from, to] = home.network.pds;
    if (!to) throw new Error('this test needs two servers');
    const person = await makeMember(home, space, 'wanda');
    await topic('before moving', person);
    await appears('before moving');
    await moveAccount(person, from, to);
    await topic('after moving', person);
    await appears('after moving');
    await appears('before moving');
    await eventually(
      () => home.row<{ pds: string }>('select pds from identity where did = ?', person.did),
      (row) => row?.pds === to.url,
    );
  });
});
