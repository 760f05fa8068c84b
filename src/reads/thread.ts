// A thread: a post, or a reply, with the replies below it.
import { readCursor, writeCursor } from '../db/page.ts';
import type { PostFacts } from '../db/queries/hydrate.ts';
import * as query from '../db/queries/thread.ts';
import { NSID } from '../domain/collections.ts';
import type { AtUri, Did, SpaceDetails, SpacePolicy } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import type { PostAddress, PostItem, ReplyNode, ReplySort, Thread } from '../domain/post.ts';
import { makeUri } from '../domain/uri.ts';
import type { ReadContext } from './context.ts';
import { locate } from './locate.ts';
import { itemOf, showsWithRoot } from './rules.ts';
import { countShown, firstOfCircles, grove, missingNode, nodeOf, nodesUnder } from './tree.ts';

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
  const context = { policy: space.policy, address: post.rootAddress ?? addressOf(post) };
  const trees = grove(facts.replies, post.uri, sort, context);
  const direct = trees.byParent.get(post.uri) ?? [];
  const page = direct.slice(0, limit);
  const replies = page.flatMap((row) => nodeOf(row, trees) ?? []);
  if (direct.length > limit) return { post, replies, cursor: cursorAfter(identity, sort, at, page) };

  const isWhole = (nodes: ReplyNode[]): boolean =>
    post.root !== null || depth === 0 || (at === null && countShown(nodes) === post.replyCount);
  const apart: Apart = { ...{ ctx, space, self, context, asked }, root: post.uri };
  for (const others of [strayNodes, circleNodes]) if (!isWhole(replies)) replies.push(...(await others(apart)));
  return { post, replies, cursor: null };
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

/** What of a thread does not hang on its post. */
interface Apart {
  ctx: ReadContext;
  space: SpaceDetails;
  self: query.Self;
  root: AtUri;
  context: { policy: SpacePolicy; address: PostAddress };
  asked: ThreadQuery;
}

/**
 * Replies whose parent is no reply of the thread, at its end: under a placeholder where the parent is deleted or was
 * never seen, directly under the post where it is something else.
 */
async function strayNodes({ ctx, space, self, root, asked, context }: Apart): Promise<ReplyNode[]> {
  const { sort, depth, withRecord = false } = asked;
  const { replies } = await query.threadFacts(ctx.db, self, query.strayReplies(self, sort, depth), { withRecord });
  const trees = grove(replies, root, sort, context);
  const within = new Set([root, ...replies.map(({ uri }) => uri)]);
  const parents = [...trees.byParent.keys()].filter((uri) => !within.has(uri));
  const live = parents.length > 0 ? await query.liveAmong(ctx.db, space.did, parents) : new Set<AtUri>();
  return parents.flatMap((uri) => (live.has(uri) ? nodesUnder(uri, trees) : (missingNode(uri, trees) ?? [])));
}

/** Replies that answer each other in a circle, directly under the post: the circle is opened at its first one. */
async function circleNodes({ ctx, self, root, asked, context }: Apart): Promise<ReplyNode[]> {
  const { sort, depth, withRecord = false } = asked;
  const heads = new Set(firstOfCircles(await query.linksOf(ctx.db, self)).map(({ id }) => id));
  if (heads.size === 0) return [];
  const skeleton = query.repliesBelow(self, [...heads], sort, depth);
  const { replies } = await query.threadFacts(ctx.db, self, skeleton, { withRecord });
  return nodesUnder(root, grove(replies, root, sort, context, heads));
}
