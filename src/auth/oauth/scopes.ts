// What members are asked to allow: to write the records of a member, and nothing else; and what a group is.
import { GROUP, NSID } from '../../domain/collections.ts';

/** Collections that the site writes in a member's own repository. */
export const MEMBERS_COLLECTIONS: readonly string[] = [
  ...[NSID.join, NSID.subscription, NSID.story, NSID.topic, NSID.reply, NSID.like, NSID.crosspost],
];

/** Collections that the instance writes for a group, in the group's repository. */
export const GROUPS_COLLECTIONS: readonly string[] = Object.values(GROUP);

/** What those records carry. */
const PICTURES = 'blob:image/*';

const least = (collections: readonly string[]): string[] => ['atproto', ...collections.map((name) => `repo:${name}`)];
const members = [...least(MEMBERS_COLLECTIONS), PICTURES];

/** For servers that do not know granular scopes: it allows all that an app password does, and is asked for only there. */
const GENERIC = ['atproto', 'transition:generic'];

/** Tried in turn. */
export const SCOPES: readonly string[] = [members.join(' '), GENERIC.join(' ')];
/** Of the group account, which is asked apart from every member. */
export const GROUP_SCOPES: readonly string[] = [least(GROUPS_COLLECTIONS).join(' '), GENERIC.join(' ')];

/** All that is ever asked for, as the client's metadata must say. */
export const ALL_SCOPES = [...new Set([...members, ...least(GROUPS_COLLECTIONS), ...GENERIC])].join(' ');
