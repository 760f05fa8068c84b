// Roles and what they may do, from a form to the two records that say so.
import { NSID } from './collections.ts';
import { objectsIn, stringsIn } from './json.ts';
import type { Did, JsonObject } from './model.ts';
import { ACTIONS } from './roles.ts';

export interface RoleDraft {
  id: string;
  displayName: string;
  description: string;
  actions: string[];
  /** Roles that `role.assign` and `eject` of this one reach. */
  assignable: string[];
  isDefault: boolean;
}

const ROLE_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Of a new role; other clients may have made others. */
export const isRoleId = (id: string): boolean => ROLE_ID.test(id);

export function roleRecord(space: Did, before: JsonObject | null, draft: RoleDraft): JsonObject {
  const { description: _, ...rest } = before ?? { $type: NSID.role, space };
  const description = draft.description.replaceAll('\r\n', '\n').trim();
  return { ...rest, displayName: draft.displayName.trim(), ...(description === '' ? {} : { description }) };
}

const begin = (space: Did): JsonObject => ({ $type: NSID.permissions, space, roles: [], defaultRoles: [] });

/** Actions that this house does not know stay granted. */
export function permissionsWith(space: Did, before: JsonObject | null, draft: RoleDraft): JsonObject {
  const record = before ?? begin(space);
  const entries = objectsIn(record.roles);
  const mine = entries.find(({ role }) => role === draft.id);
  const unknown = stringsIn(mine?.actions).filter((action) => !ACTIONS.some((known) => known === action));
  const entry = { ...mine, role: draft.id, actions: [...draft.actions, ...unknown], assignable: draft.assignable };
  const defaults = stringsIn(record.defaultRoles).filter((role) => role !== draft.id);
  return {
    ...record,
    roles: mine ? entries.map((one) => (one === mine ? entry : one)) : [...entries, entry],
    defaultRoles: draft.isDefault ? [...defaults, draft.id] : defaults,
  };
}

/** Nowhere is the role named any more. */
export function permissionsWithout(before: JsonObject, id: string): JsonObject {
  const others = (value: JsonObject[string] | undefined): string[] => stringsIn(value).filter((role) => role !== id);
  return {
    ...before,
    roles: objectsIn(before.roles)
      .filter(({ role }) => role !== id)
      .map((entry) => ({ ...entry, assignable: others(entry.assignable) })),
    defaultRoles: others(before.defaultRoles),
  };
}

export function roleDraft(id: string, role: JsonObject, permissions: JsonObject | null): RoleDraft {
  const entry = objectsIn(permissions?.roles).find((one) => one.role === id);
  const text = (value: JsonObject[string] | undefined): string => (typeof value === 'string' ? value : '');
  return {
    ...{ id, displayName: text(role.displayName), description: text(role.description) },
    ...{ actions: stringsIn(entry?.actions), assignable: stringsIn(entry?.assignable) },
    isDefault: stringsIn(permissions?.defaultRoles).includes(id),
  };
}
