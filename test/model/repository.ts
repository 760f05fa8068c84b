/** A repository as its own server keeps it: what was written to it, each write with a rev of its own. */
import type { RecordEvent } from '../../src/domain/event.ts';
import type { Did, JsonObject } from '../../src/domain/model.ts';
import { cidOf } from './cast.ts';
import { tid, tidMicros } from './tid.ts';

export interface Entry {
  collection: string;
  rkey: string;
  /** Null once it is deleted. */
  record: JsonObject | null;
}

export const uriIn = (did: Did, { collection, rkey }: Pick<Entry, 'collection' | 'rkey'>): string =>
  `at://${did}/${collection}/${rkey}`;

export class Repository {
  readonly did: Did;
  readonly entries = new Map<string, Entry>();
  head = '';
  private lastSnapshot = '';

  constructor(did: Did) {
    this.did = did;
  }

  put(collection: string, rkey: string, record: JsonObject, at: number): RecordEvent {
    const entry = this.entries.get(`${collection}/${rkey}`);
    this.entries.set(`${collection}/${rkey}`, { collection, rkey, record });
    const operation = entry?.record ? 'update' : 'create';
    return this.event({ collection, rkey, record }, this.next(at), operation, false);
  }

  remove(collection: string, rkey: string, at: number): RecordEvent {
    this.entries.set(`${collection}/${rkey}`, { collection, rkey, record: null });
    return this.event({ collection, rkey, record: null }, this.next(at), 'delete', false);
  }

  /** What a reader of the whole finds who asked for the rev before: of each rev one snapshot is enough. */
  snapshot(rev: string): RecordEvent[] {
    if (rev <= this.lastSnapshot) return [];
    this.lastSnapshot = rev;
    return [...this.entries.values()].map((entry) => this.event(entry, rev, entry.record ? 'create' : 'delete', true));
  }

  private event(entry: Entry, rev: string, operation: RecordEvent['operation'], snapshot: boolean): RecordEvent {
    const { collection, rkey, record } = entry;
    const cid = record && cidOf(hash(JSON.stringify(record)));
    return { kind: 'record', did: this.did, collection, rkey, rev, operation, snapshot, cid, record };
  }

  /** Revs only grow, whatever the clock says. */
  private next(at: number): string {
    const last = this.head === '' ? 0 : (tidMicros(this.head) as number);
    this.head = tid(Math.max(at * 1000, last + 1), 7);
    return this.head;
  }
}

function hash(text: string): number {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = (Math.imul(value, 31) + text.charCodeAt(i)) | 0;
  return value;
}
