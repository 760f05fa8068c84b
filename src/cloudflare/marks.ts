// Where a Jetstream message stands: by its time in v1, by sequence and time in v2.
import type { Mark } from '../ports/stream.ts';

const TIME_US = /"time_us"\s*:\s*(\d{1,17})/;

/** The time of a raw v1 message, without parsing it whole: the first `time_us` that stands in it. */
export function timeOf(raw: string | null): Mark | null {
  const found = raw === null ? null : TIME_US.exec(raw);
  return found ? { timeUs: Number(found[1]), sequence: null } : null;
}

export function timeIn(message: unknown): Mark | null {
  const time = (message as { time_us?: unknown } | null)?.time_us;
  return typeof time === 'number' && Number.isSafeInteger(time) && time > 0 ? { timeUs: time, sequence: null } : null;
}

/** At and above this v2 reads a cursor as a time. */
export const TIMES_FROM = 1_000_000_000_000_000;

/** Members come in any order, and the upstream's own `seq` may stand first: such a text must be parsed whole. */
export const sequenceOf = (raw: string | null): Mark | null => (raw === null ? null : sequenceIn(parseJson(raw)));

export function sequenceIn(frame: unknown): Mark | null {
  const { seq, time } = payloadOf(frame) ?? {};
  const timeUs = typeof time === 'string' ? microseconds(time) : null;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1 || seq >= TIMES_FROM || timeUs === null)
    return null;
  return { timeUs, sequence: seq };
}

/** `Date.parse` cuts off what is below a millisecond. */
const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** Unix microseconds of an RFC 3339 time. */
export function microseconds(time: string): number | null {
  const [, seconds, fraction = '', zone] = TIME.exec(time) ?? [];
  const ms = Date.parse(`${seconds}${zone}`);
  return Number.isNaN(ms) ? null : ms * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

/** What is in the envelope of v2. */
export function payloadOf(frame: unknown): Record<string, unknown> | undefined {
  const payload = (frame as { payload?: unknown } | null | undefined)?.payload;
  return payload !== null && typeof payload === 'object' ? (payload as Record<string, unknown>) : undefined;
}

/** Undefined for what is no JSON. */
export function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
