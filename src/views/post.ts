// Posts and threads as answers show them.
import type { AtUriString, CidString, DidString, HandleString } from '@atproto/lex';
import type { Space } from '../domain/model.ts';
import type { PostItem, ReplyNode, Thread } from '../domain/post.ts';
import * as Feed from '../lexicons/club/commonplace/feed/defs.ts';
import type { Label } from '../lexicons/com/atproto/label/defs.ts';
import { type Base, postUrl } from './address.ts';
import { datetime } from './time.ts';

/** What the protocol writes where no handle is known to hold. */
export const NO_HANDLE = 'handle.invalid';

export interface Place {
  space: Pick<Space, 'did' | 'hosts'>;
  base: Base;
}

/** `excerpt` only where a search made it. */
export function postView(item: PostItem, { space, base }: Place, { excerpt = false } = {}): Feed.PostView {
  const labels = item.labels.map((val) => selfLabel(item, val));
  return {
    uri: item.uri as AtUriString,
    cid: item.cid as CidString,
    author: { did: item.author.did as DidString, handle: (item.author.handle ?? NO_HANDLE) as HandleString },
    space: space.did as DidString,
    record: item.record ?? {},
    url: postUrl(item, space, base),
    ...(item.root === null ? { section: item.section } : {}),
    replyCount: item.replyCount,
    likeCount: item.likeCount,
    indexedAt: datetime(item.indexedAt),
    ...(item.editedAt === null ? {} : { editedAt: datetime(item.editedAt) }),
    ...(excerpt ? { excerpt: item.excerpt } : {}),
    ...(labels.length > 0 ? { labels } : {}),
  };
}

const selfLabel = (item: PostItem, val: string): Label => ({
  src: item.author.did as DidString,
  uri: item.uri as AtUriString,
  cid: item.cid as CidString,
  val,
  cts: datetime(item.sortAt),
});

type ReplyOrHidden = Feed.ThreadView['replies'][number];

export const threadView = ({ post, replies, cursor }: Thread, place: Place): Feed.ThreadView => ({
  post: postView(post, place),
  replies: replies.map((node) => replyView(node, place)),
  ...(cursor === null ? {} : { cursor }),
});

function replyView({ uri, post, missing, replies, hasMore }: ReplyNode, place: Place): ReplyOrHidden {
  const below = { replies: replies.map((node) => replyView(node, place)), ...(hasMore ? { hasMore } : {}) };
  if (post) return { $type: Feed.replyView.$type, post: postView(post, place), ...below };
  const why = missing === 'notFound' ? { notFound: true } : { hidden: true };
  return { $type: Feed.hiddenReply.$type, uri: uri as AtUriString, ...why, ...below };
}
