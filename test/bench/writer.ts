/** Writes Jetstream lines to a file and remembers, apart from any code of the index, what must become of them. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Did, JsonObject } from '../../src/domain/model.ts';
import { Dice } from '../model/dice.ts';
import { tid } from '../model/tid.ts';

/** What must be held of a record once all lines are read. */
export interface Held {
  uri: string;
  did: Did;
  cid: string;
  /** Of a reply, the URI of its thread's root; of a like, what it is for. */
  root: string | null;
  subject: string | null;
  collection: string;
  rkey: string;
}

export interface Expected {
  /** Live records by URI. */
  held: Map<string, Held>;
  /** The first lines: what has been before the stream that the file holds. */
  past: string[];
  /** Whose they are. */
  authors: Did[];
  lines: number;
  bytes: number;
  /** `time_us` of the last line. */
  endUs: number;
}

const STEP_US = 20_000;
const FLUSH_BYTES = 4_000_000;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

const base32 = (number: number, length: number): string => {
  let text = '';
  for (let rest = number; text.length < length; rest = Math.floor(rest / 32)) text = BASE32[rest % 32] + text;
  return text;
};

/** A valid `did:plc`, another one for each number, as random as they are. */
export function didOf(number: number): Did {
  const dice = new Dice(number);
  const random = Array.from({ length: 18 }, () => BASE32[dice.below(32)]).join('');
  return `did:plc:${random}${base32(number, 6)}`;
}
/** A valid CID, another one for each number. */
const cidOf = (number: number): string => `bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4ruj${base32(number, 10)}udirz2a`;

export class LineWriter {
  readonly expected: Expected = { held: new Map(), past: [], authors: [], lines: 0, bytes: 0, endUs: 0 };
  private readonly file: number;
  private pending: string[] = [];
  private pendingBytes = 0;
  private readonly past: number;
  private timeUs: number;
  private made = 0;

  /** The first `past` lines are kept apart from the file. */
  constructor(path: string, startMs: number, past = 0) {
    this.past = past;
    this.file = openSync(path, 'w');
    this.timeUs = startMs * 1000;
  }

  /** `createdAt` of what the next line says. */
  get nextTime(): string {
    return new Date((this.timeUs + STEP_US) / 1000).toISOString();
  }

  put(did: Did, collection: string, record: JsonObject, { belongs, rkey }: { belongs: boolean; rkey?: string }): Held {
    const rev = tid(this.tick());
    const key = rkey ?? rev;
    const uri = `at://${did}/${collection}/${key}`;
    const cid = cidOf(++this.made);
    const operation = rkey !== undefined && this.expected.held.has(uri) ? 'update' : 'create';
    const body = { $type: collection, ...record };
    this.commit(did, { rev, operation, collection, rkey: key, record: body, cid });
    const [root, subject] = [refOf(record.root), refOf(record.subject)];
    const held = { uri, did, cid, root, subject, collection, rkey: key };
    if (belongs) this.expected.held.set(uri, held);
    return held;
  }

  /** An update or delete of a record that no line created: someone else's. */
  foreign(did: Did, collection: string, rkey: string, record?: JsonObject): void {
    const base = { rev: tid(this.tick()), operation: record ? 'update' : 'delete', collection, rkey };
    const body = record && { record: { $type: collection, ...record }, cid: cidOf(++this.made) };
    this.commit(did, { ...base, ...body });
  }

  delete({ uri, did, collection, rkey }: Held): void {
    this.commit(did, { rev: tid(this.tick()), operation: 'delete', collection, rkey });
    this.expected.held.delete(uri);
  }

  identity(did: Did, handle: string): void {
    const time_us = this.tick();
    this.line({ did, time_us, kind: 'identity', identity: { did, handle, seq: time_us, time: isoOf(time_us) } });
  }

  account(did: Did, active: boolean): void {
    const time_us = this.tick();
    const account = { active, did, seq: time_us, time: isoOf(time_us), ...(active ? {} : { status: 'deactivated' }) };
    this.line({ did, time_us, kind: 'account', account });
  }

  close(): Expected {
    this.flush();
    closeSync(this.file);
    return this.expected;
  }

  private commit(did: Did, commit: object): void {
    this.line({ did, time_us: this.timeUs, kind: 'commit', commit });
  }

  private tick(): number {
    this.timeUs += STEP_US;
    return this.timeUs;
  }

  private line(message: object): void {
    const line = `${JSON.stringify(message)}\n`;
    if (this.expected.past.length < this.past) {
      this.expected.past.push(line);
      return;
    }
    this.pending.push(line);
    this.pendingBytes += line.length;
    this.expected.lines++;
    this.expected.bytes += line.length;
    this.expected.endUs = this.timeUs;
    if (this.pendingBytes > FLUSH_BYTES) this.flush();
  }

  private flush(): void {
    writeSync(this.file, this.pending.join(''));
    this.pending = [];
    this.pendingBytes = 0;
  }
}

const isoOf = (us: number): string => new Date(us / 1000).toISOString();
const refOf = (value: unknown): string | null =>
  value !== null && typeof value === 'object' && 'uri' in value && typeof value.uri === 'string' ? value.uri : null;
