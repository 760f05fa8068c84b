// Times in words. Everything is UTC until a member sets a zone.
import { say } from './messages.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (n: number): string => String(n).padStart(2, '0');

/** `20 November 2026` */
export function dateWords(ms: number): string {
  const at = new Date(ms);
  return say.date(at.getUTCDate(), say.months[at.getUTCMonth()] ?? '', at.getUTCFullYear());
}

/** `20 November 2026, 09:51 UTC` */
export function timeWords(ms: number): string {
  const at = new Date(ms);
  return say.dateTime(dateWords(ms), `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`);
}

/** How long ago within the last week, else the date. */
export function agoWords(ms: number, now: number): string {
  const past = now - ms;
  if (past < MINUTE) return past < -MINUTE ? dateWords(ms) : say.justNow;
  if (past < HOUR) return say.minutesAgo(Math.floor(past / MINUTE));
  if (past < DAY) return say.hoursAgo(Math.floor(past / HOUR));
  if (past < 7 * DAY) return say.daysAgo(Math.floor(past / DAY));
  return dateWords(ms);
}

/** For `datetime`, to the second: `2026-11-20T09:51:00Z`. */
export const machineTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, -5)}Z`;
