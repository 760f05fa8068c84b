// What is written in a space: posts and replies, with what a list or page shows of them, and threads.
import { NSID } from './collections.ts';
import type { AtUri, Did, JsonObject, Member, Page, Space } from './model.ts';

export type PostSort = 'new' | 'hot' | 'active' | 'top';
export type TopWindow = 'day' | 'week' | 'month' | 'year' | 'all';
export type ReplySort = 'old' | 'new' | 'top';

/** What a crosspost shows, in the space where it is. */
export interface Original {
  post: PostItem;
  space: Pick<Space, 'did' | 'displayName' | 'hosts'>;
}

/** A post (`root` null) or a reply, with what a list or page shows of it. */
export interface PostItem {
  id: number;
  uri: AtUri;
  cid: string;
  space: Did;
  author: { did: Did; handle: string | null };
  section: string;
  rkey: string;
  plain: boolean;
  title: string;
  excerpt: string;
  tags: string[];
  labels: string[];
  /** CID of its first picture. */
  picture: string | null;
  sortAt: number;
  indexedAt: number;
  /** When it was changed since; null: as it came, or not known where only a list was asked for. */
  editedAt: number | null;
  likeCount: number;
  replyCount: number;
  root: AtUri | null;
  parent: AtUri | null;
  /** Of a crosspost: what it shows, where whoever asks may see that; null where not, or where it was not asked for. */
  original: Original | null;
  /** Of a reply: the address of the post its thread began with. */
  rootAddress: PostAddress | null;
  /** As its author wrote it; null where the read did not ask for it. */
  record: JsonObject | null;
}

/** What `postPath` makes a path of. */
export interface PostAddress {
  section: string;
  rkey: string;
  did: Did;
  plain: boolean;
}

/** A reply in its place. `post` is null for one that is gone or hidden but has answers that show. */
export interface ReplyNode {
  uri: AtUri;
  post: PostItem | null;
  /** Why there is no `post`: not to be shown here, or deleted or never seen. */
  missing: 'hidden' | 'notFound' | null;
  replies: ReplyNode[];
  /** Whether there are answers deeper or further than were asked for. */
  hasMore: boolean;
  /** The viewer does not want to see its author. */
  isMuted?: boolean;
}

export interface Thread {
  post: PostItem;
  /** Direct replies of the post, one page of them. */
  replies: ReplyNode[];
  cursor: string | null;
}

/** An account as a space knows it. */
export interface Author {
  did: Did;
  handle: string | null;
  member: Member | null;
  posts: Page<PostItem>;
  replies: Page<PostItem>;
}

/** By the collection in its address, which was looked at when it was admitted. */
export const isCrosspost = ({ uri }: Pick<PostItem, 'uri'>): boolean => uri.includes(`/${NSID.crosspost}/`);
