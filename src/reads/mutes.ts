// What somebody does not want to see, and what is left of a page without it.
import { readCursor, writeCursor } from '../db/page.ts';
import * as query from '../db/queries/mutes.ts';
import type { Did, Page, PostItem, ReplyNode, Thread } from '../domain/model.ts';
import type { Mute, Mutes } from '../domain/notices.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';
import type { ReadContext } from './context.ts';

const NO_MUTES: Mutes = new Set();

/** Of who asks. Visitors mute nothing, and cost no question. */
export const readOwnMutes = async ({ db, viewer }: Pick<ReadContext, 'db' | 'viewer'>): Promise<Mutes> =>
  viewer ? query.mutesOf(db, viewer.did) : NO_MUTES;

export async function listMutes(
  { db }: Pick<ReadContext, 'db'>,
  did: Did,
  { limit, cursor }: { limit: number; cursor?: string | null | undefined },
): Promise<Page<Mute> | Refusal> {
  const identity = { read: 'mutes', did };
  const at = readCursor(identity, cursor, ['']);
  if (at !== null && isRefusal(at)) return at;
  const found = await query.listMutes(db, did, at?.[0] ?? '', limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, cursor: found.length > limit && last ? writeCursor(identity, [last.subject]) : null };
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
