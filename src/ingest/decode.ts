// A Jetstream message, as parsed JSON, becomes an event. Nothing of it is trusted; other kinds are passed over.
import { isValidNsid, isValidRecordKey } from '@atproto/syntax';
import type { StreamEvent } from '../domain/event.ts';
import { isObject } from '../domain/json.ts';
import type { JsonObject } from '../domain/model.ts';
import { type Drop, drop } from '../domain/outcome.ts';
import { isTid } from '../domain/tid.ts';
import { validDid } from '../domain/uri.ts';

const object = (value: unknown): JsonObject | null => (isObject(value) ? value : null);

const V2 = 'network.bsky.jetstream.subscribeEvents#';

/** What a message says, without the envelope of Jetstream v2. */
export const contentOf = (message: unknown): JsonObject | null => {
  const data = object(message);
  return data?.$type === 'message' ? object(data.payload) : data;
};

/** Null for kinds that say nothing to the index. */
export function decodeMessage(message: unknown): StreamEvent | Drop | null {
  const data = contentOf(message);
  if (!data) return drop('malformed', 'not an object');
  const { did, $type: type } = data;
  // In v2 a kind is named by its type, and a commit's members stand beside the others.
  const isV2 = typeof type === 'string' && type.startsWith(V2);
  const kind = isV2 ? type.slice(V2.length) : data.kind;
  if (isV2 && kind === 'info') return null;
  if (!validDid(did)) return drop('malformed', 'did is no DID');
  if (kind === 'commit') return decodeCommit(did, isV2 ? data : object(data.commit));
  if (kind === 'identity' || kind === 'sync') return { kind, did };
  if (kind === 'account') return decodeAccount(did, object(data.account));
  return null;
}

function decodeAccount(did: string, account: JsonObject | null): StreamEvent | Drop {
  if (!account || typeof account.active !== 'boolean') return drop('malformed', 'account without active');
  const at = typeof account.time === 'string' ? Date.parse(account.time) : Number.NaN;
  if (Number.isNaN(at)) return drop('malformed', 'account without a time');
  const reason = typeof account.status === 'string' ? account.status.slice(0, 64) : 'deactivated';
  return { kind: 'account', did, status: account.active ? 'active' : reason, at };
}

function decodeCommit(did: string, commit: JsonObject | null): StreamEvent | Drop {
  if (!commit) return drop('malformed', 'commit is missing');
  const { collection, rkey, rev, operation } = commit;
  if (typeof collection !== 'string' || !isValidNsid(collection)) return drop('malformed', 'collection is no NSID');
  if (typeof rkey !== 'string' || !isValidRecordKey(rkey)) return drop('malformed', 'rkey is no record key');
  if (!isTid(rev)) return drop('bad-rev', 'rev is no TID');
  const base = { kind: 'record', did, collection, rkey, rev, snapshot: false } as const;
  if (operation === 'delete') return { ...base, operation, cid: null, record: null };
  if (operation !== 'create' && operation !== 'update') return drop('malformed', 'unknown operation');
  const record = object(commit.record);
  if (!record) return drop('malformed', 'record is missing');
  if (typeof commit.cid !== 'string' || commit.cid.length > 128) return drop('malformed', 'cid is missing');
  return { ...base, operation, cid: commit.cid, record };
}
