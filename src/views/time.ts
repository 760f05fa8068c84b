import type { DatetimeString } from '@atproto/lex';

/** The last moment that a date of four digits can name. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Milliseconds since 1970 as the lexicons write times. */
export const datetime = (ms: number): DatetimeString =>
  new Date(Math.min(Math.max(ms, 0), LAST)).toISOString() as DatetimeString;
