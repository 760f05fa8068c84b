// Rows of a thread put in their places. Pure.
import type { PostFacts } from '../db/queries/hydrate.ts';
import type { AtUri, PostAddress, ReplyNode, ReplySort, SpacePolicy } from '../domain/model.ts';
import { itemOf, shows } from './rules.ts';

/** Two rows in the order of a level. */
export function compareReplies(sort: ReplySort): (a: PostFacts, b: PostFacts) => number {
  const older = (a: PostFacts, b: PostFacts): number => a.sortAt - b.sortAt || a.id - b.id;
  if (sort === 'old') return older;
  return sort === 'new' ? (a, b) => older(b, a) : (a, b) => b.likes - a.likes || older(a, b);
}

export interface Grove {
  /** Rows by the URI they answer. */
  byParent: Map<AtUri, PostFacts[]>;
  policy: SpacePolicy;
  /** The thread's address, for the links of its replies. */
  address: PostAddress | null;
}

export function grove(rows: PostFacts[], sort: ReplySort, policy: SpacePolicy, address: PostAddress | null): Grove {
  const byParent = new Map<AtUri, PostFacts[]>();
  for (const row of rows.toSorted(compareReplies(sort))) {
    const siblings = byParent.get(row.parent ?? '');
    if (siblings) siblings.push(row);
    else byParent.set(row.parent ?? '', [row]);
  }
  return { byParent, policy, address };
}

export const nodesUnder = (uri: AtUri, trees: Grove): ReplyNode[] =>
  (trees.byParent.get(uri) ?? []).flatMap((row) => nodeOf(row, trees) ?? []);

/** Null for what is hidden and has no answers that show: it leaves no trace. */
export function nodeOf(row: PostFacts, trees: Grove): ReplyNode | null {
  const replies = nodesUnder(row.uri, trees);
  // Both by the stored bits, so that what lags is not taken for what was not read.
  const hasMore = row.answers > (trees.byParent.get(row.uri) ?? []).filter(({ hidden }) => hidden === 0).length;
  if (shows(row, trees.policy)) {
    return { uri: row.uri, post: itemOf(row, trees.address), missing: null, replies, hasMore };
  }
  return replies.length > 0 || hasMore ? { uri: row.uri, post: null, missing: 'hidden', replies, hasMore } : null;
}

/** Replies to one that is deleted or was never seen. */
export function missingNode(uri: AtUri, trees: Grove): ReplyNode | null {
  const replies = nodesUnder(uri, trees);
  return replies.length > 0 ? { uri, post: null, missing: 'notFound', replies, hasMore: false } : null;
}

/** Replies that show below these, at any level. */
export const countShown = (nodes: ReplyNode[]): number =>
  nodes.reduce((sum, { post, replies }) => sum + (post ? 1 : 0) + countShown(replies), 0);
