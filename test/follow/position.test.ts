import { describe, expect, test } from 'vitest';
import {
  afterIdle,
  backoffMs,
  countsAnew,
  gapBefore,
  later,
  type Position,
  type Resumed,
  resumeAt,
} from '../../src/follow/position.ts';
import type { Mark } from '../../src/ports/stream.ts';

const HOUR_US = 3_600_000_000;
const MINUTE_US = 60_000_000;
const now = 1_790_000_000_000_000;
const at = (cursor: number, exact = true, instance = 'wss://one'): Position => ({
  ...{ instance, cursor, sequence: null, exact },
});
const numbered = (sequence: number, cursor = now, instance = 'wss://one'): Position => ({
  ...at(cursor, true, instance),
  sequence,
});
const mark = (timeUs: number, sequence: number | null = null): Mark => ({ timeUs, sequence });

describe('resuming', () => {
  test('is at the very cursor on the same instance, which is inclusive', () => {
    expect(resumeAt(at(now), 'wss://one')).toEqual(mark(now));
    expect(resumeAt(numbered(7), 'wss://one')).toEqual(mark(now, 7));
  });
  test('goes back two minutes on another instance, by time: its sequences are its own', () => {
    expect(resumeAt(at(now), 'wss://two')).toEqual(mark(now - 2 * MINUTE_US));
    expect(resumeAt(numbered(7), 'wss://one/v1')).toEqual(mark(now - 2 * MINUTE_US));
  });
  test('is at the live tip without a cursor', () => {
    expect(resumeAt(null, 'wss://one')).toBeNull();
  });
});

describe('a gap', () => {
  const resumed = (more: Partial<Resumed>): Resumed => ({
    ...{ position: at(now), instance: 'wss://one', connectedUs: now + 1_000, first: mark(now) },
    ...{ outdated: false, lookbackMs: 24 * 3_600_000, ...more },
  });
  const old = now - 25 * HOUR_US;
  test.each([
    ['none when the first message is the one last seen', {}, null],
    [
      'none when the cursor was the time of an idle connection',
      { position: at(now, false), first: mark(now + 5) },
      null,
    ],
    ['none on the very first connection', { position: null }, null],
    ['when the first message is later than the cursor', { first: mark(now + 1) }, 'clamped'],
    ['when another instance answers', { instance: 'wss://two', first: mark(now - 9) }, 'instance-changed'],
    ['when the cursor is older than the look-back', { position: at(old, false) }, 'expired'],
    ['when it is older than the look-back and nothing came', { position: at(old), first: null }, 'expired'],
    [
      'none after a sequence, though messages before the first were written over',
      { position: numbered(7), first: mark(now + 9, 9) },
      null,
    ],
    [
      'none after a sequence, however old its time says it is',
      { position: numbered(7, old), first: mark(now, 7) },
      null,
    ],
    ['when the server says that it has no more', { position: at(now, false), outdated: true }, 'expired'],
    ['when the server counts anew', { position: numbered(7), first: mark(now + 1, 3) }, 'instance-changed'],
  ] as const)('%s', (_, more, reason) => {
    const gap = gapBefore(resumed(more));
    expect(gap?.reason ?? null).toBe(reason);
    if (gap) {
      expect(gap.fromUs).toBe(resumed(more).position?.cursor);
      expect(gap.toUs).toBeGreaterThanOrEqual(gap.fromUs);
    }
  });
});

test('a server counts anew when it begins below the sequence it was asked for', () => {
  expect(countsAnew(numbered(7), 'wss://one', mark(now, 3))).toBe(true);
  expect(countsAnew(numbered(7), 'wss://one', mark(now, 7))).toBe(false);
  expect(countsAnew(numbered(7), 'wss://two', mark(now, 3))).toBe(false);
  expect(countsAnew(at(now), 'wss://one', mark(now, 3))).toBe(false);
});

describe('the later position', () => {
  test('is told by sequence where there are two, else by time; of another instance it is the new one', () => {
    expect(later(numbered(7), numbered(8, now - 5))).toEqual(numbered(8, now - 5));
    expect(later(numbered(7), numbered(6, now + 5))).toEqual(numbered(7));
    expect(later(numbered(7), at(now + 5, false))).toEqual(at(now + 5, false));
    expect(later(at(now), numbered(1, now - 5))).toEqual(at(now));
    expect(later(at(now), at(now - 5, true, 'wss://two'))).toEqual(at(now - 5, true, 'wss://two'));
    expect(later(at(now), null)).toEqual(at(now));
  });
});

describe('an idle drain', () => {
  test('moves the position to the time of connecting', () => {
    const idle = afterIdle('wss://one', now, mark(now - HOUR_US), now - HOUR_US);
    expect(idle.exact).toBe(false);
    expect(now - idle.cursor).toBeLessThanOrEqual(10_000_000);
  });
  test('keeps what was seen later', () => {
    expect(afterIdle('wss://one', now, mark(now + 7, 3), now)).toEqual(numbered(3, now + 7));
  });
  test('in the midst of catching up stays at what was seen', () => {
    expect(afterIdle('wss://one', now, mark(now - HOUR_US), now - 2 * HOUR_US)).toEqual(at(now - HOUR_US));
  });
});

test('waiting grows, is bounded by a minute and never the same for all', () => {
  expect(backoffMs(0, 0.5)).toBeLessThan(backoffMs(4, 0.5));
  expect(backoffMs(50, 0.999)).toBeLessThanOrEqual(60_000);
  expect(backoffMs(3, 0.1)).not.toBe(backoffMs(3, 0.9));
});
