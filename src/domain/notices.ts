// What somebody is told of: what others wrote to them, mention of them, likes of theirs, and what became of them in a space.
import { mention } from '../lexicons/app/bsky/richtext/facet.ts';
import { isObject } from './json.ts';
import type { AtUri, Did, JsonObject } from './model.ts';
import type { PostItem } from './post.ts';
import { validDid } from './uri.ts';

/** What is told that no post says: of the person in a space, by whoever acts there. */
export type Happening = 'invited' | 'declined' | 'banned' | 'moderation';

export type Reason = 'reply' | 'mention' | 'like' | 'admitted' | 'removed' | Happening;

type Person = PostItem['author'];

/** One thing that somebody is told. */
export interface Notification {
  reason: Reason;
  space: Did;
  /** Since when they could know. */
  at: number;
  /** With `at` its place among all; two of the same moment differ in it. */
  id: number;
  isRead: boolean;
  /** Who did it, the last first; of many who liked the same, some. Empty where it was the group. */
  people: Person[];
  /** How many they are. */
  count: number;
  /** The reply, the post that mentions them, or what of theirs is liked. */
  post: PostItem | null;
  /** Of a membership. */
  roles: string[];
  /** What else it is about. */
  subject: AtUri | null;
  /** In the words of whoever acted. */
  detail: string;
}

/** What is read so late is no news: it stands at the time it was written. */
export const STALE_MS = 7 * 86_400_000;

/** When people could first read here of what was sorted at `sortAt`. */
export const noticedAt = (now: number, sortAt: number): number => (now - sortAt > STALE_MS ? sortAt : now);

/** Each is a row of the index. */
const MAX_MENTIONS = 10;
const MAX_FACETS = 1000;

/** The first DIDs that its facets mention, each once, without those who hear of it anyway. */
export function mentionsOf(record: JsonObject, but: (Did | undefined)[]): Did[] {
  const facets = Array.isArray(record.facets) ? record.facets.slice(0, MAX_FACETS) : [];
  const features = facets.flatMap((facet) => {
    const all = isObject(facet) ? facet.features : null;
    return Array.isArray(all) ? all.slice(0, MAX_MENTIONS) : [];
  });
  const dids = features.flatMap((feature) =>
    isObject(feature) && feature.$type === mention.$type && validDid(feature.did) ? [feature.did] : [],
  );
  return [...new Set(dids)].filter((did) => !but.includes(did)).slice(0, MAX_MENTIONS);
}

/** What somebody does not want to see: people by DID, threads by the URI of their first post. */
export type Mutes = ReadonlySet<Did | AtUri>;

export const isMuted = (mutes: Mutes, { author, root, uri }: Pick<PostItem, 'author' | 'root' | 'uri'>): boolean =>
  mutes.has(author.did) || mutes.has(root ?? uri);

export interface Mute {
  subject: Did | AtUri;
  at: number;
  /** Of a person; null where none is known. */
  handle: string | null;
}

export const isThread = (subject: string): subject is AtUri => subject.startsWith('at:');
