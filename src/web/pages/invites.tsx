// Invitations: links, people invited by name, and what the invited see.
import type { Invite, Invited, Named } from '../../domain/admission.ts';
import { inviteWorks } from '../../domain/admission.ts';
import type { Did, Page } from '../../domain/model.ts';
import { within } from '../../domain/roles.ts';
import { say } from '../messages.ts';
import { Alert, Field, Form } from '../parts/form.tsx';
import { Pager } from '../parts/pager.tsx';
import { Moment } from '../parts/time.tsx';
import { roleName } from '../roster/acts.ts';
import { authorName, authorPath, type Site, spaceName, withQuery } from '../site.ts';
import { RosterFrame } from './members.tsx';

export const INVITE_DAYS = [1, 7, 30, 365];

export interface InvitesProps {
  site: Site;
  links: Page<Invite>;
  invited: Invited[];
  /** Names who made the links. */
  actor: (did: Did) => Named;
  /** The address of a link that was made just now. */
  made: string | null;
  isFirst: boolean;
  alert: string | null;
  typed: URLSearchParams | null;
}

export const InvitesText = ({ site, links, invited, actor, made, isFirst, alert, typed }: InvitesProps) => (
  <RosterFrame site={site} tab="invites" title={say.invites} alert={alert}>
    {made && (
      <section class="preview" aria-label={say.newLink} role="status">
        <p>{say.linkMade}</p>
        <p class="said">
          <code>{made}</code>
        </p>
      </section>
    )}
    <h2>{say.newLink}</h2>
    <p>{say.linkText}</p>
    <Form action="/members/invites" token={site.guest.token} class="fields">
      <div class="details">
        <Field id="uses" label={say.linkUses}>
          <input id="uses" name="uses" type="number" min="1" max="1000" value={typed?.get('uses') ?? '1'} required />
        </Field>
        <Field id="days" label={say.linkDays}>
          <select id="days" name="days">
            {INVITE_DAYS.map((days) => (
              <option value={String(days)} selected={String(days) === (typed?.get('days') ?? '7')}>
                {say.days(days)}
              </option>
            ))}
          </select>
        </Field>
        <RoleField id="role" site={site} value={typed?.get('role') ?? ''} />
      </div>
      <p>
        <button type="submit" name="act" value="create">
          {say.newLink}
        </button>
      </p>
    </Form>
    <h2 id="links">{say.inviteLinks}</h2>
    {links.items.length === 0 && <p class="empty">{say.noLinks}</p>}
    <ul class="rows" aria-labelledby="links">
      {links.items.map((link) => (
        <LinkRow site={site} link={link} maker={actor(link.by)} />
      ))}
    </ul>
    <Pager
      next={links.cursor && withQuery('/members/invites', { cursor: links.cursor })}
      words={say.more}
      start={isFirst ? null : '/members/invites'}
    />
    <h2>{say.inviteByName}</h2>
    <p>{say.inviteByNameText}</p>
    <Form action="/members/invites" token={site.guest.token} class="fields">
      <div class="details">
        <Field id="who" label={say.theirHandle}>
          <input
            {...{ id: 'who', name: 'who', value: typed?.get('who') ?? '', required: true, maxlength: 300 }}
            {...{ autocapitalize: 'none', spellcheck: false }}
          />
        </Field>
        <RoleField id="their-role" site={site} value={typed?.get('role') ?? ''} />
      </div>
      <p>
        <button type="submit" name="act" value="name">
          {say.inviteThem}
        </button>
      </p>
    </Form>
    <h2 id="invited">{say.invitedPeople}</h2>
    {invited.length === 0 && <p class="empty">{say.nobodyInvited}</p>}
    <ul class="rows" aria-labelledby="invited">
      {invited.map((person) => (
        <li>
          <span>
            <a class="who" href={authorPath(person)}>
              <bdi>{authorName(person)}</bdi>
            </a>{' '}
            {person.role && <span class="chip">{roleName(site.space, person.role)}</span>}
          </span>
          <Form action="/members/invites" token={site.guest.token} values={{ did: person.did }}>
            <button
              {...{ type: 'submit', name: 'act', value: 'withdraw', class: 'quiet' }}
              aria-label={say.withdrawThis(authorName(person))}
            >
              {say.withdrawInvite}
            </button>
          </Form>
        </li>
      ))}
    </ul>
  </RosterFrame>
);

/** Only those that the viewer may give. */
function RoleField({ id, site: { space, standing }, value }: { id: string; site: Site; value: string }) {
  const roles = space.roles.filter((role) => !role.isDefault && standing && within(standing.reach.assign, [role.id]));
  return roles.length === 0 ? null : (
    <Field id={id} label={say.linkRole}>
      <select id={id} name="role">
        <option value="">{say.noRole}</option>
        {roles.map((role) => (
          <option value={role.id} selected={role.id === value}>
            {role.displayName}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface LinkProps {
  site: Site;
  link: Invite;
  maker: Named;
}

function LinkRow({ site: { space, guest, now }, link, maker }: LinkProps) {
  const works = inviteWorks(link, now);
  return (
    <li>
      <span>
        <code>{link.id}…</code> {link.role && <span class="chip">{roleName(space, link.role)}</span>}
        <br />
        <span class="hint">
          {link.revokedAt === null ? (works ? say.linkEnds : say.linkEnded) : say.linkRevoked}{' '}
          <Moment at={link.revokedAt ?? link.expiresAt} />, {say.usesLeft(link.remaining)}, {say.madeBy}{' '}
          {authorName(maker)}
        </span>
      </span>
      {works && (
        <Form action="/members/invites" token={guest.token} values={{ id: link.id }}>
          <button type="submit" name="act" value="revoke" class="quiet" aria-label={say.revokeThis(link.id)}>
            {say.revoke}
          </button>
        </Form>
      )}
    </li>
  );
}

export interface InviteProps {
  site: Site;
  /** Null where it does not work. */
  invite: Invite | null;
  path: string;
  alert: string | null;
}

/** What the invited see; of a private space no more than its front. */
export function InviteText({ site: { space, guest, standing }, invite, path, alert }: InviteProps) {
  if (!invite) {
    return (
      <div class="reading narrow">
        <h1>{say.inviteBroken}</h1>
        <p>{say.refusedBy('InviteNotFound')}</p>
      </div>
    );
  }
  const isPrivate = space.roster === 'private';
  const isIn = standing?.joined && standing.admitted;
  return (
    <div class="reading narrow">
      <h1 dir="auto">{say.inviteTo(spaceName(space))}</h1>
      {alert && <Alert>{alert}</Alert>}
      {space.description !== '' && (
        <p class="said" dir="auto">
          {space.description}
        </p>
      )}
      <p>
        {say.inviteWorksUntil} <Moment at={invite.expiresAt} />.
      </p>
      <p>{isPrivate ? say.joinPrivate : say.joinPublic}</p>
      {!isPrivate && <p>{say.joinRemoval}</p>}
      {isIn && <p>{say.isMember}</p>}
      {!guest.viewer && (
        <p>
          <a class="button" href={withQuery('/login', { next: path })}>
            {say.signInToAccept}
          </a>
        </p>
      )}
      {standing && !isIn && (
        <Form action={path} token={guest.token}>
          <button type="submit">{say.comeIn}</button>
        </Form>
      )}
    </div>
  );
}
