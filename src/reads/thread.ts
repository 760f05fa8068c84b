// A thread: a post, or a reply, with the replies below it.
import { readCursor, writeCursor } from '../db/page.ts';
import type { PostFacts } from '../db/queries/hydrate.ts';
import * as query from '../db/queries/thread.ts';
import { NSID } from '../domain/collections.ts';
import type { AtUri, Did, PostAddress, PostItem, ReplyNode, ReplySort, SpaceDetails, Thread } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import { makeUri } from '../domain/uri.ts';
import type { ReadContext } from './context.ts';
import { locate } from './locate.ts';
import { itemOf, showsWithRoot } from './rules.ts';
import { compareReplies, countShown, type Grove, grove, missingNode, nodeOf, nodesUnder } from './tree.ts';

export interface ThreadQuery {
  sort: ReplySort;
  /** Levels of replies; 0 is the post alone. */
  depth: number;
  /** Direct replies on a page. */
  limit: number;
  cursor?: string | null | undefined;
  withRecord?: boolean;
}

/** Of a post's address: `did` where it is not the plain one. */
export interface Address {
  rkey: string;
  did?: Did | undefined;
}

const GONE = refuse('PostNotFound', 'this instance shows no such post');

export async function readThread(
  ctx: ReadContext,
  uri: AtUri,
  asked: ThreadQuery,
): Promise<{ space: SpaceDetails; thread: Thread } | Refusal> {
  const space = await locate(ctx, uri);
  if (isRefusal(space)) return space;
  const thread = await threadOf(ctx, space, query.byUri(space.did, uri), uri, asked);
  return isRefusal(thread) ? thread : { space, thread };
}

/** Whether the post is also at this section is for the caller to see: `postPath` of it tells. */
export function readThreadAt(
  ctx: ReadContext,
  space: SpaceDetails,
  { rkey, did }: Address,
  asked: ThreadQuery,
): Promise<Thread | Refusal> {
  const self =
    did === undefined ? query.byRkey(space.did, rkey) : query.byUris(space.did, candidates(space, did, rkey));
  return threadOf(ctx, space, self, `${rkey}~${did ?? ''}`, asked);
}

/** An address does not say the collection: any that makes posts in the space. */
function candidates(space: SpaceDetails, did: Did, rkey: string): AtUri[] {
  const taken = space.policy.sections.flatMap(({ collections }) => collections);
  return [...new Set([NSID.story, NSID.topic, ...taken])].map((collection) => makeUri(did, collection, rkey));
}

async function threadOf(
  ctx: ReadContext,
  space: SpaceDetails,
  self: query.Self,
  name: string,
  asked: ThreadQuery,
): Promise<Thread | Refusal> {
  const { sort, depth, limit } = asked;
  const identity = { read: 'thread', space: space.did, name, sort };
  const at = readCursor(identity, asked.cursor, [0, 0]);
  if (at !== null && isRefusal(at)) return at;

  const hydration = { withRecord: asked.withRecord ?? false };
  const skeleton = depth > 0 ? query.repliesSkeleton(self, sort, at, { limit: limit + 1, depth }) : null;
  const facts = await query.threadFacts(ctx.db, self, skeleton, hydration);
  if (!facts.post || !showsWithRoot(facts.post, space.policy)) return GONE;

  const post = itemOf(facts.post);
  const direct = facts.replies.filter(({ parent }) => parent === post.uri).toSorted(compareReplies(sort));
  const page = direct.slice(0, limit);
  const trees = grove(facts.replies, sort, space.policy, post.rootAddress ?? addressOf(post));
  const replies = page.flatMap((row) => nodeOf(row, trees) ?? []);
  if (direct.length > limit) return { post, replies, cursor: cursorAfter(identity, sort, at, page) };

  const isWhole = post.root !== null || depth === 0 || (at === null && countShown(replies) === post.replyCount);
  const strays = isWhole ? [] : await strayNodes(ctx, space, self, post.uri, asked, trees.address);
  return { post, replies: [...replies, ...strays], cursor: null };
}

const addressOf = ({ section, rkey, plain, author }: PostItem): PostAddress => ({
  section,
  rkey,
  plain,
  did: author.did,
});

function cursorAfter(
  identity: Record<string, string>,
  sort: ReplySort,
  at: query.ReplyPosition | null,
  page: PostFacts[],
): string | null {
  const last = page.at(-1);
  if (!last) return null;
  const end: query.ReplyPosition = sort === 'top' ? [(at?.[0] ?? 0) + page.length, 0] : [last.sortAt, last.id];
  return sort === 'top' && end[0] >= query.TOP_REPLIES ? null : writeCursor(identity, [...end]);
}

/**
 * Replies whose parent is no reply of the thread, at its end: under a placeholder where the parent is deleted or was
 * never seen, directly under the post where it is something else.
 */
async function strayNodes(
  ctx: ReadContext,
  space: SpaceDetails,
  self: query.Self,
  root: AtUri,
  { sort, depth, withRecord }: ThreadQuery,
  address: PostAddress | null,
): Promise<ReplyNode[]> {
  const skeleton = query.strayReplies(self, sort, depth);
  const { replies } = await query.threadFacts(ctx.db, self, skeleton, { withRecord: withRecord ?? false });
  const trees: Grove = grove(replies, sort, space.policy, address);
  const within = new Set([root, ...replies.map(({ uri }) => uri)]);
  const parents = [...trees.byParent.keys()].filter((uri) => !within.has(uri));
  const live = parents.length > 0 ? await query.liveAmong(ctx.db, space.did, parents) : new Set<AtUri>();
  return parents.flatMap((uri) => (live.has(uri) ? nodesUnder(uri, trees) : (missingNode(uri, trees) ?? [])));
}
