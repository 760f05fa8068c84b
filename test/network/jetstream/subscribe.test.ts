import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Collector } from '../collector.ts';
import { freePort } from '../loopback.ts';
import { ALICE, account, BOB, identity, like, rkeys } from './samples.ts';
import { type Jetstream, startJetstream } from './server.ts';

let jetstream: Jetstream;
const open: Collector[] = [];

async function subscribe(query = ''): Promise<Collector> {
  const collector = await Collector.open(jetstream.url, query);
  open.push(collector);
  return collector;
}

beforeEach(async () => {
  jetstream = await startJetstream({ port: await freePort(), lookbackMs: 60_000 });
});

afterEach(async () => {
  for (const collector of open.splice(0)) collector.close();
  await jetstream.stop();
});

describe('cursor', () => {
  it('is inclusive, and time strictly grows', async () => {
    jetstream.inject([like(ALICE, 'a'), like(ALICE, 'b'), like(ALICE, 'c')]);
    const all = await (await subscribe('cursor=1')).until(3);
    const [first, second, third] = all.times as [number, number, number];
    expect(first).toBeLessThan(second);
    expect(second).toBeLessThan(third);
    const resumed = await (await subscribe(`cursor=${second}`)).until(2);
    expect(rkeys(resumed.messages)).toEqual(['b', 'c']);
  });

  it.each(['', 'cursor=0', `cursor=${(Date.now() + 3_600_000) * 1000}`])(
    'starts at the live tip for %j',
    async (query) => {
      jetstream.inject([like(ALICE, 'before')]);
      const live = await subscribe(query);
      jetstream.inject([like(ALICE, 'after')]);
      await (await live.until(1)).settle();
      expect(rkeys(live.messages)).toEqual(['after']);
    },
  );

  it('older than the look-back is moved up without a word', async () => {
    const old = (Date.now() - 120_000) * 1000;
    jetstream.inject([{ ...like(ALICE, 'old'), time_us: old }, like(ALICE, 'recent')]);
    const clamped = await (await (await subscribe(`cursor=${old}`)).until(1)).settle();
    expect(rkeys(clamped.messages)).toEqual(['recent']);
  });

  it.each(['cursor=soon', 'cursor=-5'])('refuses %s', async (query) => {
    expect((await Collector.refusal(jetstream.url, query)).status).toBe(400);
  });
});

describe('filters', () => {
  it('take exact collections and prefixes', async () => {
    const wanted = ['app.bsky.feed.post', 'club.commonplace.*'].map((each) => `wantedCollections=${each}`).join('&');
    const collector = await subscribe(wanted);
    jetstream.inject([
      like(ALICE, 'no'),
      like(ALICE, 'exact', 'app.bsky.feed.post'),
      like(ALICE, 'longer', 'app.bsky.feed.postgate'),
      like(ALICE, 'prefix', 'club.commonplace.topic'),
      like(ALICE, 'deeper', 'club.commonplace.space.profile'),
      like(ALICE, 'elsewhere', 'club.commonplacex.topic'),
    ]);
    await (await collector.until(3)).settle();
    expect(rkeys(collector.messages)).toEqual(['exact', 'prefix', 'deeper']);
  });

  it('let identity and account events pass, save those of unwanted DIDs', async () => {
    const byCollection = await subscribe('wantedCollections=club.commonplace.topic');
    const byDid = await subscribe(`wantedCollections=club.commonplace.topic&wantedDids=${BOB}`);
    jetstream.inject([account(ALICE), identity(ALICE), like(ALICE, 'no'), account(BOB)]);
    await (await byCollection.until(3)).settle();
    expect(byCollection.messages.map(({ did, kind }) => [did, kind])).toEqual([
      [ALICE, 'account'],
      [ALICE, 'identity'],
      [BOB, 'account'],
    ]);
    expect(byDid.messages.map(({ did }) => did)).toEqual([BOB]);
  });

  it('leave out messages over maxMessageSizeBytes, measured as sent', async () => {
    const exact = Buffer.byteLength(JSON.stringify({ did: ALICE, time_us: Date.now() * 1000, ...like(ALICE, 'fits') }));
    const collector = await subscribe(`maxMessageSizeBytes=${exact}`);
    const nonsense = await subscribe('maxMessageSizeBytes=lots');
    jetstream.inject([like(ALICE, 'too-long'), like(ALICE, 'fits')]);
    await (await nonsense.until(2)).settle();
    expect(rkeys(collector.messages)).toEqual(['fits']);
  });

  it('have limits', async () => {
    const collections = (count: number): string =>
      Array.from({ length: count }, (_, number) => `wantedCollections=com.example.c${number}`).join('&');
    await subscribe(collections(100));
    expect((await Collector.refusal(jetstream.url, collections(101))).status).toBe(400);
    expect((await Collector.refusal(jetstream.url, 'wantedCollections=not an nsid')).status).toBe(400);
    expect((await Collector.refusal(jetstream.url, 'wantedCollections=app.bsky.fee*')).status).toBe(400);
    const dids = Array.from({ length: 10_000 }, (_, number) => `wantedDids=did:web:h${number}.test`).join('&');
    await subscribe(dids);
    expect((await Collector.refusal(jetstream.url, `${dids}&wantedDids=${ALICE}`)).status).toBe(400);
    expect((await Collector.refusal(jetstream.url, 'wantedDids=alice')).status).toBe(400);
    expect((await Collector.refusal(jetstream.url, 'compress=true')).status).toBe(400);
  });
});

describe('what a subscriber says', () => {
  const update = (payload: unknown): object => ({ type: 'options_update', payload });

  it('replaces its filter', async () => {
    const collector = await subscribe('wantedCollections=app.bsky.feed.post');
    collector.send(update({ wantedCollections: ['app.bsky.feed.like'], wantedDids: [BOB] }));
    await collector.settle();
    jetstream.inject([like(ALICE, 'no'), like(BOB, 'yes'), like(BOB, 'no', 'app.bsky.feed.post')]);
    await (await collector.until(1)).settle();
    expect(rkeys(collector.messages)).toEqual(['yes']);
  });

  it('releases a connection that was opened with requireHello', async () => {
    jetstream.inject([like(ALICE, 'a')]);
    const collector = await subscribe('requireHello=true&cursor=1');
    jetstream.inject([like(ALICE, 'b')]);
    await collector.settle();
    expect(collector.frames).toEqual([]);
    collector.send(update({}));
    await collector.until(2);
    expect(rkeys(collector.messages)).toEqual(['a', 'b']);
  });

  it.each([
    ['what is no JSON', 'hello', 1007],
    ['a payload of the wrong type', update({ wantedDids: 'alice' }), 1007],
    ['a bad collection', update({ wantedCollections: ['nope'] }), 1008],
    ['too many DIDs', update({ wantedDids: Array.from({ length: 10_001 }, (_, n) => `did:web:h${n}.test`) }), 1008],
  ])('ends the connection when it is %s', async (_name, message, code) => {
    const collector = await subscribe();
    collector.send(message);
    expect(await collector.closed).toBe(code);
  });

  it('is ignored when its type is unknown', async () => {
    const collector = await subscribe();
    collector.send({ type: 'weather' });
    await collector.settle();
    jetstream.inject([like(ALICE, 'a')]);
    await collector.until(1);
  });
});

describe('injection', () => {
  it('brings raw lines as they are, in order, and gives time to those without', async () => {
    const collector = await subscribe();
    const raw = '{"did":"did:plc:x","time_us":"soon","kind":"commit","commit":7}';
    const body = `${raw}\nnot json at all\n`;
    const answer = await fetch(`${jetstream.httpUrl}/inject`, { method: 'POST', body });
    expect(await answer.json()).toEqual({ injected: 2 });
    await fetch(`${jetstream.httpUrl}/inject`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(like(ALICE, 'timed')),
    });
    await collector.until(3);
    expect(collector.frames.slice(0, 2)).toEqual([raw, 'not json at all']);
    expect(collector.times.at(-1)).toBeGreaterThan(1_700_000_000_000_000);
  });
});
