// Roles and what they may do. A role is a record of its own, what it may do is said in another: both are written, one after the other.
import { NSID } from '../../domain/collections.ts';
import type { JsonObject } from '../../domain/model.ts';
import {
  isRoleId,
  permissionsWith,
  permissionsWithout,
  type RoleDraft,
  roleDraft,
  roleRecord,
} from '../../domain/role-settings.ts';
import { ACTIONS } from '../../domain/roles.ts';
import type { RepoAct } from '../../ports/accounts.ts';
import { say } from '../messages.ts';
import { RoleForm, type RoleFormProps, RolesList } from '../pages/settings/roles.tsx';
import type { Env } from '../writing/desk.ts';
import {
  CHANGED,
  given,
  type OwnRecord,
  ownRecord,
  ownRecords,
  refusedPage,
  replacing,
  save,
  settingsPage,
  type Told,
  toPart,
} from './desk.tsx';

const NEW: RoleDraft = { id: '', displayName: '', description: '', actions: [], assignable: [], isDefault: false };

type Shown = Pick<RoleFormProps, 'draft' | 'isNew' | 'seen'>;

async function shown(env: Env, form: Shown, told: Told | null = null): Promise<Response> {
  const roles = (await ownRecords(env, NSID.role)).map(({ uri, value }) => {
    const id = uri.split('/').at(-1) ?? '';
    return { id, displayName: typeof value.displayName === 'string' ? value.displayName : id };
  });
  const body = (
    <>
      <RolesList roles={roles} />
      <RoleForm token={env.place.site.guest.token} roles={roles} {...form} />
    </>
  );
  return settingsPage(env, 'roles', body, told);
}

export async function rolesPage(env: Env): Promise<Response> {
  const refused = refusedPage(env, 'roles');
  if (refused) return refused;
  const id = env.url.searchParams.get('role');
  const [role, permissions] = await both(env, id);
  const seen = { role: role.cid, permissions: permissions.cid };
  return role.value === null || id === null
    ? shown(env, { draft: NEW, isNew: true, seen: { ...seen, role: '' } })
    : shown(env, { draft: roleDraft(id, role.value, permissions.value), isNew: false, seen });
}

const NONE: OwnRecord = { cid: '', value: null };
const both = async (env: Env, id: string | null): Promise<[OwnRecord, OwnRecord]> => [
  id ? await ownRecord(env, NSID.role, id) : NONE,
  await ownRecord(env, NSID.permissions),
];

export async function saveRole(env: Env, request: Request): Promise<Response> {
  const form = await given(env, request, 'roles');
  if (form instanceof Response) return form;
  const { fields, writer } = form;
  const isNew = !fields.has('role');
  const draft = draftFrom(fields);
  const seen = { role: fields.get('seenRole') ?? '', permissions: fields.get('seenPermissions') ?? '' };
  const again = (told: Told): Promise<Response> => shown(env, { draft, isNew: isNew && seen.role === '', seen }, told);
  if (form.told) return again(form.told);
  const [role, permissions] = await both(env, draft.id);
  if (isNew && (!isRoleId(draft.id) || role.value !== null)) return again({ alert: say.roleIdProblem, status: 400 });
  if (role.cid !== seen.role || permissions.cid !== seen.permissions) return again(CHANGED);
  const { did } = env.place.site.space;
  const acts = fields.has('delete') ? deletion(draft.id, role, permissions) : writing(did, draft, role, permissions);
  for (const act of acts) {
    const told = await save(env, writer.standing.did, act);
    if (told) return again(told);
    // Should the other half fail, the form goes on from this one.
    if (act.collection === NSID.role) seen.role = (await ownRecord(env, NSID.role, draft.id)).cid;
    else seen.permissions = (await ownRecord(env, NSID.permissions)).cid;
  }
  return toPart('roles');
}

const permissionsAct = ({ cid }: OwnRecord, record: JsonObject): RepoAct => ({
  ...{ act: 'put', collection: NSID.permissions, rkey: 'self', record, ...replacing(cid) },
});

const writing = (did: string, draft: RoleDraft, role: OwnRecord, permissions: OwnRecord): RepoAct[] => [
  {
    ...{ act: 'put', collection: NSID.role, rkey: draft.id, record: roleRecord(did, role.value, draft) },
    ...replacing(role.cid),
  },
  permissionsAct(permissions, permissionsWith(did, permissions.value, draft)),
];

/** What it may do goes first: where that would lock everybody out, the role stays as it is. */
const deletion = (id: string, { cid }: OwnRecord, permissions: OwnRecord): RepoAct[] => [
  ...(permissions.value ? [permissionsAct(permissions, permissionsWithout(permissions.value, id))] : []),
  { act: 'delete', collection: NSID.role, rkey: id, swap: cid },
];

function draftFrom(fields: URLSearchParams): RoleDraft {
  const text = (name: string): string => fields.get(name) ?? '';
  const chosen = new Set(fields.getAll('action'));
  return {
    id: (fields.get('role') ?? text('id')).trim(),
    ...{ displayName: text('displayName'), description: text('description') },
    actions: ACTIONS.filter((action) => chosen.has(action)),
    assignable: [...new Set(fields.getAll('assignable'))].slice(0, 100),
    isDefault: fields.has('isDefault'),
  };
}
