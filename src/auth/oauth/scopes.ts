// What members are asked to allow: to write the records of a member, and nothing else; and what a group is.
import { GROUP, NSID } from '../../domain/collections.ts';
import { GROUP_METHODS } from '../../domain/group-acts.ts';

/** Collections that the site writes in a member's own repository. */
export const MEMBERS_COLLECTIONS: readonly string[] = [
  ...[NSID.join, NSID.subscription, NSID.story, NSID.topic, NSID.reply, NSID.like, NSID.crosspost],
];

/** Collections that the instance writes for a group, in the group's repository. */
const GROUPS_COLLECTIONS: readonly string[] = Object.values(GROUP);

/** What those records carry. */
const PICTURES = 'blob:image/*';

const least = (collections: readonly string[]): string[] => ['atproto', ...collections.map((name) => `repo:${name}`)];

const MEMBERS_LEAST = [...least(MEMBERS_COLLECTIONS), PICTURES];
const GROUP_LEAST = [...least(GROUPS_COLLECTIONS), PICTURES];
/** Whatever else a group says on the network. */
const GROUP_MORE = ['atproto', 'repo:*', 'blob:*/*', ...GROUP_METHODS.map((method) => `rpc:${method}?aud=*`)];

/** For servers that do not know granular scopes: it allows all that an app password does, and is asked for only there. */
const GENERIC = ['atproto', 'transition:generic'];

const tried = (scopes: string[]): readonly string[] => [scopes.join(' '), GENERIC.join(' ')];

/** Tried in turn. */
export const SCOPES = tried(MEMBERS_LEAST);
/** Of the group account, which is asked apart from every member; and where its stewards want it to do more. */
export const GROUP_SCOPES = { least: tried(GROUP_LEAST), more: tried(GROUP_MORE) };

/** All that is ever asked for, as the client's metadata must say. */
export const ALL_SCOPES = [...new Set([...MEMBERS_LEAST, ...GROUP_LEAST, ...GROUP_MORE, ...GENERIC])].join(' ');
