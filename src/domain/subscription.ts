// What a client of the stream wants, as Jetstream's `/subscribe` takes it: from the query, and from `options_update` messages.
import { isValidNsid } from '@atproto/syntax';
import { isObject } from './json.ts';
import type { Did, Json } from './model.ts';
import { type Refusal, refuse } from './outcome.ts';
import { validDid } from './uri.ts';

export interface Filter {
  /** Exact NSIDs, and beginnings that end in a dot; all when empty. */
  collections: string[];
  /** All when empty. */
  dids: Did[];
  /** UTF-8 bytes of a message; 0 is no limit. */
  maxBytes: number;
}

export interface Subscription {
  filter: Filter;
  /** Nothing is sent before the first `options_update`. */
  waitsForHello: boolean;
  /** Unix microseconds, inclusive; null for what comes from now on. */
  cursor: number | null;
}

export const MAX_WANTED = { collections: 100, dids: 10_000 };

export function readSubscription(query: URLSearchParams): Subscription | Refusal {
  if (query.get('compress') === 'true') return invalid('compress: this stream is not compressed');
  const cursor = query.get('cursor') ?? '';
  if (!/^\d{0,16}$/.test(cursor)) return invalid('cursor must be unix microseconds');
  const size = query.get('maxMessageSizeBytes') ?? '';
  const filter = readFilter({
    wantedCollections: query.getAll('wantedCollections'),
    wantedDids: query.getAll('wantedDids'),
    // Nonsense means no limit, as on Jetstream.
    maxMessageSizeBytes: /^\d{1,9}$/.test(size) ? Number(size) : 0,
  });
  if ('refusal' in filter) return filter;
  return { filter, waitsForHello: query.get('requireHello') === 'true', cursor: cursor === '' ? null : Number(cursor) };
}

/** Null for a message of another type, which is passed over. */
export function readUpdate(text: string): Filter | Refusal | null {
  let message: Json;
  try {
    message = JSON.parse(text) as Json;
  } catch {
    return invalid('the message is not JSON');
  }
  if (!isObject(message)) return invalid('the message is no object');
  if (message.type !== 'options_update') return null;
  const { payload } = message;
  return isObject(payload) ? readFilter(payload) : invalid('payload: must be an object');
}

function readFilter(options: { [name: string]: Json | undefined }): Filter | Refusal {
  const collections = strings(options.wantedCollections);
  const dids = strings(options.wantedDids);
  const maxBytes = options.maxMessageSizeBytes ?? 0;
  if (!collections || !dids) return invalid('wantedCollections and wantedDids must be lists of strings');
  if (collections.length > MAX_WANTED.collections) {
    return invalid(`wantedCollections: ${collections.length} are more than ${MAX_WANTED.collections}`);
  }
  if (dids.length > MAX_WANTED.dids) return invalid(`wantedDids: ${dids.length} are more than ${MAX_WANTED.dids}`);
  const strange = collections.find((name) => !isCollection(name));
  if (strange !== undefined)
    return invalid(`wantedCollections: ${strange.slice(0, 60)} is no NSID, nor one ending in .*`);
  const isNobody = (did: string): boolean => !validDid(did);
  const nobody = dids.find(isNobody);
  if (nobody !== undefined) return invalid(`wantedDids: ${nobody.slice(0, 60)} is no DID`);
  if (typeof maxBytes !== 'number' || !Number.isInteger(maxBytes))
    return invalid('maxMessageSizeBytes must be an integer');
  return { collections: collections.map((name) => name.replace(/\*$/, '')), dids, maxBytes: Math.max(0, maxBytes) };
}

/** What stands before `.*` may have one segment: `app.*`. */
const isCollection = (name: string): boolean =>
  name.length <= 317 && (name.endsWith('.*') ? /^[a-z0-9-]+(?:\.[a-zA-Z0-9-]+)*\.\*$/.test(name) : isValidNsid(name));

/** Judges events by their author and collection. Those of accounts have none, and come whatever collections are wanted. */
export function wantsOf({ collections, dids }: Filter): (did: Did, collection: string | null) => boolean {
  const exact = new Set(collections);
  const prefixes = collections.filter((name) => name.endsWith('.'));
  const people = new Set(dids);
  return (did, collection) =>
    (people.size === 0 || people.has(did)) &&
    (collection === null ||
      exact.size === 0 ||
      exact.has(collection) ||
      prefixes.some((prefix) => collection.startsWith(prefix)));
}

const invalid = (message: string): Refusal => refuse('InvalidRequest', message);

/** Each once; null where something else stands. */
function strings(value: Json | undefined): string[] | null {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return null;
  return [...new Set(value)];
}
