// Who is in, who wants to be, and who is kept out.
import type { Child } from 'hono/jsx';
import type { Banned, JoinRequest, ListedMember, Named } from '../../domain/admission.ts';
import type { Did, Page } from '../../domain/model.ts';
import { say } from '../messages.ts';
import { Alert, Field, Form } from '../parts/form.tsx';
import { Pager } from '../parts/pager.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Ago, Moment } from '../parts/time.tsx';
import { may, roleName } from '../roster/acts.ts';
import { authorName, authorPath, type Site, withQuery } from '../site.ts';

export type RosterTab = 'members' | 'requests' | 'invites' | 'bans';

interface FrameProps {
  site: Site;
  tab: RosterTab;
  title: string;
  alert?: string | null | undefined;
  children: Child;
}

/** Tabs only for those who have more than the list. */
export function RosterFrame({ site, tab, title, alert, children }: FrameProps) {
  const others = [
    ...(may(site, { do: 'admit' }) ? [['requests', say.requests] as const] : []),
    ...(may(site, { do: 'see-invites' }) ? [['invites', say.invites] as const] : []),
    ...(may(site, { do: 'see-bans' }) ? [['bans', say.bans] as const] : []),
  ];
  const tabs = [['members', say.membersTitle] as const, ...others];
  return (
    <div class="reading">
      <h1>{title}</h1>
      {others.length > 0 && (
        <Tabs
          label={say.membersNav}
          tabs={tabs.map(([name, words]) => ({
            ...{ href: name === 'members' ? '/members' : `/members/${name}`, words, current: name === tab },
          }))}
        />
      )}
      {alert && <Alert>{alert}</Alert>}
      {children}
    </div>
  );
}

export interface MembersProps {
  site: Site;
  members: Page<ListedMember>;
  /** Names who invited them. */
  actor: (did: Did) => Named;
  q: string;
  isFirst: boolean;
}

export const MembersText = ({ site, members, actor, q, isFirst }: MembersProps) => (
  <RosterFrame site={site} tab="members" title={say.membersTitle}>
    {site.space.roster === 'private' && <p class="note">{say.rosterHiddenNote}</p>}
    <search>
      <form action="/members" class="fields">
        <Field id="who" label={say.searchMembers}>
          <input id="who" name="q" value={q} maxlength={253} autocapitalize="none" spellcheck={false} />
        </Field>
        <p>
          <button type="submit" class="quiet">
            {say.searchThem}
          </button>
        </p>
      </form>
    </search>
    {members.items.length === 0 && <p class="empty">{say.noMembers}</p>}
    <ul class="rows" aria-label={say.membersTitle}>
      {members.items.map((member) => (
        <MemberRow site={site} member={member} inviter={member.invitedBy ? actor(member.invitedBy) : null} />
      ))}
    </ul>
    <Pager
      next={members.cursor && withQuery('/members', { q, cursor: members.cursor })}
      words={say.moreMembers}
      start={isFirst ? null : '/members'}
    />
  </RosterFrame>
);

interface MemberProps {
  site: Site;
  member: ListedMember;
  inviter: Named | null;
}

function MemberRow({ site, member, inviter }: MemberProps) {
  const { space, now } = site;
  const canManage = may(site, { do: 'see-bans' }) || site.standing?.actions.includes('role.assign');
  return (
    <li>
      <span>
        <a class="who" href={authorPath(member)}>
          <bdi>{authorName(member)}</bdi>
        </a>{' '}
        {member.roles.map((role) => (
          <span class="chip" dir="auto">
            {roleName(space, role)}
          </span>
        ))}
      </span>
      <span class="hint">
        {say.memberSince} <Ago at={member.since} now={now} />
        {inviter && (
          <>
            , {say.invitedBy} <a href={authorPath(inviter)}>{authorName(inviter)}</a>
          </>
        )}
        {canManage && (
          <>
            {' '}
            <a href={`/members/${member.did}`} aria-label={say.manage(authorName(member))}>
              {say.edit}
            </a>
          </>
        )}
      </span>
    </li>
  );
}

export interface ListProps<T> {
  site: Site;
  page: Page<T>;
  /** Names those whom a line names beside the one whom it is about. */
  actor: (did: Did) => Named;
  isFirst: boolean;
  alert: string | null;
}

export const RequestsText = ({ site, page, isFirst, alert }: ListProps<JoinRequest>) => (
  <RosterFrame site={site} tab="requests" title={say.requests} alert={alert}>
    {page.items.length === 0 && <p class="empty">{say.noRequests}</p>}
    <ul class="rows" aria-label={say.requests}>
      {page.items.map((request) => (
        <RequestRow site={site} request={request} />
      ))}
    </ul>
    <Pager
      next={page.cursor && withQuery('/members/requests', { cursor: page.cursor })}
      words={say.moreRequests}
      start={isFirst ? null : '/members/requests'}
    />
  </RosterFrame>
);

function RequestRow({ site: { space, guest, now }, request }: { site: Site; request: JoinRequest }) {
  const name = authorName(request);
  return (
    <li>
      <div>
        <p>
          <a class="who" href={authorPath(request)}>
            <bdi>{name}</bdi>
          </a>{' '}
          <span class="hint">
            <Ago at={request.at} now={now} />. {!request.joined && say.notJoinedYet}
          </span>
        </p>
        {request.answers.length === 0 && space.joinQuestions.length > 0 && <p class="hint">{say.noAnswers}</p>}
        <dl>
          {request.answers.map(({ question, answer }) => (
            <>
              <dt dir="auto">{question}</dt>
              <dd class="said" dir="auto">
                {answer}
              </dd>
            </>
          ))}
        </dl>
      </div>
      <Form action="/members/requests" token={guest.token} values={{ did: request.did }} class="fields">
        <Field id={`reason-${request.did}`} label={say.reasonForThem}>
          <input id={`reason-${request.did}`} name="reason" maxlength={500} />
        </Field>
        <p class="acts">
          <button type="submit" name="act" value="accept" aria-label={say.admitThem(name)}>
            {say.accept}
          </button>
          <button type="submit" name="act" value="decline" class="quiet" aria-label={say.declineThem(name)}>
            {say.decline}
          </button>
        </p>
      </Form>
    </li>
  );
}

export const BansText = ({ site, page, actor, isFirst, alert }: ListProps<Banned>) => (
  <RosterFrame site={site} tab="bans" title={say.bans} alert={alert}>
    {page.items.length === 0 && <p class="empty">{say.noBans}</p>}
    <ul class="rows" aria-label={say.bans}>
      {page.items.map((banned) => (
        <li>
          <div>
            <a class="who" href={`/members/${banned.did}`}>
              <bdi>{authorName(banned)}</bdi>
            </a>{' '}
            <span class="hint">
              {say.isBannedUntil} <Moment at={banned.until} />, {say.madeBy} {authorName(actor(banned.by))}
            </span>
            {banned.told !== '' && (
              <p class="said" dir="auto">
                {say.toldThem} {banned.told}
              </p>
            )}
            {banned.reason !== '' && (
              <p class="said" dir="auto">
                {banned.reason}
              </p>
            )}
          </div>
          <Form action="/members/bans" token={site.guest.token} values={{ did: banned.did }}>
            <button type="submit" class="quiet" aria-label={say.liftThis(authorName(banned))}>
              {say.lift}
            </button>
          </Form>
        </li>
      ))}
    </ul>
    <Pager
      next={page.cursor && withQuery('/members/bans', { cursor: page.cursor })}
      words={say.more}
      start={isFirst ? null : '/members/bans'}
    />
  </RosterFrame>
);
