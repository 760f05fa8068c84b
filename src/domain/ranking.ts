// Sort times and scores. Stored, so that no list needs re-sorting as time passes.
import type { JsonObject } from './model.ts';
import { tidTime } from './tid.ts';

/** What a doubling of likes is worth: as if the post were this much younger. Also in the triggers of migrations/. */
export const HOT_DOUBLING = 8 * 60 * 60 * 1000;
/** Likes beyond 2^20 lift no further. */
const MAX_DOUBLINGS = 20;

/** Binary logarithm, linear between powers of two, in whole milliseconds: SQLite in D1 has no `log`, and both must agree. */
export function hotScore(sortAt: number, likes: number): number {
  const n = Math.min(Math.max(likes, 0) + 1, 2 ** MAX_DOUBLINGS);
  const power = Math.floor(Math.log2(n));
  const base = 2 ** power;
  return sortAt + HOT_DOUBLING * power + Math.floor((HOT_DOUBLING * (n - base)) / base);
}

/**
 * The least of `createdAt` (`publishedAt` in `site.standard.document`) and the rev's time; a nonsense date says nothing, one
 * before 1970 is 1970.
 */
export function sortTime(record: JsonObject | null, rev: string): number {
  const said = record?.createdAt ?? record?.publishedAt;
  const made = typeof said === 'string' ? Date.parse(said) : Number.NaN;
  const written = tidTime(rev);
  return Number.isNaN(made) ? written : Math.max(0, Math.min(made, written));
}
