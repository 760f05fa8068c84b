// What the group account can be made to do, and what each of it takes. What is not named here it is never made to do.
import { isValidNsid } from '@atproto/syntax';
import { GROUP, isKnown, isOurs } from './collections.ts';
import type { Did } from './model.ts';
import { type Refusal, refuse } from './outcome.ts';
import type { Action } from './roles.ts';
import { validDid } from './uri.ts';

const NEEDS: Record<string, Action> = {
  [GROUP.profile]: 'space.configure',
  [GROUP.theme]: 'space.configure',
  [GROUP.rule]: 'space.configure',
  [GROUP.role]: 'group.configure',
  [GROUP.permissions]: 'group.configure',
  [GROUP.pin]: 'mod.resolve',
  [GROUP.lock]: 'mod.resolve',
  [GROUP.feature]: 'mod.resolve',
};

/** What writing a record of the collection takes. Memberships are judged by whom and what they concern. */
export const actionFor = (collection: string): Action =>
  (Object.hasOwn(NEEDS, collection) ? NEEDS[collection] : undefined) ?? 'group.act';

/** Whether the group's first consent covers it: the records of a space. All else takes the further one. */
export const isFurther = (collection: string): boolean => !Object.values<string>(GROUP).includes(collection);

/** An authority in other letters is the same one, so that only one way of writing a collection is taken. */
export function refuseCollection(collection: string): Refusal | null {
  const authority = collection.slice(0, collection.lastIndexOf('.'));
  if (!isValidNsid(collection) || authority !== authority.toLowerCase()) {
    return refuse('InvalidRequest', `"${collection.slice(0, 100)}" is not the name of a collection`);
  }
  if (isOurs(collection) && !isKnown(collection)) {
    return refuse('InvalidRequest', `${collection} is no collection of club.commonplace`);
  }
  return null;
}

/**
 * Methods of other services that a group may call. A list of what is allowed, for what is forbidden has no end: accounts, identities,
 * servers, their administration, and whatever would be allowed here because the group itself asks.
 */
export const GROUP_METHODS: readonly string[] = [
  'app.bsky.actor.getProfile',
  'app.bsky.actor.getProfiles',
  'app.bsky.feed.getFeedSkeleton',
  'app.bsky.feed.getPosts',
  'app.bsky.feed.getPostThread',
  'app.bsky.feed.getTimeline',
  'app.bsky.feed.sendInteractions',
  'app.bsky.notification.listNotifications',
  'app.bsky.video.getJobStatus',
  'app.bsky.video.getUploadLimits',
  'app.bsky.video.uploadVideo',
  'com.atproto.moderation.createReport',
  'com.atproto.repo.uploadBlob',
];

/** A token of the group, for one method of another service. */
export interface GroupToken {
  audience: string;
  method: string;
  /** Seconds since 1970; null: as long as is allowed. */
  expiresAt: number | null;
}

const LONGEST_TOKEN = 60;
const FRAGMENT = /^[a-zA-Z][\w-]{0,63}$/;

/** `here`: the names of this instance, without a port, for which no token is made. */
export function refuseToken({ audience, method, expiresAt }: GroupToken, here: Did[], now: number): Refusal | null {
  if (!GROUP_METHODS.includes(method)) {
    return refuse(
      'NotPermitted',
      `no token is made for ${method.slice(0, 100)}: it is not among the methods for groups`,
    );
  }
  const [did = '', fragment, ...more] = audience.split('#');
  if (!validDid(did) || more.length > 0 || (fragment !== undefined && !FRAGMENT.test(fragment))) {
    return refuse('InvalidRequest', 'aud must be a DID, or a DID with # and the id of a service');
  }
  if (here.includes(did.toLowerCase().replace(/%3a\d+$/, '')))
    return refuse('NotPermitted', 'no token is made for this instance itself');
  const seconds = Math.floor(now / 1000);
  if (expiresAt !== null && (expiresAt <= seconds || expiresAt > seconds + LONGEST_TOKEN)) {
    return refuse('BadExpiration', `exp must be at most ${LONGEST_TOKEN} seconds ahead`);
  }
  return null;
}

export const tokenEnd = ({ expiresAt }: GroupToken, now: number): number =>
  expiresAt ?? Math.floor(now / 1000) + LONGEST_TOKEN;
