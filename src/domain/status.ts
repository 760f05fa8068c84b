// How the instance stands: its stream, its gaps, what it reads, and its spaces as the operator sees them.
import type { Did, Visibility } from './model.ts';

export interface Gap {
  id: number;
  fromUs: number;
  toUs: number;
  reason: string;
  /** When repositories began to be read for it. */
  fillingAt: number | null;
  closedAt: number | null;
}

/** How far the reading of repositories is. Known are all that were ever asked for. */
export interface Backfill {
  known: number;
  waiting: number;
  done: number;
  failed: number;
  gone: number;
  /** Records in their last readings. */
  records: number;
  /** Records read in the last minute. */
  perMinute: number;
  /** Records that repeated readings found missing, old or deleted. */
  repaired: number;
  /** Whether repositories are still being looked for. */
  searching: boolean;
  /** Servers that repositories wait for, those with most first. */
  hosts: { host: string; waiting: number; error: string | null }[];
}

export interface Counts {
  /** Absent where one space was asked for. */
  spaces: number | null;
  posts: number;
  replies: number;
  members: number;
}

export interface Status {
  stream: StreamStatus;
  gaps: Gap[];
  drops: { reason: string; count: number }[];
  counts: Counts;
  backfill: Backfill;
  proofs: ProofCounts;
}

/** Since the instance began to count; `pending` as of now. */
export interface ProofCounts {
  verified: number;
  forged: number;
  pending: number;
}

/** How the stream stands, in the words of `getStatus`. Times in microseconds are unix time by the stream's clock. */
export interface StreamStatus {
  mode: string;
  connected: boolean;
  instance: string | null;
  cursorUs: number | null;
  /** Milliseconds since 1970 of the last message, whatever it was about. */
  lastMessageAt: number | null;
  /** Messages received and not yet admitted. */
  queued: number;
}

/** A space as the operator sees it, whoever else may. */
export interface OperatorSpace {
  did: Did;
  handle: string | null;
  /** Primary hostname first. */
  hosts: string[];
  displayName: string;
  /** What the instance holds above the profile. */
  held: Visibility | null;
  /** What the profile says; null where it says nothing. */
  said: string | null;
  roster: 'public' | 'private';
  hasProfile: boolean;
  posts: number;
  replies: number;
  members: number;
  /** All that is held, shown or not. */
  records: number;
  addedAt: number;
  /** Nothing new is taken since; null: it is. */
  pausedAt: number | null;
  /** The same, because nobody has written for long. */
  archivedAt: number | null;
}
