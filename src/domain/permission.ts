// The one place that says whether somebody may do something in a space. Whatever writes asks here first, whichever way it came.
import type { Ban } from './admission.ts';
import type { Founder, FoundingPolicy } from './founding.ts';
import { actionFor } from './group-acts.ts';
import type { Did, Member, SpaceDetails, Visibility } from './model.ts';
import { type Refusal, refuse } from './outcome.ts';
import { ACTIONS, type Action, hasAction, isMember, mayPost, type Reach, reachOf, within } from './roles.ts';

/** What somebody is in a space. */
export interface Standing {
  did: Did;
  joined: boolean;
  /** Whether the group has its half; only both make a member. */
  admitted: boolean;
  roles: string[];
  /** What they may do by their roles, and by who may post. */
  actions: Action[];
  /** Roles they may give and take, and the roles that those may have whom they may remove. */
  reach: { assign: Reach; eject: Reach };
  /** Null where they are not. */
  banned: Pick<Ban, 'until' | 'told'> | null;
  joinPolicy: SpaceDetails['joinPolicy'];
  visibility: SpaceDetails['visibility'];
  roster: SpaceDetails['roster'];
  /** A member by both halves, or the group itself. */
  isInside: boolean;
  /** Of the space: what is new would not be taken. */
  paused: boolean;
}

/** What of a space one’s standing follows from. */
export type StandingSpace = Pick<SpaceDetails, 'policy' | 'joinPolicy' | 'visibility' | 'roster' | 'paused'>;

export function standingOf(
  { policy, joinPolicy, visibility, roster, paused }: StandingSpace,
  did: Did,
  member: Member | null,
  banned: Standing['banned'] = null,
): Standing {
  const known = banned === null ? (member ?? undefined) : undefined;
  const may = (action: Action): boolean =>
    action === 'post' ? banned === null && mayPost(policy, did, known) : hasAction(policy, known, action);
  // Whoever is signed in as the group itself has it in their hands anyway.
  const isGroup = did === policy.did;
  const actions = isGroup ? [...ACTIONS] : ACTIONS.filter(may);
  const isInside = isGroup || isMember(known);
  const { joined, admitted, roles } = member ?? { joined: false, admitted: false, roles: [] };
  const reach = { assign: reachOf(policy, did, known, 'role.assign'), eject: reachOf(policy, did, known, 'eject') };
  const held = { did, joined, admitted, roles: isMember(known) ? roles : [], actions };
  return { ...held, reach, banned, joinPolicy, visibility, roster, isInside, paused };
}

/** What somebody does. `author`: whose record it is about. */
export type Deed =
  | { do: 'read' | 'join' | 'leave' | 'post' | 'reply' | 'like' | 'draft' | 'configure-group' }
  /** Through the group's own account: a record of any collection but memberships; a blob; a token; a look at what was done. */
  | { do: 'write-as-group'; collection: string }
  | { do: 'upload-as-group' | 'sign-as-group' | 'read-group-log' | 'configure-space' | 'revive' }
  | { do: 'apply' | 'accept-invite' | 'subscribe' | 'unsubscribe' }
  /** Decides who comes in; looks after invitations. */
  | { do: 'admit' | 'see-invites' }
  /** `role`: what the invited is given beside what every new member is. */
  | { do: 'invite'; role: string | null }
  /** Whom they take out, or keep out: by the roles that person has. */
  | { do: 'eject' | 'ban'; roles: string[] }
  | { do: 'see-bans' }
  | { do: 'assign'; before: string[]; after: string[] }
  /** Who is in, where the roster is private. */
  | { do: 'see-roster' }
  /** A name of the space for oneself; whether it gives any. */
  | { do: 'take-name' | 'configure-names' }
  | { do: 'edit' | 'delete' | 'unlike'; author: Did }
  /** `from`: how the space of what is shown here is seen. */
  | { do: 'crosspost'; from: Visibility };

/** Whether the group confirms at once whoever joins. */
export const confirmsAtOnce = ({ joinPolicy, admitted, banned }: Standing): boolean =>
  joinPolicy === 'open' && !admitted && banned === null;

const changed = (before: string[], after: string[]): string[] => [
  ...before.filter((role) => !after.includes(role)),
  ...after.filter((role) => !before.includes(role)),
];

/** What may be done at the door of a private space, by who is not inside: coming in, going, and taking back what is one's own. */
const AT_THE_DOOR: ReadonlySet<Deed['do']> = new Set([
  ...(['join', 'leave', 'delete', 'unlike', 'apply', 'accept-invite'] as const),
]);

/** As of a space that there is not: whoever is not inside is told no difference. */
export const NO_SPACE: Refusal = refuse('SpaceNotFound', 'this instance has no such space');

const seesRoster = ({ actions }: Standing): boolean =>
  (['admit', 'eject', 'role.assign'] as const).some((action) => actions.includes(action));

/** Who sees which invitations were used learns who is in. */
const mayInvite = (standing: Standing): boolean =>
  standing.actions.includes('invite') && (standing.roster === 'public' || seesRoster(standing));

/** What a space that is paused would not take. */
const ADDS: ReadonlySet<Deed['do']> = new Set([
  ...(['join', 'post', 'reply', 'like', 'edit', 'crosspost', 'take-name'] as const),
  ...(['apply', 'accept-invite', 'subscribe', 'invite', 'assign', 'write-as-group'] as const),
]);

/** What nobody may do while they are banned. */
const BANNED_FROM: ReadonlySet<Deed['do']> = new Set([
  ...(['join', 'apply', 'accept-invite', 'post', 'reply', 'like', 'edit', 'crosspost', 'draft', 'take-name'] as const),
]);

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
  if (standing.banned && BANNED_FROM.has(deed.do)) return refuse('Banned', 'you are banned from this space for a time');
  const has = (action: Action): boolean => standing.actions.includes(action);
  switch (deed.do) {
    case 'read':
      return null;
    case 'join':
      if (standing.joined) return null;
      // The group has said already that it wants them: their half is all that is missing.
      return standing.joinPolicy !== 'invite' || standing.admitted ? null : no('this space is not open to everybody');
    case 'apply':
      if (standing.admitted) return no('you are admitted already: join');
      return standing.joinPolicy === 'approval' ? null : no('this space takes no applications');
    case 'accept-invite':
      return null;
    case 'subscribe':
    case 'unsubscribe':
      return null;
    case 'admit':
      return has('admit') ? null : no('you may not decide who comes in');
    case 'see-invites':
      return mayInvite(standing) ? null : no('you may not invite');
    case 'invite':
      if (!mayInvite(standing)) return no('you may not invite');
      return deed.role === null || within(standing.reach.assign, [deed.role]) ? null : no('you may not give this role');
    case 'see-bans':
      return has('eject') ? null : no('you may not remove anybody');
    case 'eject':
    case 'ban':
      if (!has('eject')) return no('you may not remove anybody');
      return within(standing.reach.eject, deed.roles) ? null : no('they have a role that is out of your reach');
    case 'assign':
      if (!has('role.assign')) return no('you may not give roles');
      return within(standing.reach.assign, changed(deed.before, deed.after)) ? null : no('you may not give this role');
    case 'see-roster':
      return seesRoster(standing) ? null : no('who is in is told to nobody');
    case 'leave':
      // Nobody is held back, whatever the space says.
      return null;
    case 'post':
    case 'reply':
    case 'like':
    case 'draft':
      return standing.actions.includes('post') ? null : no('you may not post here');
    case 'crosspost':
      // What is said among those inside is theirs.
      if (deed.from === 'private') return no('what a private space holds is shown nowhere else');
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
    case 'take-name':
      return standing.joined && standing.admitted ? null : no('only members have a name of the space');
    case 'configure-names':
      return standing.actions.includes('space.configure') ? null : no('you may not configure this space');
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
