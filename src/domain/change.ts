// What those who follow a space are told.
import type { AccountStatus, Did } from './model.ts';

/** A record's last version, or its end: deleted, hidden, or gone to another space. */
export interface RecordChange {
  is: 'record';
  seq: number;
  did: Did;
  collection: string;
  rkey: string;
  rev: string;
  /** Null at its end; the JSON as its author wrote it. */
  version: { cid: string; value: string } | null;
  /** Since when it shows, or showed last. */
  shownSeq: number;
}

export interface AccountChange {
  is: 'account';
  seq: number;
  did: Did;
  /** Null while the account's records show. */
  inactive: AccountStatus | null;
  /** When the account itself says it changed. */
  at: number;
}

export type Change = RecordChange | AccountChange;
