// A read's context over a database of its own.

import type { StreamStatus } from '../../src/domain/status.ts';
import { type ReadContext, SpaceCache } from '../../src/reads/index.ts';

export const STREAM: StreamStatus = {
  mode: 'live',
  connected: true,
  instance: 'wss://jetstream.test/subscribe',
  cursorUs: 1_767_225_600_000_000,
  lastMessageAt: 1_767_225_600_000,
  queued: 0,
};

/** Settings are read anew by every call, unless a test gives a cache. */
export function contextOf(db: D1Database, more: Partial<ReadContext> = {}): ReadContext {
  return {
    db,
    viewer: null,
    now: Date.UTC(2026, 0, 2),
    indexer: { renewTop: async () => {}, status: async () => STREAM, verify: async () => false },
    later: () => {},
    get spaces() {
      return new SpaceCache();
    },
    allowed: () => true,
    instance: 'did:web:localhost',
    ...more,
  };
}

/** A refusal where an answer was expected fails the test with its words. */
export function got<T extends object>(answer: T): Exclude<T, { refusal: string }> {
  if ('refusal' in answer) throw new Error(JSON.stringify(answer));
  return answer as Exclude<T, { refusal: string }>;
}
