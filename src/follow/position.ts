// Where the stream is resumed, and what was missed: pure policy over times in unix microseconds and, where a stream has them, sequences.
import type { Mark } from '../ports/stream.ts';

export interface Position {
  instance: string;
  /** Time of the last message, by that instance's clock. */
  cursor: number;
  /** Its sequence; means something to that instance alone. */
  sequence: number | null;
  /** Whether it is the time of a message seen there, and so can be expected to come again first. */
  exact: boolean;
}

export interface Gap {
  instance: string;
  fromUs: number;
  toUs: number;
  reason: 'expired' | 'clamped' | 'instance-changed';
}

/** How far another instance is asked to go back: its clock is its own, and it may be behind the one that was left. */
export const SWITCH_REWIND_US = 120_000_000;
/** Our clock may be ahead of the server's; what is repeated costs nothing. */
const CLOCK_MARGIN_US = 10_000_000;

/** A time further ahead of our clock than this was seen nowhere: no position is taken from it. */
const AHEAD_US = 3_600_000_000;

/** The position, or null when its time cannot be true. */
export const believable = (position: Position, nowMs: number): Position | null =>
  position.cursor <= nowMs * 1000 + AHEAD_US ? position : null;

/** The position at a message seen there. */
export const positionAt = (instance: string, { timeUs, sequence }: Mark): Position => ({
  ...{ instance, cursor: timeUs, sequence, exact: true },
});

/** A position by time alone, as another instance takes it. */
export const rewound = (position: Position): Position => ({
  ...position,
  ...{ cursor: position.cursor - SWITCH_REWIND_US, sequence: null, exact: false },
});

/** What to ask an instance for. */
export function resumeAt(position: Position | null, instance: string): Mark | null {
  if (!position) return null;
  const { cursor, sequence } = position.instance === instance ? position : rewound(position);
  return { timeUs: cursor, sequence };
}

/** Whether an instance counts anew: it is another one behind the same address, and this sequence means nothing to it. */
export const countsAnew = (position: Position | null, instance: string, first: Mark | null): boolean =>
  position?.instance === instance &&
  position.sequence !== null &&
  typeof first?.sequence === 'number' &&
  first.sequence < position.sequence;

export interface Resumed {
  position: Position | null;
  instance: string;
  connectedUs: number;
  /** The first message; null after an idle drain: then the time of connecting bounds what may be missing. */
  first: Mark | null;
  /** The server said that it goes on from later than was asked for. */
  outdated: boolean;
  lookbackMs: number;
}

/** Known once the first message has come, or an idle drain has shown that there is none. */
export function gapBefore({ position, instance, connectedUs, first, outdated, lookbackMs }: Resumed): Gap | null {
  if (!position) return null;
  const toUs = first?.timeUs ?? connectedUs;
  const bounds = { instance, fromUs: position.cursor, toUs: Math.max(toUs, position.cursor) };
  if (position.instance !== instance || countsAnew(position, instance, first))
    return { ...bounds, reason: 'instance-changed' };
  if (outdated) return { ...bounds, reason: 'expired' };
  // An instance that was asked by sequence refuses what it has no more, and may leave out what was written over since.
  if (position.sequence !== null) return null;
  const expired = connectedUs - position.cursor > lookbackMs * 1000;
  if (expired && first?.timeUs !== position.cursor) return { ...bounds, reason: 'expired' };
  return position.exact && first !== null && first.timeUs > position.cursor ? { ...bounds, reason: 'clamped' } : null;
}

/**
 * After an idle drain the position is the time of connecting, unless something newer than what it was resumed at was seen:
 * silence in the midst of catching up shows no end.
 */
export function afterIdle(instance: string, connectedUs: number, last: Mark | null, fromUs: number): Position {
  const idle = connectedUs - CLOCK_MARGIN_US;
  if (last !== null && (last.timeUs > fromUs || last.timeUs >= idle)) return positionAt(instance, last);
  return { instance, cursor: idle, sequence: null, exact: false };
}

/** Milliseconds to wait before the nth try in a row, with jitter (`random` in [0, 1)). */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(60_000, 500 * 2 ** Math.min(failures, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

/** The later position; of two instances, whose clocks do not compare, the new one's. */
export function later(old: Position | null, next: Position | null): Position | null {
  if (!next || !old || old.instance !== next.instance) return next ?? old;
  const bySequence = old.sequence !== null && next.sequence !== null;
  const [from, to] = bySequence ? [old.sequence ?? 0, next.sequence ?? 0] : [old.cursor, next.cursor];
  return from >= to ? old : next;
}
