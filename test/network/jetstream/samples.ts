/** Made-up messages for the tests of the Jetstream server. */
import type { Message } from './wire.ts';

export const ALICE = 'did:plc:alicealicealicealicealic';
export const BOB = 'did:plc:bobbobbobbobbobbobbobbob';

export function like(did: string, rkey: string, collection = 'app.bsky.feed.like'): Message {
  const record = { $type: collection, createdAt: '2026-01-01T00:00:00.000Z' };
  const commit = { rev: '3mmoojp7vgo2g', operation: 'create', collection, rkey, record, cid: 'bafyreia' };
  return { did, kind: 'commit', commit };
}

export function account(did: string): Message {
  return { did, kind: 'account', account: { active: true, did, seq: 1, time: '2026-01-01T00:00:00.000Z' } };
}

export function identity(did: string): Message {
  return { did, kind: 'identity', identity: { did, handle: 'alice.test', seq: 2, time: '2026-01-01T00:00:00.000Z' } };
}

export function rkeys(messages: readonly Message[]): unknown[] {
  return messages.map(({ commit }) => (commit as Message | undefined)?.rkey);
}
