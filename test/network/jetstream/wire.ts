/** Jetstream's messages, kept as v1 writes them: building them from repository events, and reading just enough of a line to file it. */
import { type LexValue, lexToJson } from '@atproto/lex';

export type Message = Record<string, unknown>;

/** What the log must know of a line: `collection` is absent unless it is a commit that names one. */
export interface Scan {
  did?: string;
  timeUs?: number;
  collection?: string;
  operation?: string;
  /** What kind of message it is, unless it is a commit. */
  kind?: string;
}

export interface CommitEvent {
  did: string;
  rev: string;
  operation: 'create' | 'update' | 'delete';
  collection: string;
  rkey: string;
  record?: LexValue;
  cid?: string;
}

/** Members in the order of the real server, whose records come out of a Go map: their keys are sorted. */
export function commitLine(event: CommitEvent, timeUs: number): string {
  const { did, rev, operation, collection, rkey } = event;
  const written = event.record === undefined ? {} : { record: sorted(lexToJson(event.record)), cid: event.cid };
  return JSON.stringify({
    did,
    time_us: timeUs,
    kind: 'commit',
    commit: { rev, operation, collection, rkey, ...written },
  });
}

export function accountLine(
  event: { did: string; active: boolean; seq: number; status?: string; time: string },
  timeUs: number,
): string {
  const { did, active, seq, status, time } = event;
  const account = { active, did, seq, ...(status === undefined ? {} : { status }), time };
  return JSON.stringify({ did, time_us: timeUs, kind: 'account', account });
}

/** Told to no subscriber of v1. */
export function syncLine(
  event: { did: string; rev: string; blocks: Uint8Array; seq: number; time: string },
  timeUs: number,
): string {
  const { did, rev, blocks, seq, time } = event;
  const sync = { blocks: { $bytes: Buffer.from(blocks).toString('base64') }, did, rev, seq, time };
  return JSON.stringify({ did, time_us: timeUs, kind: 'sync', sync });
}

export function identityLine(
  event: { did: string; handle?: string; seq: number; time: string },
  timeUs: number,
): string {
  const { did, handle, seq, time } = event;
  const identity = { did, ...(handle === undefined ? {} : { handle }), seq, time };
  return JSON.stringify({ did, time_us: timeUs, kind: 'identity', identity });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(keys.map(([key, inner]) => [key, sorted(inner)]));
}

/** Reads a line by parsing it; a line that is no JSON object has nothing to tell. */
export function scanJson(line: string): Scan {
  return scanMessage(parseObject(line) ?? {});
}

export function scanMessage(message: Message): Scan {
  const commit = message.kind === 'commit' && isObject(message.commit) ? message.commit : {};
  return {
    ...(typeof message.did === 'string' ? { did: message.did } : {}),
    ...(typeof message.time_us === 'number' ? { timeUs: message.time_us } : {}),
    ...(typeof commit.collection === 'string' ? { collection: commit.collection } : {}),
    ...(typeof commit.operation === 'string' ? { operation: commit.operation } : {}),
    ...(typeof message.kind === 'string' && message.kind !== 'commit' ? { kind: message.kind } : {}),
  };
}

export function parseObject(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const DID = Buffer.from('{"did":"');
const TIME = Buffer.from('","time_us":');
const COMMIT = Buffer.from(',"kind":"commit","commit":{');
const COLLECTION = Buffer.from('"collection":"');
const RECORD = Buffer.from('"record":');
const QUOTE = 0x22;

/** Reads a line in the real server's member order without parsing it; any other line takes the slow way. */
export function scanBytes(line: Buffer): Scan {
  const didEnd = line.indexOf(QUOTE, DID.length);
  if (!startsWith(line, DID, 0) || !startsWith(line, TIME, didEnd)) return scanJson(line.toString());
  let at = didEnd + TIME.length;
  let timeUs = 0;
  for (; isDigit(line[at]); at++) timeUs = timeUs * 10 + (line[at] ?? 0) - 0x30;
  const scan: Scan = { did: line.toString('latin1', DID.length, didEnd), timeUs };
  if (!startsWith(line, COMMIT, at)) return scanJson(line.toString());
  const start = line.indexOf(COLLECTION, at) + COLLECTION.length;
  const record = line.indexOf(RECORD, at);
  if (start < COLLECTION.length || (record !== -1 && record < start)) return scanJson(line.toString());
  scan.collection = line.toString('latin1', start, line.indexOf(QUOTE, start));
  return scan;
}

export function didOf(line: Buffer): string | undefined {
  if (!startsWith(line, DID, 0)) return scanJson(line.toString()).did;
  return line.toString('latin1', DID.length, line.indexOf(QUOTE, DID.length));
}

function startsWith(line: Buffer, part: Buffer, at: number): boolean {
  return at >= 0 && at + part.length <= line.length && line.compare(part, 0, part.length, at, at + part.length) === 0;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
