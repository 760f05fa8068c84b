// What every page knows beside its own matter, and the addresses of things on a site.
import type { Guest } from '../auth/guest.ts';
import { NSID } from '../domain/collections.ts';
import type { AtUri, Did, PrivateFront, Section, Space, SpaceDetails } from '../domain/model.ts';
import type { Notification } from '../domain/notices.ts';
import type { Standing } from '../domain/permission.ts';
import type { Original, PostItem } from '../domain/post.ts';
import { postPath } from '../domain/sections.ts';
import { oneLine } from '../domain/text.ts';
import { makeUri } from '../domain/uri.ts';
import type { Connection } from '../ports/groups.ts';

/** The instance as its pages and those of its spaces name it. */
export interface Instance {
  host: string;
  origin: string;
}

/** One space's site during one request. */
export interface Site {
  space: SpaceDetails;
  instance: Instance;
  /** Scheme and host of the space's primary hostname: canonical addresses begin with it. */
  origin: string;
  now: number;
  guest: Guest;
  /** What the viewer is here; null where nobody is signed in. */
  standing: Standing | null;
  /** That the group account is out of reach, for those who can do something about it; null for everybody else. */
  groupTrouble: Connection['trouble'];
}

export const MOST_ASKING = 20;

export const spaceName = (space: Pick<Space, 'did' | 'displayName'>): string => space.displayName || space.did;

export const frontName = ({ displayName, host }: PrivateFront): string => displayName || host;

export const sectionName = ({ id, name }: Section): string => oneLine(name, 64) || id;

/** Private and unlisted spaces ask not to be found. */
export const isListed = (space: Space): boolean => space.visibility === 'public';

type Author = PostItem['author'];

/** The handle, else what is needed to tell two DIDs apart. */
export const authorName = ({ did, handle }: Author): string =>
  handle ?? (did.length > 24 ? `${did.slice(0, 20)}…` : did);

export const authorPath = ({ did, handle }: Author): string => `/author/${handle ?? did}`;

export const tagPath = (tag: string): string => `/tag/${encodeURIComponent(tag)}`;

export const pathOf = (post: PostItem): string =>
  postPath({ section: post.section, rkey: post.rkey, did: post.author.did, plain: post.plain });

/** Names a reply on the page of its thread: as anchor, and as the value of `reply`. */
export const replyId = (reply: PostItem): string => `${reply.rkey}~${reply.author.did}`;

/** A reply with what follows from it; null where its thread has no address. */
export const replyPath = (reply: PostItem): string | null =>
  reply.rootAddress && withQuery(postPath(reply.rootAddress), { reply: replyId(reply) });

/** Also to who is not inside the page of joining tells how they stand. */
const AT_DOOR: ReadonlySet<Notification['reason']> = new Set(['invited', 'declined', 'banned']);

/** Where what somebody is told can be seen. */
export const notificationPath = ({ post, reason }: Pick<Notification, 'post' | 'reason'>): string =>
  post === null ? (AT_DOOR.has(reason) ? '/join' : '/') : post.root === null ? pathOf(post) : (replyPath(post) ?? '/');

/** `next`: what they wanted to write, to which joining leads on. */
export const joinPath = (next: string | null): string => withQuery('/join', { next });

/** The address of a post on the site of another space of the instance, which is reached as this one is. */
export function addressAt({ origin }: Site, { post, space }: Original): string {
  const base = new URL(origin);
  base.hostname = space.hosts[0] ?? base.hostname;
  return base.origin + (post.root === null ? pathOf(post) : (replyPath(post) ?? '/'));
}

/** What a post or reply was before. */
export const versionsPath = (uri: AtUri): string => withQuery('/versions', { uri });

/** A path with the parameters that have a value. */
export function withQuery(path: string, parameters: Record<string, string | null | undefined>): string {
  const query = Object.entries(parameters).flatMap(([name, value]) => (value ? [`${name}=${inQuery(value)}`] : []));
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

/** DIDs stay readable. */
const inQuery = (value: string): string => encodeURIComponent(value).replaceAll('%3A', ':');

export const profileUri = (space: Did): AtUri => makeUri(space, NSID.profile, 'self');
