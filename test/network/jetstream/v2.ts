/**
 * Jetstream v2 over the same log: `network.bsky.jetstream.subscribeEvents`, whose sequence is the place in the log, from 1.
 * Frames are those of `xrpc.v1.json`, members in the real server's order.
 */
import { textFrame } from './frames.ts';
import type { EventLog } from './log.ts';
import { type Filter, InvalidOptions, parseCollections, parseDids, sizeLimit } from './options.ts';
import { isObject, type Message, parseObject } from './wire.ts';

export const SUBSCRIBE_EVENTS = 'network.bsky.jetstream.subscribeEvents';
/** At and above this a cursor is a time. */
const TIMES_FROM = 1_000_000_000_000_000;
const KINDS = ['commit', 'identity', 'account', 'sync'];
const V1_PARAMETERS = ['wantedDids', 'wantedCollections', 'requireHello', 'compress'];

export class CursorTooOld extends Error {
  constructor(sequence: number, floor: number) {
    super(`cursor ${sequence} is below the floor ${floor}`);
  }
}

export interface RequestV2 {
  readonly filter: Filter;
  readonly cursor: number | undefined;
}

export function parseRequestV2(query: URLSearchParams): RequestV2 {
  const old = V1_PARAMETERS.find((name) => query.has(name));
  if (old !== undefined) throw new InvalidOptions(`${old} is a parameter of /subscribe`);
  if (query.has('zstdDictionary')) throw new InvalidOptions('this server does not compress');
  const kinds = new Set(query.getAll('kinds'));
  for (const kind of kinds) if (!KINDS.includes(kind)) throw new InvalidOptions(`unknown kind: ${kind}`);
  const collections = parseCollections(query.getAll('collections'));
  if (collections && kinds.size > 0 && !kinds.has('commit'))
    throw new InvalidOptions('collections would never apply: kinds has no commit');
  const cursor = query.get('cursor') ?? '';
  if (!/^\d{0,16}$/.test(cursor)) throw new InvalidOptions(`invalid cursor: ${cursor}`);
  return {
    filter: {
      ...{ collections, dids: parseDids(query.getAll('dids')) },
      maxMessageSizeBytes: sizeLimit(query.get('maxMessageSizeBytes') ?? ''),
      kinds: kinds.size > 0 ? kinds : new Set(KINDS),
    },
    cursor: cursor === '' ? undefined : Number(cursor),
  };
}

/** Where to begin: a sequence that is gone is refused, a time that is gone is moved up, and the client told. */
export function startOfV2(
  log: EventLog,
  cursor: number | undefined,
  floorUs: number,
): { at: number; outdated: boolean } {
  if (cursor === undefined) return { at: log.length, outdated: false };
  const floor = log.indexAt(floorUs);
  if (cursor >= TIMES_FROM) {
    const at = cursor > Date.now() * 1000 ? log.length : log.indexAt(cursor);
    return { at: Math.max(at, floor), outdated: cursor < floorUs && at < floor };
  }
  const at = Math.max(0, cursor - 1);
  if (at >= log.length) return { at: log.length, outdated: false };
  if (at < floor) throw new CursorTooOld(cursor, floor + 1);
  return { at, outdated: false };
}

/** A line of the log as a v2 frame; one that is no message stays as it is. */
export function frameV2(line: Buffer, sequence: number, timeUs: number): Buffer {
  const message = parseObject(line.toString());
  const payload = message && payloadOf(message, sequence, timeUs);
  return payload ? textFrame(JSON.stringify({ $type: 'message', payload })) : textFrame(line);
}

export function infoFrame(name: string, message: string): Buffer {
  return textFrame(JSON.stringify({ $type: 'message', payload: { $type: `${SUBSCRIBE_EVENTS}#info`, message, name } }));
}

function payloadOf(message: Message, seq: number, timeUs: number): Message | undefined {
  const { did, kind, time_us: told } = message;
  if (typeof kind !== 'string' || !KINDS.includes(kind)) return undefined;
  const content = message[kind];
  const time = isoTime(typeof told === 'number' ? told : timeUs);
  const inner = kind === 'commit' && isObject(content) ? content : { [kind]: content };
  const members = Object.entries({ ...inner, did, seq, time }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { $type: `${SUBSCRIBE_EVENTS}#${kind}`, ...Object.fromEntries(members) };
}

function isoTime(us: number): string {
  const fraction = String(us % 1_000_000).padStart(6, '0');
  return new Date(Math.floor(us / 1_000_000) * 1000).toISOString().replace('000Z', `${fraction}Z`);
}
