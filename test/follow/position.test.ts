import { describe, expect, test } from 'vitest';
import { afterIdle, backoffMs, gapBefore, type Position, resumeAt, timeOf } from '../../src/follow/position.ts';

const HOUR_US = 3_600_000_000;
const DAY_MS = 24 * 3_600_000;
const now = 1_790_000_000_000_000;
const at = (cursor: number, exact = true, instance = 'wss://one'): Position => ({ instance, cursor, exact });

describe('resuming', () => {
  test('is at the very cursor on the same instance, which is inclusive', () => {
    expect(resumeAt(at(now), 'wss://one')).toBe(now);
  });
  test('goes back some seconds on another instance', () => {
    expect(resumeAt(at(now), 'wss://two')).toBeLessThanOrEqual(now - 5_000_000);
  });
  test('is at the live tip without a cursor', () => {
    expect(resumeAt(null, 'wss://one')).toBeNull();
  });
});

describe('a gap', () => {
  test.each([
    ['none when the first message is the one last seen', at(now), 'wss://one', now, null],
    ['none when the cursor was the time of an idle connection', at(now, false), 'wss://one', now + 5, null],
    ['none on the very first connection', null, 'wss://one', now, null],
    ['when the first message is later than the cursor', at(now), 'wss://one', now + 1, 'clamped'],
    ['when another instance answers', at(now), 'wss://two', now - 9, 'instance-changed'],
    ['when the cursor is older than the look-back', at(now - 25 * HOUR_US, false), 'wss://one', now, 'expired'],
    ['when it is older than the look-back and nothing came', at(now - 25 * HOUR_US), 'wss://one', null, 'expired'],
  ] as const)('%s', (_, position, instance, first, reason) => {
    const gap = gapBefore(position, instance, now + 1_000, first, DAY_MS);
    expect(gap?.reason ?? null).toBe(reason);
    if (gap) {
      expect(gap.fromUs).toBe(position?.cursor);
      expect(gap.toUs).toBeGreaterThanOrEqual(gap.fromUs);
    }
  });
});

describe('an idle drain', () => {
  test('moves the position to the time of connecting', () => {
    const idle = afterIdle('wss://one', now, now - HOUR_US, now - HOUR_US);
    expect(idle.exact).toBe(false);
    expect(now - idle.cursor).toBeLessThanOrEqual(10_000_000);
  });
  test('keeps what was seen later', () => {
    expect(afterIdle('wss://one', now, now + 7, now)).toEqual(at(now + 7));
  });
  test('in the midst of catching up stays at what was seen', () => {
    expect(afterIdle('wss://one', now, now - HOUR_US, now - 2 * HOUR_US)).toEqual(at(now - HOUR_US));
  });
});

test('waiting grows, is bounded by a minute and never the same for all', () => {
  expect(backoffMs(0, 0.5)).toBeLessThan(backoffMs(4, 0.5));
  expect(backoffMs(50, 0.999)).toBeLessThanOrEqual(60_000);
  expect(backoffMs(3, 0.1)).not.toBe(backoffMs(3, 0.9));
});

test('the time of a raw message is read without parsing it', () => {
  expect(timeOf(`{"did":"did:plc:a","time_us":${now},"kind":"identity"}`)).toBe(now);
  expect(timeOf('{"kind":"identity"}')).toBeNull();
});
