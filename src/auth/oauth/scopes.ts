// What members are asked to allow: to write the records of a member, and nothing else.
import { NSID } from '../../domain/collections.ts';

/** Collections that the site writes in a member's own repository. */
export const MEMBERS_COLLECTIONS: readonly string[] = [NSID.join, NSID.story, NSID.topic, NSID.reply, NSID.like];

const LEAST = ['atproto', ...MEMBERS_COLLECTIONS.map((collection) => `repo:${collection}`)];

/** For servers that do not know granular scopes: it allows all that an app password does, and is asked for only there. */
const GENERIC = ['atproto', 'transition:generic'];

/** Tried in turn. */
export const SCOPES: readonly string[] = [LEAST.join(' '), GENERIC.join(' ')];

/** All that is ever asked for, as the client's metadata must say. */
export const ALL_SCOPES = [...new Set([...LEAST, ...GENERIC])].join(' ');
