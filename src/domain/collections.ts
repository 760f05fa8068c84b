// Which collections are known, and what a record of each is to the house.
import { $nsid as join } from '../lexicons/club/commonplace/actor/join.ts';
import { $nsid as subscription } from '../lexicons/club/commonplace/actor/subscription.ts';
import { $nsid as crosspost } from '../lexicons/club/commonplace/crosspost.ts';
import { $nsid as like } from '../lexicons/club/commonplace/like.ts';
import { $nsid as reply } from '../lexicons/club/commonplace/reply.ts';
import { $nsid as feature } from '../lexicons/club/commonplace/space/feature.ts';
import { $nsid as lock } from '../lexicons/club/commonplace/space/lock.ts';
import { $nsid as membership } from '../lexicons/club/commonplace/space/membership.ts';
import { $nsid as permissions } from '../lexicons/club/commonplace/space/permissions.ts';
import { $nsid as pin } from '../lexicons/club/commonplace/space/pin.ts';
import { $nsid as profile } from '../lexicons/club/commonplace/space/profile.ts';
import { $nsid as role } from '../lexicons/club/commonplace/space/role.ts';
import { $nsid as rule } from '../lexicons/club/commonplace/space/rule.ts';
import { $nsid as theme } from '../lexicons/club/commonplace/space/theme.ts';
import { $nsid as story } from '../lexicons/club/commonplace/story.ts';
import { $nsid as topic } from '../lexicons/club/commonplace/topic.ts';
import { $nsid as document } from '../lexicons/site/standard/document.ts';
import { $nsid as publication } from '../lexicons/site/standard/publication.ts';

/** Either half of a membership. */
export const isHalf = (collection: string): boolean => collection === join || collection === membership;

/** Records of the group's own repository. */
export const GROUP = { profile, theme, rule, role, permissions, membership, pin, lock, feature };

export const NSID = {
  story,
  topic,
  reply,
  like,
  crosspost,
  join,
  subscription,
  document,
  publication,
  ...GROUP,
} as const;

const KNOWN: ReadonlySet<string> = new Set(Object.values(NSID));
const OF_THE_GROUP: ReadonlySet<string> = new Set(Object.values(GROUP));

/** Our lexicons end with the first two segments of every collection of ours. */
export const isOurs = (collection: string): boolean => collection.startsWith('club.commonplace.');
export const isKnown = (collection: string): boolean => KNOWN.has(collection);
/** Records that count only in the group's own repository. */
export const isOfTheGroup = (collection: string): boolean => OF_THE_GROUP.has(collection);
/** What makes members, gives roles or makes the group act: proven from the signed repository before it counts. */
export const givesPower = (collection: string): boolean => isOfTheGroup(collection) || collection === join;
/** Records that are posts wherever they appear. */
export const isTitled = (collection: string): boolean => collection === story || collection === topic;
/** Records that say who someone is here: they show nothing by themselves and need no membership. */
export const isPersonal = (collection: string): boolean => collection === join || collection === subscription;

/** What the stream is asked for before any space adds further collections. */
export const BASE_WANTED = ['club.commonplace.*', 'site.standard.*'];
/** Further collections per space and per stream (Jetstream takes 100 in all). */
export const MAX_FURTHER = { space: 20, stream: 100 - BASE_WANTED.length };
