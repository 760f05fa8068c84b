// The posts of a space, a page at a time.

import * as skeleton from '../db/queries/feed.ts';
import type { Fragment } from '../db/queries/fragment.ts';
import { hydrate } from '../db/queries/hydrate.ts';
import type { Did, Page, SpaceDetails } from '../domain/model.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import type { PostItem, PostSort, TopWindow } from '../domain/post.ts';
import { ORPHAN_SECTION } from '../domain/sections.ts';
import { normalTag } from '../domain/text.ts';
import type { ReadContext } from './context.ts';
import { type PageQuery, readPage } from './paging.ts';
import { itemOf, shows } from './rules.ts';
import { readTop } from './top.ts';

/** At most one of `section`, `author` and `tag`; `author` and `tag` only with `new`; `window` only with `top`. */
export interface FeedQuery extends PageQuery {
  sort: PostSort;
  section?: string | undefined;
  author?: Did | undefined;
  tag?: string | undefined;
  window?: TopWindow | undefined;
  withRecord?: boolean;
}

export async function readFeed(
  ctx: ReadContext,
  space: SpaceDetails,
  query: FeedQuery,
): Promise<Page<PostItem> | Refusal> {
  const unfit = unfitting(space, query);
  if (unfit) return unfit;
  const { sort, section, author, window } = query;
  const tag = query.tag === undefined ? undefined : normalTag(query.tag);
  if (sort === 'top') return readTop(ctx, space, { ...query, section: section ?? '', window: window ?? 'all' });
  const identity = { read: 'feed', space: space.did, sort, section, author, tag };
  const { withRecord = false } = query;
  return readPage(
    query,
    { identity, like: [0, 0] },
    (at, most) => {
      const ids = skeletonOf(space.did, { sort, section, author, tag }, at, most);
      return hydrate(ctx.db, ids, { withRecord, withRoot: false, isList: !withRecord });
    },
    (row) => (shows(row, space.policy) ? itemOf(row) : null),
    ({ key, id }) => [key, id],
  );
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
