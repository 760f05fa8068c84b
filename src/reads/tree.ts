// Rows of a thread put in their places. Pure.
import type { PostFacts } from '../db/queries/hydrate.ts';
import type { AtUri, SpacePolicy } from '../domain/model.ts';
import type { PostAddress, ReplyNode, ReplySort } from '../domain/post.ts';
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
  /** Of whose answers one stands elsewhere. */
  cutFrom: ReadonlySet<AtUri | null>;
  policy: SpacePolicy;
  /** The thread's address, for the links of its replies. */
  address: PostAddress | null;
}

/**
 * Replies can answer each other in a circle, for edits may change what they answer. A row that comes round to the top, or comes
 * twice, is left out.
 *
 * @param heads rows that hang on the top whatever they answer
 */
export function grove(
  rows: PostFacts[],
  top: AtUri,
  sort: ReplySort,
  { policy, address }: Pick<Grove, 'policy' | 'address'>,
  heads: ReadonlySet<number> = new Set(),
): Grove {
  const once = [...new Map(rows.map((row) => [row.uri, row])).values()];
  const isCut = ({ uri, id }: PostFacts): boolean => uri === top || heads.has(id);
  const cutFrom = new Set(once.flatMap((row) => (isCut(row) && row.hidden === 0 ? [row.parent] : [])));
  const placed = once.filter(({ uri }) => uri !== top).sort(compareReplies(sort));
  const byParent = Map.groupBy(placed, ({ id, parent }) => (heads.has(id) ? top : (parent ?? '')));
  return { byParent, cutFrom, policy, address };
}

export const nodesUnder = (uri: AtUri, trees: Grove): ReplyNode[] =>
  (trees.byParent.get(uri) ?? []).flatMap((row) => nodeOf(row, trees) ?? []);

/** Null for what is hidden and has no answers that show: it leaves no trace. */
export function nodeOf(row: PostFacts, trees: Grove): ReplyNode | null {
  const replies = nodesUnder(row.uri, trees);
  // Both by the stored bits, so that what lags is not taken for what was not read.
  const answers = row.answers - Number(trees.cutFrom.has(row.uri));
  const hasMore = answers > (trees.byParent.get(row.uri) ?? []).filter(({ hidden }) => hidden === 0).length;
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

export interface Link {
  id: number;
  uri: AtUri;
  parent: AtUri;
}

/** Replies that answer each other in a circle, as edits can make them: the first of each circle. */
export function firstOfCircles(links: Link[]): Link[] {
  const byUri = new Map(links.map((link) => [link.uri, link]));
  const seen = new Set<Link>();
  return links.flatMap((link) => {
    const way = new Set<Link>();
    let at: Link | undefined = link;
    for (; at && !seen.has(at); at = byUri.get(at.parent)) {
      seen.add(at);
      way.add(at);
    }
    if (!at || !way.has(at)) return [];
    const circle = [...way].slice([...way].indexOf(at));
    return links.find((one) => circle.includes(one)) ?? [];
  });
}
