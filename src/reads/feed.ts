// The posts of a space, a page at a time.

import { readCursor, writeCursor } from '../db/page.ts';
import * as skeleton from '../db/queries/feed.ts';
import type { Fragment } from '../db/queries/fragment.ts';
import { hydrate, type PostFacts } from '../db/queries/hydrate.ts';
import type { Did, Page, PostItem, PostSort, SpaceDetails, TopWindow } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import { ORPHAN_SECTION } from '../domain/sections.ts';
import { normalTag } from '../domain/text.ts';
import type { ReadContext } from './context.ts';
import { itemOf, shows } from './rules.ts';
import { readTop } from './top.ts';

/** At most one of `section`, `author` and `tag`; `author` and `tag` only with `new`; `window` only with `top`. */
export interface FeedQuery {
  sort: PostSort;
  section?: string | undefined;
  author?: Did | undefined;
  tag?: string | undefined;
  window?: TopWindow | undefined;
  limit: number;
  cursor?: string | null | undefined;
  withRecord?: boolean;
}

export async function readFeed(
  ctx: ReadContext,
  space: SpaceDetails,
  query: FeedQuery,
): Promise<Page<PostItem> | Refusal> {
  const unfit = unfitting(space, query);
  if (unfit) return unfit;
  const { sort, section, author, window, limit } = query;
  const tag = query.tag === undefined ? undefined : normalTag(query.tag);
  if (sort === 'top') return readTop(ctx, space, { ...query, section: section ?? '', window: window ?? 'all' });
  const identity = { read: 'feed', space: space.did, sort, section, author, tag };
  const at = readCursor(identity, query.cursor, [0, 0]);
  if (at !== null && isRefusal(at)) return at;
  const ids = skeletonOf(space.did, { sort, section, author, tag }, at, limit + 1);
  const withRecord = query.withRecord ?? false;
  const rows = await hydrate(ctx.db, ids, { withRecord, withRoot: false, isList: !withRecord });
  const page = rows.slice(0, limit);
  const items = page.filter((row) => shows(row, space.policy)).map((row) => itemOf(row));
  return { items, cursor: rows.length > limit ? cursorAfter(identity, page) : null };
}

function unfitting(space: SpaceDetails, { sort, section, author, tag, window }: FeedQuery): Refusal | null {
  if ([section, author, tag].filter((one) => one !== undefined).length > 1) {
    return refuse('InvalidRequest', 'give at most one of section, author and tag');
  }
  if (sort !== 'new' && (author !== undefined || tag !== undefined)) {
    return refuse('InvalidRequest', 'author and tag go only with sort=new');
  }
  if (section !== undefined && section !== ORPHAN_SECTION && !space.policy.sections.some(({ id }) => id === section)) {
    return refuse('InvalidRequest', 'the space has no section of this id');
  }
  return sort !== 'top' && window !== undefined ? refuse('InvalidRequest', 'window goes only with sort=top') : null;
}

type Choice = { sort: skeleton.StoredSort } & Pick<FeedQuery, 'section' | 'author' | 'tag'>;

function skeletonOf(space: Did, choice: Choice, at: skeleton.Position | null, limit: number): Fragment {
  const { sort, section, author, tag } = choice;
  if (author !== undefined) return skeleton.byAuthor(space, author, at, limit);
  if (tag !== undefined) return skeleton.tagged(space, tag, at, limit);
  if (section !== undefined) return skeleton.inSection(space, section, sort, at, limit);
  return skeleton.inSpace(space, sort, at, limit);
}

/** After the last row of the skeleton, shown or not. */
export function cursorAfter(identity: Record<string, string | undefined>, page: PostFacts[]): string | null {
  const last = page.at(-1);
  return last ? writeCursor(identity, [last.key, last.id]) : null;
}
