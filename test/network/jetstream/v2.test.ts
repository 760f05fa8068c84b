import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Collector } from '../collector.ts';
import { freePort } from '../loopback.ts';
import { ALICE, account, BOB, identity, like } from './samples.ts';
import { type Jetstream, startJetstream } from './server.ts';
import type { Message } from './wire.ts';

const NSID = 'network.bsky.jetstream.subscribeEvents';

let jetstream: Jetstream;
const open: Collector[] = [];

async function subscribe(query = '', url = jetstream.urlV2): Promise<Collector> {
  const collector = await Collector.open(url, query);
  open.push(collector);
  return collector;
}
const payloads = ({ messages }: Collector): Message[] => messages.map(({ payload }) => payload as Message);
const rkeys = (collector: Collector): unknown[] => payloads(collector).map(({ rkey }) => rkey);
const sync = (did: string): Message => ({
  ...{ did, kind: 'sync' },
  sync: { did, rev: '3mmoojp7vgo2g', blocks: { $bytes: '' }, seq: 3, time: '2026-01-01T00:00:00.000Z' },
});

beforeEach(async () => {
  jetstream = await startJetstream({ port: await freePort(), lookbackMs: 60_000 });
});

afterEach(async () => {
  for (const collector of open.splice(0)) collector.close();
  await jetstream.stop();
});

it('frames a message as the lexicon says, its own sequence and time beside what it wraps', async () => {
  const collector = await subscribe();
  jetstream.inject([like(ALICE, 'a'), account(BOB)]);
  await collector.until(2);
  const [commit, gone] = collector.messages as [Message, Message];
  expect(commit).toEqual({
    $type: 'message',
    payload: {
      ...{ $type: `${NSID}#commit`, did: ALICE, seq: 1, rev: '3mmoojp7vgo2g', operation: 'create', rkey: 'a' },
      ...{ collection: 'app.bsky.feed.like', cid: 'bafyreia', record: (like(ALICE, 'a').commit as Message).record },
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    },
  });
  expect(gone.payload).toMatchObject({ $type: `${NSID}#account`, did: BOB, seq: 2, account: { did: BOB, seq: 1 } });
});

describe('a cursor', () => {
  it('is a sequence, inclusive', async () => {
    jetstream.inject([like(ALICE, 'a'), like(ALICE, 'b'), like(ALICE, 'c')]);
    expect(rkeys(await (await subscribe('cursor=2')).until(2))).toEqual(['b', 'c']);
    expect(rkeys(await (await subscribe('cursor=0')).until(3))).toEqual(['a', 'b', 'c']);
  });

  it('that was never given means the live tip', async () => {
    jetstream.inject([like(ALICE, 'before')]);
    const live = await subscribe('cursor=99');
    jetstream.inject([like(ALICE, 'after')]);
    expect(rkeys(await (await live.until(1)).settle())).toEqual(['after']);
  });

  it('may be a time, which is moved up, with advice, when it is forgotten', async () => {
    const old = (Date.now() - 120_000) * 1000;
    jetstream.inject([{ ...like(ALICE, 'old'), time_us: old }, like(ALICE, 'recent')]);
    const collector = await (await subscribe(`cursor=${old}`)).until(2);
    expect(payloads(collector)[0]).toMatchObject({ $type: `${NSID}#info`, name: 'OutdatedCursor' });
    expect(payloads(collector)[0]).not.toHaveProperty('seq');
    expect(rkeys(collector)[1]).toBe('recent');
  });

  it('that is forgotten is refused before the upgrade', async () => {
    const old = (Date.now() - 120_000) * 1000;
    jetstream.inject([{ ...like(ALICE, 'old'), time_us: old }, like(ALICE, 'recent')]);
    const { status, text } = await Collector.refusal(jetstream.urlV2, 'cursor=1');
    expect([status, JSON.parse(text).error]).toEqual([400, 'CursorTooOld']);
    expect(rkeys(await (await subscribe('cursor=2')).until(1))).toEqual(['recent']);
  });

  it('is refused by the fault that forgets', async () => {
    jetstream.inject([like(ALICE, 'a'), like(ALICE, 'b')]);
    await new Promise((done) => setTimeout(done, 5));
    jetstream.faults.set({ clamp: { lookbackMs: 1, times: 1 } });
    expect((await Collector.refusal(jetstream.urlV2, 'cursor=1')).status).toBe(400);
    expect(jetstream.faults.fired.clamp).toBe(1);
    expect(rkeys(await (await subscribe('cursor=1')).until(2))).toEqual(['a', 'b']);
  });
});

describe('filters', () => {
  it('narrow commits by collection, all kinds by DID, and by kind', async () => {
    const collections = await subscribe('collections=app.bsky.feed.post');
    const dids = await subscribe(`dids=${BOB}`);
    const kinds = await subscribe('kinds=identity&kinds=sync');
    jetstream.inject([like(ALICE, 'no'), account(ALICE), identity(BOB), sync(ALICE), like(BOB, 'b')]);
    const kindsOf = async (collector: Collector, count: number): Promise<unknown[]> =>
      payloads(await (await collector.until(count)).settle()).map(({ $type }) => String($type).split('#')[1]);
    expect(await kindsOf(collections, 3)).toEqual(['account', 'identity', 'sync']);
    expect(await kindsOf(dids, 2)).toEqual(['identity', 'commit']);
    expect(await kindsOf(kinds, 2)).toEqual(['identity', 'sync']);
  });

  it.each(['kinds=weather', 'kinds=account&collections=a.b.c', 'wantedDids=did:plc:a', 'cursor=soon'])(
    'of another protocol, or none, are refused: %s',
    async (query) => {
      const { status, text } = await Collector.refusal(jetstream.urlV2, query);
      expect([status, JSON.parse(text).error]).toEqual([400, 'InvalidRequest']);
    },
  );
});

it('`#sync` is told on v2 alone', async () => {
  const [v1, v2] = [await subscribe('', jetstream.url), await subscribe()];
  jetstream.inject([sync(ALICE), like(ALICE, 'a')]);
  await (await v1.until(1)).settle();
  await v2.until(2);
  expect(v1.messages.map(({ kind }) => kind)).toEqual(['commit']);
  expect(payloads(v2)[0]).toMatchObject({ $type: `${NSID}#sync`, did: ALICE, seq: 1, sync: { did: ALICE } });
});

it('takes no messages', async () => {
  const collector = await subscribe();
  collector.send({ type: 'options_update', payload: {} });
  expect(await collector.closed).toBe(1008);
});

it('is told in another order with sequences that still grow', async () => {
  const collector = await subscribe();
  jetstream.faults.set({ reorder: { window: 4 } });
  jetstream.inject([like(ALICE, 'a'), like(BOB, 'b'), like(ALICE, 'c'), like(BOB, 'd')]);
  await collector.until(4);
  expect(payloads(collector).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(rkeys(collector)).toEqual(['b', 'd', 'a', 'c']);
});
