// The indexer as others see it: the one writer of the index, a Durable Object in production.
import type { RosterOrder } from '../domain/admission.ts';
import type { RecordEvent } from '../domain/event.ts';
import type { StaffChange } from '../domain/lockout.ts';
import type { AtUri, Did, Visibility } from '../domain/model.ts';
import type { Refusal } from '../domain/outcome.ts';
import type { TopWindow } from '../domain/post.ts';
import type { StreamStatus } from '../domain/status.ts';

export interface NewSpace {
  did: Did;
  handle: string | null;
  /** Primary hostname first; lower case, without a port. */
  hosts: string[];
  displayName: string;
  /** Held by the instance above what the profile says. */
  visibility: Visibility | null;
}

export type OperatorOrder =
  /** Read the repositories of one space, or of all, from the beginning; or no further: what was read stays. */
  | { order: 'backfill'; space: Did | null; act: 'start' | 'cancel' }
  /** Take nothing new for a space; or go on, and read what was passed over. */
  | { order: 'pause' | 'resume'; space: Did }
  /** Warn spaces in which nobody has written for so long, and archive those that were warned long ago; `afterMs` null: nobody any more. */
  | { order: 'archive'; afterMs: number | null }
  /** Take that back for one. */
  | { order: 'revive'; space: Did }
  /** Look for media that nobody is shown any more, and free what has been so for long enough. */
  | { order: 'sweep' }
  /** Keep out a DID, the URI of a record or the CID of a blob: what is held of it goes, and is not taken again. */
  | { order: 'block'; subject: string; why: string }
  | { order: 'unblock'; subject: string }
  /** An account wants nothing of it held, or is back. What the operator keeps out stays out. */
  | { order: 'forget' | 'return'; did: Did };

/** Answers are tagged values: error classes do not survive the way. */
export interface IndexerPort {
  /** Somebody reads: be on the stream. At most once a minute per isolate. */
  wake(): Promise<void>;
  /** The watchdog's round: an alarm that is lost or overdue is set again. */
  watch(): Promise<void>;
  /** Record events that did not come by the stream: snapshots, own writes. */
  admit(events: RecordEvent[]): Promise<{ records: number; refused: number }>;
  /** Follow a space from now on; the same DID again changes its hosts, handle and visibility. */
  addSpace(space: NewSpace): Promise<void>;
  /** Stop following and delete what is held of it, in slices. */
  removeSpace(did: Did): Promise<void>;
  /** Begins what the operator wants, and answers at once: whether there was something to do. */
  operate(order: OperatorOrder): Promise<boolean>;
  /** Keeps who comes and goes. False where there is nothing to do, or one too many. */
  roster(order: RosterOrder): Promise<boolean>;
  /** Asked before anything is done that may take a keeper from the space; null: it may be done, and counts as done from now on. */
  spare(space: Did, change: StaffChange): Promise<Refusal | null>;
  /** Make the list of best-liked posts anew if it is older than ten minutes. `section` '' is the whole space. */
  renewTop(space: Did, section: string, window: TopWindow): Promise<void>;
  /** Somebody listens to the space from now on: its object is to be told of every change. */
  listen(space: Did): Promise<void>;
  /** Asks the author's own server to prove a stored record now. False when too many were asked for of late. */
  verify(uri: AtUri): Promise<boolean>;
  status(): Promise<StreamStatus>;
}
