// The best-liked posts of a window, from a list that the indexer renews when it is asked for.
import { readCursor, writeCursor } from '../db/page.ts';
import { topPage } from '../db/queries/feed.ts';
import type { Page, SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';
import type { PostItem, TopWindow } from '../domain/post.ts';
import type { ReadContext } from './context.ts';
import { itemOf, shows } from './rules.ts';

/** A list older than this is made anew, for those who ask next. */
const FRESH_MS = 10 * 60_000;
const MAX_LIST = 500;

interface TopQuery {
  section: string;
  window: TopWindow;
  limit: number;
  cursor?: string | null | undefined;
  withRecord?: boolean;
}

/** A cursor counts entries: where a list was renewed between two pages, a post may be seen twice or not at all. */
export async function readTop(
  ctx: ReadContext,
  space: SpaceDetails,
  query: TopQuery,
): Promise<Page<PostItem> | Refusal> {
  const { section, window, limit } = query;
  const identity = { read: 'feed', space: space.did, sort: 'top', section, window };
  const at = readCursor(identity, query.cursor, [0]);
  if (at !== null && isRefusal(at)) return at;
  const offset = Math.min(Math.max(at?.[0] ?? 0, 0), MAX_LIST);
  const list = { space: space.did, section, window };
  const withRecord = query.withRecord ?? false;
  const hydration = { withRecord, withRoot: false, isList: !withRecord };
  const read = () => topPage(ctx.db, list, offset, limit, hydration);

  let page = await read();
  if (page.madeAt === null) {
    await ctx.indexer.renewTop(space.did, section, window);
    page = await read();
  } else if (page.madeAt < ctx.now - FRESH_MS) {
    ctx.later(ctx.indexer.renewTop(space.did, section, window));
  }
  const items = page.rows.filter((row) => shows(row, space.policy)).map((row) => itemOf(row));
  return { items, cursor: offset + limit < page.length ? writeCursor(identity, [offset + limit]) : null };
}
