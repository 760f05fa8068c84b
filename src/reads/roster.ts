// Who is in, who asks, who was invited, who is kept out: each told only to those who may know.
import { readCursor, writeCursor } from '../db/page.ts';
import * as db from '../db/queries/roster.ts';
import {
  type Admission,
  type Answer,
  type Banned,
  type Invite,
  type Invited,
  inviteWorks,
  type JoinRequest,
  type ListedMember,
  type Named,
} from '../domain/admission.ts';
import type { Confirmation, Did, Page, SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import { refusalOf, type Standing } from '../domain/permission.ts';
import type { ReadContext } from './context.ts';
import { accountShows } from './rules.ts';

export interface RosterPage {
  limit: number;
  cursor?: string | null | undefined;
}

type Cx = Pick<ReadContext, 'db' | 'now'>;

/** Asked of a space and by somebody, or by nobody. */
interface Asked {
  space: SpaceDetails;
  standing: Standing | null;
}

const isPrivate = ({ roster }: SpaceDetails): boolean => roster === 'private';
const NOBODY = refuse('NotPermitted', 'who is in is told to nobody');

/** `q`: the beginning of a handle. */
export async function readMembers(
  cx: Cx,
  { space, standing }: Asked,
  { limit, cursor, q }: RosterPage & { q?: string | null | undefined },
): Promise<Page<ListedMember> | Refusal> {
  if (isPrivate(space)) {
    const refused = standing ? refusalOf(standing, { do: 'see-roster' }) : NOBODY;
    if (refused) return refused;
  }
  const query = { space: space.did, isPrivate: isPrivate(space), limit: limit + 1 };
  const prefix = (q ?? '').trim().replace(/^@/, '').toLowerCase();
  const identity = { read: 'members', space: space.did, prefix };
  return prefix === ''
    ? byAge(cx, space, query, identity, cursor)
    : byHandle(cx, space, query, prefix, identity, cursor);
}

type Identity = Record<string, string>;

async function byAge(
  cx: Cx,
  space: SpaceDetails,
  query: db.RosterQuery,
  identity: Identity,
  cursor: string | null | undefined,
): Promise<Page<ListedMember> | Refusal> {
  const at = readCursor(identity, cursor, [0, '']);
  if (at !== null && isRefusal(at)) return at;
  const rows = await db.membersByAge(cx.db, query, at);
  return pageOf(space, rows, query.limit - 1, memberOf, (row) => writeCursor(identity, [row.since, row.did]));
}

/** So many may be looked through for a name. A private roster counts nobody, and is taken to be small. */
const FEW = 2_000;

async function byHandle(
  cx: Cx,
  space: SpaceDetails,
  query: db.RosterQuery,
  prefix: string,
  identity: Identity,
  cursor: string | null | undefined,
): Promise<Page<ListedMember> | Refusal> {
  const at = readCursor(identity, cursor, ['']);
  if (at !== null && isRefusal(at)) return at;
  const rows = await db.membersByHandle(cx.db, query, prefix, at?.[0] ?? null, space.members <= FEW);
  return pageOf(space, rows, query.limit - 1, memberOf, (row) => writeCursor(identity, [row.handle ?? '']));
}

const memberOf = (row: db.MemberRow): ListedMember => ({
  ...{ did: row.did, handle: row.handle, since: row.since, invitedBy: row.by || null },
  roles: JSON.parse(row.roles) as string[],
});

interface Row extends Named {
  status: string | null;
  confirmation: Confirmation | null;
}

/** Accounts that are inactive are left out. */
function pageOf<R extends Row, T>(
  { policy }: SpaceDetails,
  rows: R[],
  limit: number,
  itemOf: (row: R) => T,
  cursorOf: (row: R) => string,
): Page<T> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.filter((row) => accountShows(policy, row.did, row.status, row.confirmation)).map(itemOf),
    cursor: rows.length > limit && last ? cursorOf(last) : null,
  };
}

/** For those who decide. In an invite-only space only those who may be let in all the same: nobody asks there. */
export async function readRequests(
  cx: Cx,
  { space, standing }: { space: SpaceDetails; standing: Standing },
  { limit, cursor }: RosterPage,
): Promise<Page<JoinRequest> | Refusal> {
  const refused = refusalOf(standing, { do: 'admit' });
  if (refused) return refused;
  const identity = { read: 'requests', space: space.did };
  const at = readCursor(identity, cursor, [0, '']);
  if (at !== null && isRefusal(at)) return at;
  const query = { space: space.did, isPrivate: isPrivate(space), limit: limit + 1 };
  const rows = await db.requestsAfter(cx.db, query, cx.now, at);
  const requestOf = (row: db.RequestRow): JoinRequest => ({
    ...{ did: row.did, handle: row.handle, at: row.at, joined: row.joined === 1 },
    answers: JSON.parse(row.answers) as Answer[],
  });
  return pageOf(space, rows, limit, requestOf, (row) => writeCursor(identity, [row.at, row.did]));
}

export async function readInvites(
  cx: Cx,
  { space, standing }: { space: SpaceDetails; standing: Standing },
  { limit, cursor }: RosterPage,
): Promise<Page<Invite> | Refusal> {
  const refused = refusalOf(standing, { do: 'see-invites' });
  if (refused) return refused;
  const identity = { read: 'invites', space: space.did };
  const at = readCursor(identity, cursor, [0, '']);
  if (at !== null && isRefusal(at)) return at;
  const rows = await db.invitesBefore(cx.db, space.did, at, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page, cursor: rows.length > limit && last ? writeCursor(identity, [last.at, last.id]) : null };
}

/** People who were invited by name and have not answered. */
export async function readInvited(
  cx: Cx,
  { space, standing }: { space: SpaceDetails; standing: Standing },
  { limit, cursor }: RosterPage,
): Promise<Page<Invited> | Refusal> {
  const refused = refusalOf(standing, { do: 'see-invites' });
  if (refused) return refused;
  const identity = { read: 'invited', space: space.did };
  const at = readCursor(identity, cursor, [0, '']);
  if (at !== null && isRefusal(at)) return at;
  const rows = await db.invitedAfter(cx.db, space.did, at, limit + 1);
  const invitedOf = ({ did, handle, by, at: since, role }: db.InvitedRow): Invited => ({
    ...{ did, handle, by, at: since, role },
  });
  return pageOf(space, rows, limit, invitedOf, (row) => writeCursor(identity, [row.at, row.did]));
}

export async function readBans(
  cx: Cx,
  { space, standing }: { space: SpaceDetails; standing: Standing },
  { limit, cursor }: RosterPage,
): Promise<Page<Banned> | Refusal> {
  const refused = refusalOf(standing, { do: 'see-bans' });
  if (refused) return refused;
  const identity = { read: 'bans', space: space.did };
  const at = readCursor(identity, cursor, [0, '']);
  if (at !== null && isRefusal(at)) return at;
  const rows = await db.bansBefore(cx.db, space.did, cx.now, at, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const items = page.map(({ did, handle, by, at: since, until, told, reason }) => ({
    ...{ did, handle, by, at: since, until, told, reason },
  }));
  return { items, cursor: rows.length > limit && last ? writeCursor(identity, [last.at, last.did]) : null };
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
