// What a member may do: the flat union of the actions of their roles, no deny rules.
import type { Did, Member, SpacePolicy } from './model.ts';

export const ACTIONS = [
  'post',
  'mod.read',
  'mod.resolve',
  'label',
  'takedown',
  'invite',
  'admit',
  'eject',
  'role.assign',
  'space.configure',
  'group.configure',
  'group.act',
  'govern',
] as const;

export type Action = (typeof ACTIONS)[number];

/** Only both halves make a member. */
export const isMember = (member: Member | undefined): member is Member => member?.joined === true && member.admitted;

export const hasAction = (space: SpacePolicy, member: Member | undefined, action: Action): boolean =>
  isMember(member) &&
  member.roles.some((role) => Object.hasOwn(space.actions, role) && space.actions[role]?.includes(action));

/** The group itself may always post; otherwise the profile's `postPolicy` decides, by what is true now. */
export function mayPost(space: SpacePolicy, author: Did, member: Member | undefined): boolean {
  if (author === space.did || space.postPolicy === 'anyone') return true;
  return space.postPolicy === 'roles' ? hasAction(space, member, 'post') : isMember(member);
}

/** Roles that an action of somebody's extends to; all of them where they have the space in their hands. */
export type Reach = readonly string[] | 'all';

export function reachOf(
  space: SpacePolicy,
  did: Did,
  member: Member | undefined,
  action: 'role.assign' | 'eject',
): Reach {
  if (did === space.did) return 'all';
  if (!isMember(member)) return [];
  const granting = member.roles.filter((role) => hasAction(space, { ...member, roles: [role] }, action));
  return [...new Set(granting.flatMap((role) => space.reach[role] ?? []))];
}

export const within = (reach: Reach, roles: readonly string[]): boolean =>
  reach === 'all' || roles.every((role) => reach.includes(role));
