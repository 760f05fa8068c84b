// Who wrote here: an account as one space knows it, with what it posted and answered there.
import { readCursor } from '../db/page.ts';
import { type AuthorFacts, authorOf } from '../db/queries/authors.ts';
import { byAuthor, repliesBy } from '../db/queries/feed.ts';
import { hydrate } from '../db/queries/hydrate.ts';
import type { Author, Did, Page, PostItem, SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import type { ReadContext } from './context.ts';
import { cursorAfter } from './feed.ts';
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
  const [posts, replies] = await Promise.all([
    pageBy(ctx, space, did, 'posts', query.limit, query.postsCursor),
    pageBy(ctx, space, did, 'replies', query.limit, query.repliesCursor),
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

async function pageBy(
  ctx: ReadContext,
  space: SpaceDetails,
  did: Did,
  what: 'posts' | 'replies',
  limit: number,
  cursor: string | null | undefined,
): Promise<Page<PostItem> | Refusal> {
  const identity = { read: what, space: space.did, author: did };
  const at = readCursor(identity, cursor, [0, 0]);
  if (at !== null && isRefusal(at)) return at;
  const skeleton = (what === 'posts' ? byAuthor : repliesBy)(space.did, did, at, limit + 1);
  const rows = await hydrate(ctx.db, skeleton, {
    withRecord: false,
    withRoot: what === 'replies',
    isList: what === 'posts',
  });
  const page = rows.slice(0, limit);
  const items = page.filter((row) => showsWithRoot(row, space.policy)).map((row) => itemOf(row));
  return { items, cursor: rows.length > limit ? cursorAfter(identity, page) : null };
}
