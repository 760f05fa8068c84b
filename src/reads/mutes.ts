// What somebody does not want to see, and what is left of a page without it.
import * as query from '../db/queries/mutes.ts';
import type { Did, Page } from '../domain/model.ts';
import type { Mute, Mutes } from '../domain/notices.ts';
import type { Refusal } from '../domain/outcome.ts';
import type { PostItem, ReplyNode, Thread } from '../domain/post.ts';
import type { ReadContext } from './context.ts';
import { type PageQuery, readPage } from './paging.ts';

const NO_MUTES: Mutes = new Set();

/** Of who asks. Visitors mute nothing, and cost no question. */
export const readOwnMutes = async ({ db, viewer }: Pick<ReadContext, 'db' | 'viewer'>): Promise<Mutes> =>
  viewer ? query.mutesOf(db, viewer.did) : NO_MUTES;

export async function listMutes(
  { db }: Pick<ReadContext, 'db'>,
  did: Did,
  asked: PageQuery,
): Promise<Page<Mute> | Refusal> {
  return readPage(
    asked,
    { identity: { read: 'mutes', did }, like: [''] },
    (at, limit) => query.listMutes(db, did, at?.[0] ?? '', limit),
    (mute) => mute,
    ({ subject }) => [subject],
  );
}

/** Lists are shorter for it; their cursors move on. */
export const withoutMuted = (page: Page<PostItem>, mutes: Mutes): Page<PostItem> =>
  mutes.size === 0 ? page : { ...page, items: page.items.filter(({ author }) => !mutes.has(author.did)) };

/** Replies stay where they are, folded, for others answered them. */
export const foldMuted = (thread: Thread, mutes: Mutes): Thread =>
  mutes.size === 0 ? thread : { ...thread, replies: thread.replies.map((node) => folded(node, mutes)) };

function folded(node: ReplyNode, mutes: Mutes): ReplyNode {
  const replies = node.replies.map((one) => folded(one, mutes));
  return node.post && mutes.has(node.post.author.did) ? { ...node, replies, isMuted: true } : { ...node, replies };
}
