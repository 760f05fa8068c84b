// Posts and replies of a space by the words in them.
import { readCursor, writeCursor } from '../db/page.ts';
import { hydrate, type PostFacts } from '../db/queries/hydrate.ts';
import { found, RANKED } from '../db/queries/search.ts';
import { matchQuery, searchedWords } from '../db/search-text.ts';
import { excerptAround } from '../domain/excerpt.ts';
import type { Did, Page, SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';
import type { PostItem } from '../domain/post.ts';
import { postWords } from '../domain/text.ts';
import type { ReadContext } from './context.ts';
import { itemOf, showsWithRoot } from './rules.ts';

export interface SearchQuery {
  q: string;
  author?: Did | undefined;
  limit: number;
  cursor?: string | null | undefined;
}

/** Best first, each with the part of its text that matched as its excerpt, and with its record. */
export async function readSearch(
  ctx: ReadContext,
  space: SpaceDetails,
  query: SearchQuery,
): Promise<Page<PostItem> | Refusal> {
  const { q, author, limit } = query;
  const identity = { read: 'search', space: space.did, q, author };
  const at = readCursor(identity, query.cursor, [0, 0]);
  if (at !== null && isRefusal(at)) return at;
  const offset = Math.min(Math.max(at?.[0] ?? 0, 0), RANKED);

  const words = searchedWords(q);

  const read = (beginning: boolean): Promise<PostFacts[]> => {
    const match = matchQuery(space.did, q, { beginning });
    if (!match) return Promise.resolve([]);
    const skeleton = found(
      { match, words: words.map((word) => word.toLowerCase()), author: author ?? null },
      offset,
      limit + 1,
    );
    return hydrate(ctx.db, skeleton, { withRecord: true, withRoot: true });
  };
  // Whole words first; where they find nothing, somebody may be in the middle of typing the last one.
  let beginning = at?.[1] === 1;
  let rows = await read(beginning);
  if (rows.length === 0 && at === null) {
    beginning = true;
    rows = await read(beginning);
  }
  const items = rows
    .slice(0, limit)
    .filter((row) => showsWithRoot(row, space.policy))
    .map((row) => withExcerpt(itemOf(row), words));
  const end = offset + limit;
  const more = rows.length > limit && end < RANKED;
  return { items, cursor: more ? writeCursor(identity, [end, Number(beginning)]) : null };
}

const withExcerpt = (item: PostItem, words: string[]): PostItem => ({
  ...item,
  excerpt: item.record ? excerptAround(postWords(item.record).text, words) : item.excerpt,
});
