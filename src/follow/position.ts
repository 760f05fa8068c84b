// Where the stream is resumed, and what was missed: pure policy over cursors in unix microseconds.

export interface Position {
  instance: string;
  cursor: number;
  /** Whether it is the time of a message seen there, and so can be expected to come again first. */
  exact: boolean;
}

export interface Gap {
  instance: string;
  fromUs: number;
  toUs: number;
  reason: 'expired' | 'clamped' | 'instance-changed';
}

/** How far another instance is asked to go back: its clock is its own. */
export const SWITCH_REWIND_US = 10_000_000;
/** Our clock may be ahead of the server's; what is repeated costs nothing. */
const CLOCK_MARGIN_US = 10_000_000;

/** A time further ahead of our clock than this was seen nowhere: no position is taken from it. */
const AHEAD_US = 3_600_000_000;

/** The position, or null when its time cannot be true. */
export const believable = (position: Position, nowMs: number): Position | null =>
  position.cursor <= nowMs * 1000 + AHEAD_US ? position : null;

/** What to ask an instance for. */
export function resumeAt(position: Position | null, instance: string): number | null {
  if (!position) return null;
  return position.instance === instance ? position.cursor : position.cursor - SWITCH_REWIND_US;
}

/**
 * Known once the first message has come, or an idle drain has shown that there is none (`firstUs` null: then the time of
 * connecting bounds what may be missing).
 */
export function gapBefore(
  position: Position | null,
  instance: string,
  connectedUs: number,
  firstUs: number | null,
  lookbackMs: number,
): Gap | null {
  if (!position) return null;
  const toUs = firstUs ?? connectedUs;
  const bounds = { instance, fromUs: position.cursor, toUs: Math.max(toUs, position.cursor) };
  if (position.instance !== instance) return { ...bounds, reason: 'instance-changed' };
  const expired = connectedUs - position.cursor > lookbackMs * 1000;
  if (expired && firstUs !== position.cursor) return { ...bounds, reason: 'expired' };
  return position.exact && firstUs !== null && firstUs > position.cursor ? { ...bounds, reason: 'clamped' } : null;
}

/**
 * After an idle drain the position is the time of connecting, unless something newer than what it was resumed at was seen:
 * silence in the midst of catching up shows no end.
 */
export function afterIdle(instance: string, connectedUs: number, lastSeenUs: number | null, fromUs: number): Position {
  const idle = connectedUs - CLOCK_MARGIN_US;
  if (lastSeenUs !== null && (lastSeenUs > fromUs || lastSeenUs >= idle))
    return { instance, cursor: lastSeenUs, exact: true };
  return { instance, cursor: idle, exact: false };
}

/** Milliseconds to wait before the nth try in a row, with jitter (`random` in [0, 1)). */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(60_000, 500 * 2 ** Math.min(failures, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

const TIME = /"time_us"\s*:\s*(\d{1,17})/;

/** The time of a raw message, without parsing it whole: the first `time_us` that stands in it. */
export function timeOf(raw: string | null): number | null {
  const found = raw === null ? null : TIME.exec(raw);
  return found ? Number(found[1]) : null;
}

/** The later position; of two instances, whose clocks do not compare, the new one's. */
export const later = (old: Position | null, next: Position | null): Position | null =>
  !next || (old && old.instance === next.instance && old.cursor >= next.cursor) ? old : next;
