// Who is in, who asks, who was invited, who is kept out: each told only to those who may know.
import * as db from '../db/queries/roster.ts';
import {
  type Admission,
  type Answer,
  type Banned,
  type Invite,
  type Invited,
  inviteWorks,
  isHeld,
  type JoinRequest,
  type ListedMember,
  type Named,
} from '../domain/admission.ts';
import type { Confirmation, Did, Page, SpaceDetails } from '../domain/model.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import { refusalOf, type Standing } from '../domain/permission.ts';
import type { ReadContext } from './context.ts';
import { type PageQuery, readPage } from './paging.ts';
import { accountShows } from './rules.ts';

type Cx = Pick<ReadContext, 'db' | 'now'>;

/** Asked of a space and by somebody. */
interface Asked {
  space: SpaceDetails;
  standing: Standing;
}

const NOBODY = refuse('NotPermitted', 'who is in is told to nobody');

/** `q`: the beginning of a handle. `standing` is null for nobody in particular. */
export async function readMembers(
  cx: Cx,
  { space, standing }: Pick<Asked, 'space'> & { standing: Standing | null },
  { q, ...query }: PageQuery & { q?: string | null | undefined },
): Promise<Page<ListedMember> | Refusal> {
  if (isHeld(space)) {
    const refused = standing ? refusalOf(standing, { do: 'see-roster' }) : NOBODY;
    if (refused) return refused;
  }
  const prefix = (q ?? '').trim().replace(/^@/, '').toLowerCase();
  return prefix === '' ? byAge(cx, space, query) : byHandle(cx, space, query, prefix);
}

/** A private roster counts nobody, and is taken to be small. So many may be looked through for a name. */
const FEW = 2_000;

const byAge = (cx: Cx, space: SpaceDetails, query: PageQuery): Promise<Page<ListedMember> | Refusal> =>
  readPage(
    query,
    { identity: { read: 'members', space: space.did, prefix: '' }, like: [0, ''] },
    (at, limit) => db.membersByAge(cx.db, rosterOf(space, limit), at),
    ifShown(space, memberOf),
    ({ since, did }) => [since, did],
  );

const byHandle = (
  cx: Cx,
  space: SpaceDetails,
  query: PageQuery,
  prefix: string,
): Promise<Page<ListedMember> | Refusal> =>
  readPage(
    query,
    { identity: { read: 'members', space: space.did, prefix }, like: [''] },
    (at, limit) => db.membersByHandle(cx.db, rosterOf(space, limit), prefix, at?.[0] ?? null, space.members <= FEW),
    ifShown(space, memberOf),
    ({ handle }) => [handle ?? ''],
  );

const rosterOf = (space: SpaceDetails, limit: number): db.RosterQuery => ({
  ...{ space: space.did, isPrivate: isHeld(space), limit },
});

const memberOf = (row: db.MemberRow): ListedMember => ({
  ...{ did: row.did, handle: row.handle, since: row.since, invitedBy: row.by || null },
  roles: JSON.parse(row.roles) as string[],
});

interface Row extends Named {
  status: string | null;
  confirmation: Confirmation | null;
}

/** Accounts that are inactive are left out. */
const ifShown =
  <R extends Row, T>({ policy }: SpaceDetails, itemOf: (row: R) => T) =>
  (row: R): T | null =>
    accountShows(policy, row.did, row.status, row.confirmation) ? itemOf(row) : null;

/** For those who decide. In an invite-only space only those who may be let in all the same: nobody asks there. */
export async function readRequests(
  cx: Cx,
  { space, standing }: Asked,
  query: PageQuery,
): Promise<Page<JoinRequest> | Refusal> {
  return (
    refusalOf(standing, { do: 'admit' }) ??
    readPage(
      query,
      { identity: { read: 'requests', space: space.did }, like: [0, ''] },
      (at, limit) => db.requestsAfter(cx.db, rosterOf(space, limit), cx.now, at),
      ifShown(space, requestOf),
      ({ at, did }) => [at, did],
    )
  );
}

const requestOf = ({ did, handle, at, joined, answers }: db.RequestRow): JoinRequest => ({
  ...{ did, handle, at, joined: joined === 1 },
  answers: JSON.parse(answers) as Answer[],
});

export async function readInvites(
  cx: Cx,
  { space, standing }: Asked,
  query: PageQuery,
): Promise<Page<Invite> | Refusal> {
  return (
    refusalOf(standing, { do: 'see-invites' }) ??
    readPage(
      query,
      { identity: { read: 'invites', space: space.did }, like: [0, ''] },
      (at, limit) => db.invitesBefore(cx.db, space.did, at, limit),
      (invite) => invite,
      ({ at, id }) => [at, id],
    )
  );
}

/** People who were invited by name and have not answered. */
export async function readInvited(
  cx: Cx,
  { space, standing }: Asked,
  query: PageQuery,
): Promise<Page<Invited> | Refusal> {
  return (
    refusalOf(standing, { do: 'see-invites' }) ??
    readPage(
      query,
      { identity: { read: 'invited', space: space.did }, like: [0, ''] },
      (at, limit) => db.invitedAfter(cx.db, space.did, at, limit),
      ifShown(space, ({ did, handle, by, at, role }: db.InvitedRow): Invited => ({ did, handle, by, at, role })),
      ({ at, did }) => [at, did],
    )
  );
}

export async function readBans(cx: Cx, { space, standing }: Asked, query: PageQuery): Promise<Page<Banned> | Refusal> {
  return (
    refusalOf(standing, { do: 'see-bans' }) ??
    readPage(
      query,
      { identity: { read: 'bans', space: space.did }, like: [0, ''] },
      (at, limit) => db.bansBefore(cx.db, space.did, cx.now, at, limit),
      ({ did, handle, by, at, until, told, reason }): Banned => ({ did, handle, by, at, until, told, reason }),
      ({ at, did }) => [at, did],
    )
  );
}

/** Names those who let people in or kept them out; of who is inactive only the DID. */
export async function readActors(cx: Cx, { policy }: SpaceDetails, dids: Did[]): Promise<(did: Did) => Named> {
  const found = dids.length === 0 ? [] : await db.peopleAmong(cx.db, [...new Set(dids)]);
  const shown = found.filter((one) => accountShows(policy, one.did, one.status, one.confirmation));
  const handles = new Map(shown.map(({ did, handle }) => [did, handle]));
  return (did) => ({ did, handle: handles.get(did) ?? null });
}

/** For themselves. */
export async function readAdmission({ db: d1 }: Pick<Cx, 'db'>, space: Did, did: Did): Promise<Admission> {
  const [application, invitation] = await Promise.all([
    db.applicationOf(d1, space, did),
    db.invitationOf(d1, space, did),
  ]);
  return { application, invitation };
}

const NO_INVITE = refuse('InviteNotFound', 'this invitation does not work: used up, taken back, or its time is over');

/** The link, where the secret is its own and it works. `hash` is of the secret. */
export async function readInvite({ db: d1, now }: Cx, space: Did, id: string, hash: string): Promise<Invite | Refusal> {
  const found = await db.inviteOf(d1, space, id);
  if (!found || !isSame(found.hash, hash) || !inviteWorks(found, now)) return NO_INVITE;
  const { hash: _, ...invite } = found;
  return invite;
}

/** In the same time wherever the difference is. */
function isSame(a: string, b: string): boolean {
  let differs = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) differs |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return differs === 0;
}

/** Somebody a steward looks at, whether or not they are a member. */
export async function readPerson(
  cx: Cx,
  space: Did,
  did: Did,
): Promise<Awaited<ReturnType<typeof db.standingRow>> & { handle: string | null }> {
  const [standing, handle] = await Promise.all([db.standingRow(cx.db, space, did, cx.now), db.handleOf(cx.db, did)]);
  return { ...standing, handle };
}
