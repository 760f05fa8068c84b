// One member, or somebody who is none, as those see them who may change that.
import type { Ban } from '../../domain/admission.ts';
import type { Member } from '../../domain/model.ts';
import { within } from '../../domain/roles.ts';
import { say } from '../messages.ts';
import { Field, Form } from '../parts/form.tsx';
import { Moment } from '../parts/time.tsx';
import { may, roleName } from '../roster/acts.ts';
import { authorName, authorPath, type Site } from '../site.ts';
import { RosterFrame } from './members.tsx';

export const BAN_DAYS = [1, 7, 30, 365];

export interface PersonProps {
  site: Site;
  did: string;
  handle: string | null;
  member: Member | null;
  banned: Pick<Ban, 'until' | 'told'> | null;
  alert: string | null;
  typed: URLSearchParams | null;
}

export function PersonText({ site, did, handle, member, banned, alert, typed }: PersonProps) {
  const roles = member?.roles ?? [];
  return (
    <RosterFrame site={site} tab="members" title={authorName({ did, handle })} alert={alert}>
      <p class="meta">
        <a href={authorPath({ did, handle: null })}>{say.authorPosts}</a>
        <span>{did}</span>
        <span>{member?.joined && member.admitted ? say.member : say.notAMember}</span>
        {banned && (
          <span>
            {say.isBannedUntil} <Moment at={banned.until} />
          </span>
        )}
      </p>
      {member?.admitted && site.standing?.actions.includes('role.assign') && (
        <RolesForm site={site} did={did} roles={roles} />
      )}
      {member?.admitted && may(site, { do: 'eject', roles }) && (
        <>
          <h2>{say.removeTitle}</h2>
          <p>{say.removeText}</p>
          <Form action={`/members/${did}`} token={site.guest.token}>
            <button type="submit" name="act" value="eject">
              {say.removeThem}
            </button>
          </Form>
        </>
      )}
      {may(site, { do: 'ban', roles }) && <BanForm site={site} did={did} typed={typed} />}
    </RosterFrame>
  );
}

function RolesForm({ site, did, roles }: { site: Site; did: string; roles: string[] }) {
  const { space, standing, guest } = site;
  const all = [...new Set([...space.roles.map(({ id }) => id), ...roles])];
  return (
    <Form action={`/members/${did}`} token={guest.token} class="fields">
      <fieldset>
        <legend>{say.rolesOf}</legend>
        <p class="hint">{say.rolesText}</p>
        {all.map((role) => {
          const isFree = standing !== null && within(standing.reach.assign, [role]);
          const isHeld = roles.includes(role);
          return (
            <p>
              <label>
                <input type="checkbox" name="role" value={role} checked={isHeld} disabled={!isFree} />{' '}
                {roleName(space, role)}
              </label>
              {!isFree && isHeld && <input type="hidden" name="role" value={role} />}
            </p>
          );
        })}
      </fieldset>
      <p>
        <button type="submit" name="act" value="roles">
          {say.saveRoles}
        </button>
      </p>
    </Form>
  );
}

const BanForm = ({ site, did, typed }: { site: Site; did: string; typed: URLSearchParams | null }) => (
  <>
    <h2>{say.banTitle}</h2>
    <p>{say.banText}</p>
    <Form action={`/members/${did}`} token={site.guest.token} class="fields">
      <Field id="days" label={say.banDays}>
        <select id="days" name="days">
          {BAN_DAYS.map((days) => (
            <option value={String(days)} selected={String(days) === (typed?.get('days') ?? '7')}>
              {say.days(days)}
            </option>
          ))}
        </select>
      </Field>
      <Field id="told" label={say.banTold}>
        <input id="told" name="told" value={typed?.get('told') ?? ''} maxlength={500} dir="auto" />
      </Field>
      <Field id="reason" label={say.banReason}>
        <input id="reason" name="reason" value={typed?.get('reason') ?? ''} maxlength={500} dir="auto" />
      </Field>
      <p>
        <button type="submit" name="act" value="ban">
          {say.banThem}
        </button>
      </p>
    </Form>
  </>
);
