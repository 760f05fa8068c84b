import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Collector } from '../collector.ts';
import { freePort } from '../loopback.ts';
import { ALICE, BOB, like, rkeys } from './samples.ts';
import { type Jetstream, startJetstream } from './server.ts';
import type { Message } from './wire.ts';

const CAROL = 'did:plc:carolcarolcarolcarolcarol';

let jetstream: Jetstream;
const open: Collector[] = [];

async function subscribe(query = ''): Promise<Collector> {
  const collector = await Collector.open(jetstream.url, query);
  open.push(collector);
  return collector;
}

/** Ten likes, by turns of Alice, Bob and Carol. */
function tenLikes(): Message[] {
  const authors = [ALICE, BOB, CAROL];
  return Array.from({ length: 10 }, (_, number) => like(authors[number % 3] ?? ALICE, `r${number}`));
}

beforeEach(async () => {
  jetstream = await startJetstream({ port: await freePort() });
});

afterEach(async () => {
  for (const collector of open.splice(0)) collector.close();
  await jetstream.stop();
});

describe('drop', () => {
  it('ends the connection in the middle of a batch, and nothing is lost by resuming', async () => {
    jetstream.inject(tenLikes());
    jetstream.faults.set({ drop: { after: 4 } });
    const seen = new Set<unknown>();
    let cursor = 1;
    for (let attempt = 0; attempt < 5 && seen.size < 10; attempt++) {
      const collector = await subscribe(`cursor=${cursor}`);
      if (attempt < 3) expect(await collector.closed).toBe(1006);
      await collector.settle(20);
      expect(collector.frames.length).toBeLessThanOrEqual(4);
      for (const rkey of rkeys(collector.messages)) seen.add(rkey);
      cursor = collector.times.at(-1) ?? cursor;
    }
    expect(seen.size).toBe(10);
    expect(jetstream.faults.fired.drop).toBe(3);
  });

  it('may say goodbye, and happen a number of times only', async () => {
    jetstream.inject(tenLikes());
    jetstream.faults.set({ drop: { after: 0, code: 1001, times: 1 } });
    expect(await (await subscribe('cursor=1')).closed).toBe(1001);
    await (await subscribe('cursor=1')).until(10);
    expect(jetstream.faults.fired.drop).toBe(1);
    expect(jetstream.faults.current).toEqual({});
  });
});

describe('kill', () => {
  it('resets the connection', async () => {
    const collector = await subscribe();
    jetstream.faults.set({ kill: { after: 2 } });
    jetstream.inject(tenLikes());
    expect(await collector.closed).toBe(1006);
    expect(collector.frames.length).toBeLessThanOrEqual(2);
    expect(jetstream.faults.fired.kill).toBe(1);
  });
});

describe('stall', () => {
  it('stops sending with the socket open, and goes on when it is over', async () => {
    jetstream.faults.set({ stall: { after: 3, times: 1 } });
    const collector = await subscribe();
    jetstream.inject(tenLikes());
    await (await collector.until(3)).settle();
    expect(collector.frames).toHaveLength(3);
    expect(collector.closeCode).toBeUndefined();
    expect(jetstream.faults.fired.stall).toBe(1);
    jetstream.faults.clear();
    await collector.until(10);
    expect(rkeys(collector.messages)).toEqual(rkeys(tenLikes()));
  });
});

describe('duplicate', () => {
  it('repeats every n-th message', async () => {
    jetstream.faults.set({ duplicate: { every: 3 } });
    const collector = await subscribe();
    jetstream.inject(tenLikes());
    await collector.until(13);
    expect(rkeys(collector.messages)).toEqual('r0 r1 r2 r2 r3 r4 r5 r5 r6 r7 r8 r8 r9'.split(' '));
    expect(jetstream.faults.fired.duplicate).toBe(3);
  });

  it('may repeat an earlier one', async () => {
    jetstream.faults.set({ duplicate: { every: 5, lag: 2 } });
    const collector = await subscribe();
    jetstream.inject(tenLikes());
    await collector.until(12);
    expect(rkeys(collector.messages)).toEqual('r0 r1 r2 r3 r4 r2 r5 r6 r7 r8 r9 r7'.split(' '));
  });
});

describe('reorder', () => {
  it('changes the order across authors, not of one author, and time still grows', async () => {
    jetstream.inject(tenLikes());
    jetstream.faults.set({ reorder: { window: 5, holdMs: 20 } });
    const collector = await (await subscribe('cursor=1')).until(10);
    const told = rkeys(collector.messages);
    expect(told).not.toEqual(rkeys(tenLikes()));
    expect([...told].sort()).toEqual(rkeys(tenLikes()));
    for (const author of [ALICE, BOB, CAROL]) {
      const own = rkeys(collector.messages.filter(({ did }) => did === author));
      expect(own).toEqual([...own].sort());
    }
    expect(collector.times).toEqual([...collector.times].sort());
    expect(new Set(collector.times).size).toBe(10);
    expect(jetstream.faults.fired.reorder).toBe(2);
  });

  it('is the same for whoever resumes, also after it is switched off', async () => {
    jetstream.inject(tenLikes());
    jetstream.faults.set({ reorder: { window: 10 } });
    const first = await (await subscribe('cursor=1')).until(10);
    jetstream.faults.clear();
    const again = await (await subscribe(`cursor=${first.times[4]}`)).until(6);
    expect(again.frames).toEqual(first.frames.slice(4));
  });

  it('holds back live messages only for a moment', async () => {
    jetstream.faults.set({ reorder: { window: 10, holdMs: 30 } });
    const collector = await subscribe();
    jetstream.inject([like(ALICE, 'a'), like(BOB, 'b')]);
    await collector.until(2);
    expect(rkeys(collector.messages)).toEqual(['b', 'a']);
  });
});

describe('malformed', () => {
  it('puts frames of every bad kind among the good ones', async () => {
    jetstream.faults.set({ malformed: { every: 1 } });
    const collector = await subscribe();
    jetstream.inject(tenLikes());
    await collector.until(20);
    const bad = collector.frames.filter((_, number) => number % 2 === 1).slice(0, 6);
    const [broken, wrong, unknown, noObject, empty, binary] = bad;
    expect(() => JSON.parse(broken ?? '')).toThrow(SyntaxError);
    expect(typeof JSON.parse(wrong ?? '').did).toBe('number');
    expect(['commit', 'identity', 'account']).not.toContain(JSON.parse(unknown ?? '').kind);
    expect(noObject).toBe('null');
    expect(empty).toBe('');
    expect(binary).toMatch(/^binary:/);
    expect(rkeys(collector.messages).filter(Boolean)).toEqual(rkeys(tenLikes()));
    expect(jetstream.faults.fired.malformed).toBe(10);
  });

  it('may be of chosen kinds', async () => {
    jetstream.faults.set({ malformed: { every: 5, kinds: ['binary'] } });
    const collector = await subscribe();
    jetstream.inject(tenLikes());
    await collector.until(12);
    expect(collector.frames.filter((frame) => frame.startsWith('binary:'))).toHaveLength(2);
  });
});

describe('oversized', () => {
  it('sends a huge message whatever limit was asked for', async () => {
    jetstream.faults.set({ oversized: { every: 10, bytes: 1_500_000 } });
    const collector = await subscribe('maxMessageSizeBytes=1000&wantedCollections=app.bsky.feed.like');
    jetstream.inject(tenLikes());
    await collector.until(11);
    expect(collector.frames[10]?.length).toBeGreaterThan(1_500_000);
    expect(collector.messages[10]).toMatchObject({ commit: { collection: 'app.bsky.feed.like' } });
    expect(jetstream.faults.fired.oversized).toBe(1);
  });
});

describe('clamp', () => {
  it('moves an old cursor up', async () => {
    const minuteAgo = (Date.now() - 60_000) * 1000;
    jetstream.inject([{ ...like(ALICE, 'old'), time_us: minuteAgo }, like(ALICE, 'recent')]);
    jetstream.faults.set({ clamp: { lookbackMs: 5000 } });
    const collector = await (await (await subscribe(`cursor=${minuteAgo}`)).until(1)).settle();
    expect(rkeys(collector.messages)).toEqual(['recent']);
    expect(jetstream.faults.fired.clamp).toBe(1);
    await (await subscribe(`cursor=${collector.times[0]}`)).until(1);
    expect(jetstream.faults.fired.clamp).toBe(1);
  });
});

describe('control over HTTP', () => {
  const post = async (body: unknown): Promise<{ status: number; body: Message }> => {
    const response = await fetch(`${jetstream.httpUrl}/control`, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Message };
  };

  it('switches faults and tells how often they fired', async () => {
    expect((await post({ duplicate: { every: 2 }, stall: { after: 99 } })).body.faults).toEqual({
      duplicate: { every: 2 },
      stall: { after: 99 },
    });
    const collector = await subscribe();
    jetstream.inject(tenLikes());
    await collector.until(15);
    const told = (await (await fetch(`${jetstream.httpUrl}/control`)).json()) as Message;
    expect(told.fired).toMatchObject({ duplicate: 5, stall: 0, drop: 0 });
    expect(told.counters).toEqual({ connections: 1, open: 1, messages: 10, foreign: 0 });
    expect(told.log).toMatchObject({ length: 10, lastTimeUs: collector.times.at(-1) });
    expect((await post({ stall: null })).body.faults).toEqual({ duplicate: { every: 2 } });
    expect((await post({ clear: true, drop: { after: 1 } })).body.faults).toEqual({ drop: { after: 1 } });
  });

  it.each([{ weather: { after: 1 } }, { drop: {} }, { drop: true }, 7])('refuses %j', async (body) => {
    expect((await post(body)).status).toBe(400);
  });
});
