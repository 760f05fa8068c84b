// What reaches admission, from whatever source it came.
import type { AccountStatus, Did, JsonObject } from './model.ts';

/** One create, update or delete of one record. `record` and `cid` are null for a delete. */
export interface RecordEvent {
  kind: 'record';
  did: Did;
  collection: string;
  rkey: string;
  rev: string;
  /** An update implies an earlier version, so one that belongs nowhere removes it; a record of a snapshot is a `create`. */
  operation: 'create' | 'update' | 'delete';
  /** Read from the repository as a whole, not from an event: loses to an event of the same rev. */
  snapshot: boolean;
  cid: string | null;
  record: JsonObject | null;
  /** Had from the author's own server, over TLS or with its signature. Absent for what the stream says: it is unsigned. */
  proven?: true;
}

/** A handle or DID document may have changed: the name is resolved anew. */
export interface IdentityEvent {
  kind: 'identity';
  did: Did;
}

export interface AccountEvent {
  kind: 'account';
  did: Did;
  status: AccountStatus;
  /** The event's own time; events of one account are ordered by it. */
  at: number;
}

/** The repository says that its events do not show how it came to its state: it is to be read anew. */
export interface SyncEvent {
  kind: 'sync';
  did: Did;
}

export type StreamEvent = RecordEvent | IdentityEvent | AccountEvent | SyncEvent;
