/** Delivery over connections that a test holds in its hands: slow ones, late ones, and an index that cannot be read. */
import { beforeEach, describe, expect, test } from 'vitest';
import { ANYONE } from '../../src/domain/access.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Space } from '../../src/domain/model.ts';
import { Delivery, SLOW_MS, UNSENT } from '../../src/listen/delivery.ts';
import type { Listener, ListenerState } from '../../src/ports/listeners.ts';

const SPACE = 'did:plc:space';
const PAGE = 5;
const open = { visibility: 'public', discovery: { home: null, external: true, instances: [] } } as unknown as Space;

class FakeListener implements Listener {
  state: ListenerState;
  heard: number[] = [];
  closed: { code: number; reason: string } | null = null;
  unsent = 0;
  /** Bytes that each message leaves unread. */
  leaves = 0;

  constructor(position: number) {
    const filter = { collections: [], dids: [], maxBytes: 0 };
    const heard = { minute: 0, count: 0 };
    this.state = { space: SPACE, caller: ANYONE, filter, waitsForHello: false, position, heard };
  }

  keep(state: ListenerState): void {
    this.state = state;
  }
  send(text: string): void {
    this.heard.push((JSON.parse(text) as { time_us: number }).time_us);
    this.unsent += this.leaves;
  }
  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
  }
  get isOpen(): boolean {
    return this.closed === null;
  }
}

let listeners: FakeListener[];
let changes: Change[];
let now: number;
let reads: number[];
let onWait: () => void;
let read: () => void;
let delivery: Delivery;

const change = (seq: number): Change => ({
  ...{ is: 'record', seq, did: 'did:plc:ann', collection: 'a.b.c', rkey: `r${seq}`, rev: `rev${seq}`, shownSeq: seq },
  version: { cid: 'cid', value: '{}' },
});
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

beforeEach(() => {
  [listeners, changes, reads, now] = [[], upTo(20).map(change), [], 1_000_000];
  [onWait, read] = [() => undefined, () => undefined];
  delivery = new Delivery({
    ...{ clock: { now: () => now }, here: 'did:web:here.example', log: () => undefined },
    door: { all: () => listeners, from: () => 0, accept: () => Promise.reject(new Error()) as never },
    read: async (_, after) => {
      read();
      reads.push(after);
      const left = changes.filter(({ seq }) => seq > after);
      const page = left.slice(0, PAGE);
      return { space: open, changes: page, upTo: page.at(-1)?.seq ?? after, isLast: left.length <= PAGE };
    },
    wait: async (ms) => {
      now += ms;
      onWait();
    },
  });
});

const arrive = (position: number): FakeListener => {
  const listener = new FakeListener(position);
  listeners.push(listener);
  return listener;
};

test('who stands alike is told from one read', async () => {
  for (let i = 0; i < 50; i++) arrive(18);
  await delivery.run();
  for (const { heard } of listeners) expect(heard).toEqual([19, 20]);
  expect(reads).toEqual([18]);
});

test('one who begins far back keeps nobody waiting, and is told all', async () => {
  const late = arrive(0);
  const live = arrive(20);
  changes.push(change(21));
  const order: number[] = [];
  live.send = (text) => void order.push(late.heard.length, (JSON.parse(text) as { time_us: number }).time_us);
  await delivery.run();
  expect(late.heard).toEqual(upTo(21));
  expect(order[1]).toBe(21);
  expect(order[0]).toBeLessThanOrEqual(PAGE);
});

test('news while news is told is told too', async () => {
  const listener = arrive(20);
  changes.push(change(21));
  read = () => {
    read = () => undefined;
    changes.push(change(22));
    void delivery.run();
  };
  await delivery.run();
  expect(listener.heard).toEqual([21, 22]);
});

describe('a slow reader', () => {
  test('is sent no more than a bound, and goes on where it stood when it has read', async () => {
    const slow = arrive(0);
    const quick = arrive(0);
    slow.leaves = UNSENT.one / PAGE;
    let most = 0;
    onWait = () => {
      most = Math.max(most, slow.unsent);
      expect(quick.heard).toEqual(upTo(20));
      slow.unsent = 0;
    };
    await delivery.run();
    expect(slow.heard).toEqual(upTo(20));
    expect(most).toBeLessThanOrEqual(2 * UNSENT.one);
    expect(slow.closed).toBeNull();
  });

  test('that does not read is cut off, with the reason and where it may go on; nobody else is', async () => {
    const stuck = arrive(0);
    stuck.leaves = UNSENT.one / PAGE;
    const quick = arrive(0);
    const begin = now;
    await delivery.run();
    expect(stuck.closed).toEqual({ code: 1013, reason: expect.stringMatching(/^too slow: \d+ bytes .*resume at 5$/) });
    expect(stuck.closed?.reason.length).toBeLessThan(120);
    expect(stuck.heard).toEqual(upTo(PAGE));
    expect(now - begin).toBeGreaterThan(SLOW_MS);
    expect(quick).toMatchObject({ closed: null, heard: upTo(20) });
  });

  test('waits when all together leave too much unread', async () => {
    const many = Array.from({ length: 40 }, () => arrive(0));
    for (const listener of many) listener.leaves = (UNSENT.one * 0.95) / PAGE;
    let most = 0;
    onWait = () => {
      most = Math.max(
        most,
        many.reduce((sum, { unsent }) => sum + unsent, 0),
      );
      for (const listener of many) listener.unsent = 0;
    };
    await delivery.run();
    for (const { heard } of many) expect(heard).toEqual(upTo(20));
    expect(most).toBeLessThanOrEqual(UNSENT.all + 40 * UNSENT.one);
  });
});

test('an index that cannot be read for a moment loses nothing; for longer, connections end with the place to resume', async () => {
  const listener = arrive(0);
  let failures = 3;
  read = () => {
    if (failures-- > 0) throw new Error('no answer');
  };
  await delivery.run();
  expect(listener).toMatchObject({ closed: null, heard: upTo(20) });
  changes.push(change(21));
  failures = 1_000;
  await delivery.run();
  expect(listener.closed).toEqual({ code: 1011, reason: expect.stringMatching(/resume at 20$/) });
});
