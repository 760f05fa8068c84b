import { describe, expect, test } from 'vitest';
import type { Backfill, Status, StreamStatus } from '../../src/domain/status.ts';
import { statusView } from '../../src/views/status.ts';

const NOW = Date.UTC(2026, 0, 1);
const stream: StreamStatus = {
  mode: 'adaptive',
  connected: true,
  instance: null,
  cursorUs: NOW * 1000,
  lastMessageAt: NOW,
  queued: 0,
};

const NOTHING: Backfill = {
  ...{ known: 0, waiting: 0, done: 0, failed: 0, gone: 0, records: 0, perMinute: 0, repaired: 0 },
  ...{ searching: false, hosts: [] },
};

const view = (more: Partial<StreamStatus>, rest: Partial<Status> = {}) =>
  statusView(
    {
      stream: { ...stream, ...more },
      gaps: [],
      drops: [],
      counts: { spaces: 0, posts: 0, replies: 0, members: 0 },
      backfill: NOTHING,
      proofs: { verified: 0, forged: 0, pending: 0 },
      ...rest,
    },
    NOW,
    '1',
  );

describe('the lag', () => {
  test('is the age of the cursor while messages come', () => {
    expect(view({ cursorUs: (NOW - 90_000) * 1000, lastMessageAt: NOW - 100 }).stream.lagMs).toBe(90_000);
    expect(view({ cursorUs: (NOW - 90_000) * 1000, lastMessageAt: NOW - 5000, queued: 1 }).stream.lagMs).toBe(90_000);
  });

  test('is nothing on a quiet stream', () => {
    expect(view({ cursorUs: (NOW - 90_000) * 1000, lastMessageAt: NOW - 2000 }).stream.lagMs).toBe(0);
  });

  test('grows while away from the stream, and is unknown before the first event', () => {
    expect(view({ connected: false, cursorUs: (NOW - 5000) * 1000, lastMessageAt: NOW - 5000 }).stream.lagMs).toBe(
      5000,
    );
    expect(view({ cursorUs: null, lastMessageAt: null }).stream.lagMs).toBeUndefined();
  });

  test('is never below nothing: the clock is of another', () => {
    expect(view({ cursorUs: (NOW + 5000) * 1000 }).stream.lagMs).toBe(0);
  });
});

test('times beyond what a date can say are given as the last one', () => {
  const gaps = [{ id: 1, fromUs: 0, toUs: Number.MAX_SAFE_INTEGER, reason: 'expired', fillingAt: null, closedAt: 1 }];
  expect(view({}, { gaps }).gaps[0]).toMatchObject({ from: '1970-01-01T00:00:00.000Z', state: 'filled' });
  expect(
    view({}, { gaps: [{ id: 1, fromUs: 0, toUs: 9e18, reason: 'x', fillingAt: null, closedAt: null }] }).gaps[0]?.to,
  ).toMatch(/^9999-/);
});
