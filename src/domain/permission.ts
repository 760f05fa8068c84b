// The one place that says whether somebody may do something in a space. Whatever writes asks here first, whichever way it came.
import type { Founder, FoundingPolicy } from './founding.ts';
import { actionFor } from './group-acts.ts';
import type { Did, Member, SpaceDetails } from './model.ts';
import { type Refusal, refuse } from './outcome.ts';
import { ACTIONS, type Action, hasAction, isMember, mayPost } from './roles.ts';

/** What somebody is in a space. */
export interface Standing {
  did: Did;
  joined: boolean;
  /** Whether the group has its half; only both make a member. */
  admitted: boolean;
  roles: string[];
  /** What they may do by their roles, and by who may post. */
  actions: Action[];
  joinPolicy: SpaceDetails['joinPolicy'];
  visibility: SpaceDetails['visibility'];
  /** A member by both halves, or the group itself. */
  isInside: boolean;
  /** Of the space: what is new would not be taken. */
  paused: boolean;
}

export function standingOf(
  { policy, joinPolicy, visibility, paused }: Pick<SpaceDetails, 'policy' | 'joinPolicy' | 'visibility' | 'paused'>,
  did: Did,
  member: Member | null,
): Standing {
  const known = member ?? undefined;
  const may = (action: Action): boolean =>
    action === 'post' ? mayPost(policy, did, known) : hasAction(policy, known, action);
  // Whoever is signed in as the group itself has it in their hands anyway.
  const isGroup = did === policy.did;
  const actions = isGroup ? [...ACTIONS] : ACTIONS.filter(may);
  const isInside = isGroup || isMember(known);
  const { joined, admitted, roles } = member ?? { joined: false, admitted: false, roles: [] };
  const held = { did, joined, admitted, roles: isMember(known) ? roles : [], actions };
  return { ...held, joinPolicy, visibility, isInside, paused };
}

/** What somebody does, mostly with their own records. `author`: whose record it is about. */
export type Deed =
  | { do: 'read' | 'join' | 'leave' | 'post' | 'reply' | 'like' | 'configure-group' }
  /** Through the group's own account: a record of any collection but memberships; a blob; a token; a look at what was done. */
  | { do: 'write-as-group'; collection: string }
  | { do: 'upload-as-group' | 'sign-as-group' | 'read-group-log' | 'configure-space' | 'revive' }
  | { do: 'edit' | 'delete' | 'unlike'; author: Did };

/** Whether the group confirms at once whoever joins. */
export const confirmsAtOnce = ({ joinPolicy, admitted }: Standing): boolean => joinPolicy === 'open' && !admitted;

/** What may be done at the door of a private space, by who is not inside: coming in, going, and taking back what is one's own. */
const AT_THE_DOOR: ReadonlySet<Deed['do']> = new Set(['join', 'leave', 'delete', 'unlike']);

/** As of a space that there is not: whoever is not inside is told no difference. */
export const NO_SPACE: Refusal = refuse('SpaceNotFound', 'this instance has no such space');

/** What a space that is paused would not take. */
const ADDS: ReadonlySet<Deed['do']> = new Set(['join', 'post', 'reply', 'like', 'edit', 'write-as-group']);

/** Any of these actions will do. */
const refuseWithout = ({ actions }: Standing, ...any: Action[]): Refusal | null =>
  any.some((action) => actions.includes(action))
    ? null
    : refuse('NotPermitted', `this takes a role with ${any.join(' or ')}`);

/** Null when they may. */
export function refusalOf(standing: Standing, deed: Deed): Refusal | null {
  const no = (why: string): Refusal => refuse('NotPermitted', why);
  if (standing.visibility === 'private' && !standing.isInside && !AT_THE_DOOR.has(deed.do)) return NO_SPACE;
  if (standing.paused && ADDS.has(deed.do)) return no('this space takes nothing new for a while; try again later');
  switch (deed.do) {
    case 'read':
      return null;
    case 'join':
      if (standing.joined) return null;
      // The group has said already that it wants them: their half is all that is missing.
      return standing.joinPolicy === 'open' || standing.admitted ? null : no('this space is not open to everybody');
    case 'leave':
      // Nobody is held back, whatever the space says.
      return null;
    case 'post':
    case 'reply':
    case 'like':
      return standing.actions.includes('post') ? null : no('you may not post here');
    case 'edit':
      if (deed.author !== standing.did) return no('this is somebody else’s');
      return standing.actions.includes('post') ? null : no('you may not post here any more; you can still delete it');
    case 'configure-group':
      return standing.actions.includes('group.configure') ? null : no('you may not configure the group account');
    case 'write-as-group':
      return refuseWithout(standing, actionFor(deed.collection));
    case 'upload-as-group':
      return refuseWithout(standing, 'space.configure', 'group.act');
    case 'sign-as-group':
      return refuseWithout(standing, 'group.act');
    case 'read-group-log':
      return refuseWithout(standing, 'group.configure', 'mod.read');
    case 'configure-space':
    case 'revive':
      return refuseWithout(standing, 'space.configure');
    case 'delete':
    case 'unlike':
      return deed.author === standing.did ? null : no('this is somebody else’s');
  }
}

/** Spaces founded within a day, without a code. */
const MOST_FOUNDED = { byOne: 1, byAll: 20 };

/** Null when they may found a space; asked anew at every step, and when the doors open. */
export function refusalToFound(policy: FoundingPolicy, { isApproved, founding, opened }: Founder): Refusal | null {
  if (founding?.byCode) return null;
  if (policy === 'operator') return refuse('NotPermitted', 'the operator founds the spaces of this instance');
  if (policy === 'approved' && !isApproved) return refuse('NotPermitted', 'the operator has not approved this account');
  if (opened.byThem >= MOST_FOUNDED.byOne)
    return refuse('RateLimitExceeded', 'this account has founded a space within the last day');
  if (opened.byAll >= MOST_FOUNDED.byAll)
    return refuse('RateLimitExceeded', 'many spaces were founded here within the last day');
  return null;
}
