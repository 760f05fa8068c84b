// Posts and replies by their words: the newest matches, the best of them first.
import type { Did } from '../../domain/model.ts';
import { type Fragment, raw, sql } from './fragment.ts';

/** Only the newest so many matches are ranked. */
export const RANKED = 1000;

export interface Asked {
  /** An FTS5 query. */
  match: string;
  /** What `match` was made of, in lower case. */
  words: string[];
  author: Did | null;
}

/**
 * Shown posts and replies: those with all words in their title, then those with the words side by side in title or excerpt,
 * then the others; each newest first. FTS5's own bm25 would walk every posting of every word, and of the space's token; so
 * does a search in one column for a word that is not in it.
 */
export function found({ match, words, author }: Asked, offset: number, limit: number): Fragment {
  const inTitle = words.reduce((all, word) => sql`${all} and instr(lower(p.title), ${word}) > 0`, raw('true'));
  const together = words.join(' ');
  const near = sql`instr(lower(p.title), ${together}) > 0 or instr(lower(p.excerpt), ${together}) > 0`;
  const by = author === null ? raw('') : sql`and p.did = ${author}`;
  return sql`select p.id, iif(${inTitle}, 2, 0) + iif(${near}, 1, 0) as key
    from (select rowid as id from search where search match ${match} order by rowid desc limit ${RANKED}) newest
    cross join post p on p.id = newest.id
    where p.hidden = 0 ${by} order by 2 desc, 1 desc limit ${limit} offset ${offset}`;
}
