// Who wrote here: an account as one space knows it, with what it posted and answered there.
import { type AuthorFacts, authorOf } from '../db/queries/authors.ts';
import { byAuthor, repliesBy } from '../db/queries/feed.ts';
import { hydrate } from '../db/queries/hydrate.ts';
import type { Did, Page, SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import type { Author, PostItem } from '../domain/post.ts';
import type { ReadContext } from './context.ts';
import { type PageQuery, readPage } from './paging.ts';
import { accountShows, itemOf, showsWithRoot } from './rules.ts';

export interface AuthorQuery {
  limit: number;
  /** Of the posts. */
  postsCursor?: string | null | undefined;
  repliesCursor?: string | null | undefined;
}

/** `who` is a DID or a handle; of an account that is inactive, or wrote nothing here, nothing is told. */
export async function readAuthor(
  ctx: ReadContext,
  space: SpaceDetails,
  who: string,
  query: AuthorQuery,
): Promise<Author | Refusal> {
  const author = await shownAuthor(ctx, space, who);
  if (isRefusal(author)) return author;
  const { did, handle, member } = author;
  const { limit } = query;
  const [posts, replies] = await Promise.all([
    pageBy(ctx, space, did, 'posts', { limit, cursor: query.postsCursor }),
    pageBy(ctx, space, did, 'replies', { limit, cursor: query.repliesCursor }),
  ]);
  if (isRefusal(posts)) return posts;
  if (isRefusal(replies)) return replies;
  return { did, handle, member, posts, replies };
}

/** The DID behind a DID or handle, for reads of what an author wrote; a handle that nobody has here stays, and wrote nothing. */
export async function authorDid(ctx: ReadContext, space: SpaceDetails, who: string): Promise<Did> {
  if (who.startsWith('did:')) return who;
  return (await authorOf(ctx.db, space.did, who))?.did ?? who;
}

async function shownAuthor(ctx: ReadContext, space: SpaceDetails, who: string): Promise<AuthorFacts | Refusal> {
  const author = await authorOf(ctx.db, space.did, who);
  const isShown = author && accountShows(space.policy, author.did, author.status, author.confirmation);
  return isShown ? author : refuse('NotFound', 'nobody of this name wrote here');
}

function pageBy(
  ctx: ReadContext,
  space: SpaceDetails,
  did: Did,
  what: 'posts' | 'replies',
  query: PageQuery,
): Promise<Page<PostItem> | Refusal> {
  const skeleton = what === 'posts' ? byAuthor : repliesBy;
  const wanted = { withRecord: false, withRoot: what === 'replies', isList: what === 'posts' };
  return readPage(
    query,
    { identity: { read: what, space: space.did, author: did }, like: [0, 0] },
    (at, limit) => hydrate(ctx.db, skeleton(space.did, did, at, limit), wanted),
    (row) => (showsWithRoot(row, space.policy) ? itemOf(row) : null),
    ({ key, id }) => [key, id],
  );
}
