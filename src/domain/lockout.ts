// A space must not be left without anybody who can act for it. Every act through this instance that takes something away asks here.
import type { Did, SpacePolicy } from './model.ts';
import { type Refusal, refuse } from './outcome.ts';
import type { Action } from './roles.ts';

/** What a keeper may do: both by the roles of one person, who can then give all else back. */
const KEEPING: readonly Action[] = ['group.configure', 'role.assign'];

type Actions = SpacePolicy['actions'];

/** The members that matter, full ones only, and what roles may do. Those without any of `keepingRoles` may be left out. */
export interface Staff {
  actions: Actions;
  members: { did: Did; roles: string[] }[];
}

export type StaffChange =
  /** The person has these roles from now on. */
  | { change: 'roles'; did: Did; roles: string[] }
  /** They leave, are removed or banned. */
  | { change: 'out'; did: Did }
  /** Roles may do this from now on: the permissions record is written, or deleted (nothing). */
  | { change: 'permissions'; actions: Actions };

const grants = (actions: Actions, role: string, action: Action): boolean =>
  Object.hasOwn(actions, role) && actions[role]?.includes(action) === true;

/** Roles that a keeper may be one by. */
export const keepingRoles = (actions: Actions): string[] =>
  Object.keys(actions).filter((role) => KEEPING.some((action) => grants(actions, role, action)));

export const isKeeper = (actions: Actions, roles: string[]): boolean =>
  KEEPING.every((action) => roles.some((role) => grants(actions, role, action)));

const hasKeeper = ({ actions, members }: Staff): boolean => members.some(({ roles }) => isKeeper(actions, roles));

export function staffAfter({ actions, members }: Staff, change: StaffChange): Staff {
  switch (change.change) {
    case 'permissions':
      return { actions: change.actions, members };
    case 'out':
      return { actions, members: members.filter(({ did }) => did !== change.did) };
    case 'roles':
      // Roles alone make nobody a member.
      return {
        actions,
        members: members.map((member) => (member.did === change.did ? { ...member, roles: change.roles } : member)),
      };
  }
}

/** What is left for certain while it is not known yet whether a change came to pass: only what is so before and after it. */
export function lessOf(staff: Staff, change: StaffChange): Staff {
  const after = staffAfter(staff, change);
  const both = (a: string[], b: string[] = []): string[] => a.filter((one) => b.includes(one));
  return {
    actions: Object.fromEntries(
      Object.entries(staff.actions).map(([role, granted]) => [
        role,
        both(granted, Object.hasOwn(after.actions, role) ? after.actions[role] : []),
      ]),
    ),
    members: staff.members.flatMap((member) => {
      const later = after.members.find(({ did }) => did === member.did);
      return later ? [{ did: member.did, roles: both(member.roles, later.roles) }] : [];
    }),
  };
}

/** A space that nobody keeps loses nobody: its account itself is then all it has. `pending`: let through, and not seen yet. */
export const locksOut = (staff: Staff, change: StaffChange, pending: StaffChange[] = []): boolean =>
  hasKeeper(staff) && !hasKeeper(staffAfter(pending.reduce(lessOf, staff), change));

export const lockoutRefusal = (staff: Staff, change: StaffChange, pending: StaffChange[] = []): Refusal | null =>
  locksOut(staff, change, pending)
    ? refuse(
        'LastSteward',
        'nobody would be left who may configure the group account and give roles: give another member such a role first',
      )
    : null;
