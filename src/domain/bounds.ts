// Bounds on every record from the network, whoever's lexicon it is.
import type { Drop } from './outcome.ts';
import { drop } from './outcome.ts';

export const BOUNDS = {
  /** UTF-16 units of the record as JSON; a row of D1 holds 2 MB, a JSON parameter 1 MB after escaping. */
  recordLength: 300_000,
  depth: 24,
  parts: 10_000,
};

/** Characters of a query string: below what the edge takes (16 KB), and beyond what any parameters of ours come to. */
export const MAX_QUERY = 12_288;

/** What is kept of one author: beyond it, more is refused and counted. */
export const LIMITS = {
  /** Live records in one space: a non-member's wait unseen, a member's are many. */
  pending: 200,
  author: 100_000,
  /** Records that refer to something not there; a long one counts as several. */
  waiting: 1_000,
  /** Deletions in one space that are remembered: beyond it none of what was never seen, and nothing new of a non-member's. */
  deletions: 1_000,
};

/** Characters of a waiting event's JSON after which it counts once more. */
export const WAITING_PART = 10_000;

/** Null when the value is within bounds. Counts every array element and object entry. */
export function exceedsBounds(value: unknown, jsonLength: number): Drop | null {
  if (jsonLength > BOUNDS.recordLength) return drop('too-large', `${jsonLength} characters of JSON`);
  let parts = 0;
  const walk = (part: unknown, depth: number): Drop | null => {
    if (part === null || typeof part !== 'object') return null;
    if (depth > BOUNDS.depth) return drop('too-deep', `deeper than ${BOUNDS.depth}`);
    const children = Object.values(part);
    parts += children.length;
    if (parts > BOUNDS.parts) return drop('too-many-parts', `more than ${BOUNDS.parts} parts`);
    for (const child of children) {
      const found = walk(child, depth + 1);
      if (found) return found;
    }
    return null;
  };
  return walk(value, 1);
}
