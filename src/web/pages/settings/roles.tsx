// Roles and what they may do: the list, and the form of one.
import type { RoleDraft } from '../../../domain/role-settings.ts';
import { ACTIONS } from '../../../domain/roles.ts';
import { say } from '../../messages.ts';
import { Field, Form } from '../../parts/form.tsx';
import { withQuery } from '../../site.ts';

interface Named {
  id: string;
  displayName: string;
}

export interface RoleFormProps {
  token: string | null;
  roles: Named[];
  draft: RoleDraft;
  isNew: boolean;
  /** Versions of the role and of the permissions. */
  seen: { role: string; permissions: string };
}

export const RolesList = ({ roles }: { roles: Named[] }) => (
  <>
    <p>{say.rolesRule}</p>
    <ul class="rows">
      {roles.map(({ id, displayName }) => (
        <li>
          <strong dir="auto">{displayName}</strong>
          <a href={withQuery('/settings/roles', { role: id })}>
            {say.changeRole}
            <span class="unseen">: {displayName}</span>
          </a>
        </li>
      ))}
    </ul>
  </>
);

export const RoleForm = ({ token, roles, draft, isNew, seen }: RoleFormProps) => (
  <>
    <h2>{isNew ? say.newRole : say.roleNamed(draft.displayName || draft.id)}</h2>
    <Form
      action="/settings/roles"
      token={token}
      values={{ seenRole: seen.role, seenPermissions: seen.permissions, role: isNew ? null : draft.id }}
      class="fields boxes"
    >
      {isNew && (
        <Field id="id" label={say.roleId} hint={say.roleIdHint}>
          <input id="id" name="id" value={draft.id} required maxlength={64} aria-describedby="id-hint" />
        </Field>
      )}
      <Field id="displayName" label={say.roleName}>
        <input id="displayName" name="displayName" value={draft.displayName} required maxlength={64} dir="auto" />
      </Field>
      <Field id="description" label={say.roleDescription}>
        <textarea id="description" name="description" rows={2} maxlength={2000} dir="auto">
          {draft.description}
        </textarea>
      </Field>
      <Ticks name="action" legend={say.roleActions} chosen={draft.actions} all={actionWords()} />
      <Ticks
        name="assignable"
        legend={say.roleReach}
        hint={say.roleReachHint}
        chosen={draft.assignable}
        all={roles.map(({ id, displayName }) => [id, displayName])}
      />
      <label class="tick">
        <input type="checkbox" name="isDefault" value="1" checked={draft.isDefault} /> {say.roleDefault}
      </label>
      <p class="acts">
        <button type="submit">{isNew ? say.addRole : say.save}</button>
        {!isNew && (
          <button type="submit" name="delete" value="1" class="quiet" formnovalidate>
            {say.deleteRole}
          </button>
        )}
      </p>
    </Form>
  </>
);

const actionWords = (): [string, string][] => ACTIONS.map((action) => [action, say.roleAction(action)]);

interface TicksProps {
  name: string;
  legend: string;
  hint?: string;
  chosen: string[];
  all: [value: string, words: string][];
}

const Ticks = ({ name, legend, hint, chosen, all }: TicksProps) =>
  all.length === 0 ? null : (
    <fieldset>
      <legend>{legend}</legend>
      {hint && <p class="hint">{hint}</p>}
      {all.map(([value, words]) => (
        <label class="tick">
          <input type="checkbox" name={name} value={value} checked={chosen.includes(value)} /> {words}
        </label>
      ))}
    </fieldset>
  );
