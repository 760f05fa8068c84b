/** What a subscriber wants: parsed from the query and from `options_update` messages, as Jetstream v1 does. */
import { isDidString, isNsidString } from '@atproto/lex';
import { isObject, parseObject } from './wire.ts';

export const MAX_WANTED_COLLECTIONS = 100;
export const MAX_WANTED_DIDS = 10_000;

export class InvalidOptions extends Error {
  /** @param closeCode with which an open connection ends: 1007 for what cannot be read, 1008 for what is refused */
  constructor(
    what: string,
    readonly closeCode: 1007 | 1008 = 1008,
  ) {
    super(`invalid options: ${what}`);
  }
}

export interface Filter {
  readonly dids: ReadonlySet<string> | undefined;
  readonly collections: Collections | undefined;
  /** Zero is no limit. */
  readonly maxMessageSizeBytes: number;
  /** Of v2; without them all but `sync`, which v1 never tells. */
  readonly kinds?: ReadonlySet<string>;
}

interface Collections {
  readonly exact: ReadonlySet<string>;
  readonly prefixes: readonly string[];
}

export interface Request {
  readonly filter: Filter;
  readonly requireHello: boolean;
  /** Undefined for the live tip. */
  readonly cursor: number | undefined;
}

export function parseRequest(query: URLSearchParams): Request {
  if (query.get('compress') === 'true') throw new InvalidOptions('this server does not compress');
  return {
    filter: {
      collections: parseCollections(query.getAll('wantedCollections')),
      dids: parseDids(query.getAll('wantedDids')),
      maxMessageSizeBytes: sizeLimit(query.get('maxMessageSizeBytes') ?? ''),
    },
    requireHello: query.get('requireHello') === 'true',
    cursor: parseCursor(query.get('cursor') ?? ''),
  };
}

/** @returns undefined for a message of an unknown type, which is ignored */
export function parseUpdate(text: string): Filter | undefined {
  const message = parseObject(text);
  if (message === undefined) throw new InvalidOptions('bad SubscriberSourcedMessage envelope', 1007);
  if (message.type !== 'options_update') return undefined;
  const payload = message.payload ?? {};
  if (!isObject(payload)) throw badPayload();
  const size = payload.maxMessageSizeBytes ?? 0;
  if (typeof size !== 'number' || !Number.isInteger(size)) throw badPayload();
  return {
    collections: parseCollections(strings(payload.wantedCollections)),
    dids: parseDids(strings(payload.wantedDids)),
    maxMessageSizeBytes: Math.max(0, size),
  };
}

export function wantsCollection(collections: Collections, collection: string): boolean {
  return collections.exact.has(collection) || collections.prefixes.some((prefix) => collection.startsWith(prefix));
}

export function parseCollections(values: string[]): Collections | undefined {
  if (values.length === 0) return undefined;
  const exact = new Set<string>();
  const prefixes = new Set<string>();
  for (const value of values) {
    // The real server checks nothing of what stands before `.*`.
    if (value.endsWith('.*')) prefixes.add(value.slice(0, -1));
    else if (isNsidString(value)) exact.add(value);
    else throw new InvalidOptions(`invalid collection: ${value}`);
  }
  if (exact.size + prefixes.size > MAX_WANTED_COLLECTIONS) {
    throw new InvalidOptions(`too many wanted collections: > ${MAX_WANTED_COLLECTIONS}`);
  }
  return { exact, prefixes: [...prefixes] };
}

export function parseDids(values: string[]): Set<string> | undefined {
  if (values.length === 0) return undefined;
  const dids = new Set(values);
  for (const did of dids) if (!isDidString(did)) throw new InvalidOptions(`invalid DID: ${did}`);
  if (dids.size > MAX_WANTED_DIDS) {
    throw new InvalidOptions(`too many wanted DIDs: ${dids.size} > ${MAX_WANTED_DIDS}`);
  }
  return dids;
}

function parseCursor(value: string): number | undefined {
  if (value === '') return undefined;
  if (!/^\d{1,19}$/.test(value)) throw new InvalidOptions(`invalid cursor: ${value}`);
  return Number(value) || undefined;
}

/** Nonsense means no limit, as on the real server. */
export function sizeLimit(value: string): number {
  return /^\d{1,9}$/.test(value) ? Number(value) : 0;
}

function strings(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw badPayload();
  }
  return value;
}

function badPayload(): InvalidOptions {
  return new InvalidOptions('bad options_update payload', 1007);
}
