// Who is in a space, who wants to be, who was invited, and who is kept out.
import type { Answer, Application, Ban, Invitation, Invite } from '../../domain/admission.ts';
import { NSID } from '../../domain/collections.ts';
import type { Confirmation, Did, Member } from '../../domain/model.ts';
import { type Fragment, raw, rows, sql } from './fragment.ts';

/** An account with what rules need to know of it. */
interface Person {
  did: Did;
  handle: string | null;
  status: string | null;
  confirmation: Confirmation | null;
}

const PERSON = raw('i.handle, i.status, i.confirmation');

export interface MemberRow extends Person {
  roles: string;
  since: number;
  by: Did | null;
}

export interface RosterQuery {
  space: Did;
  isPrivate: boolean;
  limit: number;
}

const tableOf = (isPrivate: boolean): Fragment => raw(isPrivate ? 'held_member' : 'member');

const MEMBER = sql`m.did, m.roles, m.since, ${PERSON},
  (select v.by from invitation v where v.space = m.space and v.did = m.did and v.state <> 'declined') as by`;

/** The newest first, before a position. */
export const membersByAge = (
  db: D1Database,
  { space, isPrivate, limit }: RosterQuery,
  before: [number, Did] | null,
): Promise<MemberRow[]> =>
  rows(
    db,
    sql`select ${MEMBER} from ${tableOf(isPrivate)} m left join identity i on i.did = m.did
      where m.space = ${space} and m.joined = 1 and m.admitted = 1
      and (m.since, m.did) < (${before?.[0] ?? Number.MAX_SAFE_INTEGER}, ${before?.[1] ?? ''})
      order by m.since desc, m.did desc limit ${limit}`,
  );

/** After every handle that begins so. */
const END = '\u{10ffff}';

const ofMembers = (space: Did, isPrivate: boolean) =>
  sql`${tableOf(isPrivate)} m cross join identity i on i.did = m.did and m.space = ${space}`;
const ofNames = (space: Did, isPrivate: boolean) =>
  sql`identity i indexed by identity_handle cross join ${tableOf(isPrivate)} m on m.space = ${space} and m.did = i.did`;

/** By handle, after one. `isFew`: so few are in the space that they are looked through, and not all whose name begins so. */
export const membersByHandle = (
  db: D1Database,
  { space, isPrivate, limit }: RosterQuery,
  prefix: string,
  after: string | null,
  isFew: boolean,
): Promise<MemberRow[]> =>
  rows(
    db,
    sql`select ${MEMBER} from ${isFew ? ofMembers(space, isPrivate) : ofNames(space, isPrivate)}
      where i.handle >= ${prefix} and i.handle < ${prefix + END} and i.handle > ${after ?? ''}
      and m.joined = 1 and m.admitted = 1 order by i.handle limit ${limit}`,
  );

export interface RequestRow extends Person {
  at: number;
  answers: string;
  joined: number;
}

/** Those who answered, and those who only wrote a join; the oldest first, after a position. */
export async function requestsAfter(
  db: D1Database,
  { space, isPrivate, limit }: RosterQuery,
  now: number,
  after: [number, Did] | null,
): Promise<RequestRow[]> {
  const [at, did] = after ?? [0, ''];
  const table = tableOf(isPrivate);
  const applied = rows<RequestRow>(
    db,
    sql`select a.did, a.at, a.answers, coalesce(m.joined, 0) as joined, ${PERSON} from application a
      left join ${table} m on m.space = a.space and m.did = a.did left join identity i on i.did = a.did
      where a.space = ${space} and a.state = 'open' and (a.at, a.did) > (${at}, ${did}) and coalesce(m.admitted, 0) = 0
      order by a.at, a.did limit ${limit}`,
  );
  const joined = rows<RequestRow>(
    db,
    sql`select m.did, m.since as at, '[]' as answers, 1 as joined, ${PERSON} from ${table} m
      left join identity i on i.did = m.did
      where m.space = ${space} and m.joined = 1 and m.admitted = 0 and (m.since, m.did) > (${at}, ${did})
      and not exists (select 1 from application a where a.space = m.space and a.did = m.did)
      and not exists (select 1 from ban b where b.space = m.space and b.did = m.did and b.until > ${now})
      and not exists (select 1 from record r join record g on g.space = r.space and g.uri = ${`at://${space}/${NSID.membership}/`} || m.did
        where r.space = m.space and r.uri = 'at://' || m.did || ${`/${NSID.join}/${space}`} and g.cid is null and g.rev >= r.rev)
      order by m.since, m.did limit ${limit}`,
  );
  const both = [...(await applied), ...(await joined)];
  return both.sort((a, b) => a.at - b.at || (a.did < b.did ? -1 : 1)).slice(0, limit);
}

interface OwnRow {
  joined: number | null;
  admitted: number | null;
  roles: string | null;
  until: number | null;
  told: string | null;
}

/** What one account is in a space; the roster's kind is the space's own. */
export async function standingRow(
  db: D1Database,
  space: Did,
  did: Did,
  now: number,
): Promise<{ member: Member | null; banned: Pick<Ban, 'until' | 'told'> | null }> {
  const [row] = await rows<OwnRow>(
    db,
    sql`select coalesce(h.joined, m.joined) as joined, coalesce(h.admitted, m.admitted) as admitted,
        coalesce(h.roles, m.roles) as roles, b.until, b.told
      from (select ${space} as space, ${did} as did) w
      left join member m on m.space = w.space and m.did = w.did
      left join held_member h on h.space = w.space and h.did = w.did
      left join ban b on b.space = w.space and b.did = w.did and b.until > ${now}`,
  );
  const { joined = null, admitted = null, roles = null, until = null, told = null } = row ?? {};
  return {
    member:
      joined === null
        ? null
        : { joined: joined === 1, admitted: admitted === 1, roles: JSON.parse(roles ?? '[]') as string[] },
    banned: until === null ? null : { until, told: told ?? '' },
  };
}

export async function applicationOf(db: D1Database, space: Did, did: Did): Promise<Application | null> {
  const [row] = await rows<Omit<Application, 'answers'> & { answers: string }>(
    db,
    sql`select state, at, answers, reason from application where space = ${space} and did = ${did}`,
  );
  return row ? { ...row, answers: JSON.parse(row.answers) as Answer[] } : null;
}

export async function invitationOf(
  db: D1Database,
  space: Did,
  did: Did,
): Promise<(Invitation & { link: string | null }) | null> {
  const [row] = await rows<Invitation & { link: string | null }>(
    db,
    sql`select by, at, role, state, link from invitation where space = ${space} and did = ${did}`,
  );
  return row ?? null;
}

const INVITE = raw('id, by, role, uses, remaining, at, expires_at as expiresAt, revoked_at as revokedAt');

export async function inviteOf(db: D1Database, space: Did, id: string): Promise<(Invite & { hash: string }) | null> {
  const [row] = await rows<Invite & { hash: string }>(
    db,
    sql`select ${INVITE}, hash from invite where space = ${space} and id = ${id}`,
  );
  return row ?? null;
}

/** The newest first, before a position. */
export const invitesBefore = (
  db: D1Database,
  space: Did,
  before: [number, string] | null,
  limit: number,
): Promise<Invite[]> =>
  rows(
    db,
    sql`select ${INVITE} from invite where space = ${space}
      and (at, id) < (${before?.[0] ?? Number.MAX_SAFE_INTEGER}, ${before?.[1] ?? ''}) order by at desc, id desc limit ${limit}`,
  );

export interface InvitedRow extends Person {
  by: Did;
  at: number;
  role: string | null;
}

/** Open invitations of people by name, the oldest first. */
export const invitedAfter = (
  db: D1Database,
  space: Did,
  after: [number, Did] | null,
  limit: number,
): Promise<InvitedRow[]> =>
  rows(
    db,
    sql`select v.did, v.by, v.at, v.role, ${PERSON} from invitation v left join identity i on i.did = v.did
      left join member m on m.space = v.space and m.did = v.did
      left join held_member h on h.space = v.space and h.did = v.did
      where v.space = ${space} and v.state = 'open' and coalesce(h.joined, m.joined, 0) = 0 and (v.at, v.did) > (${after?.[0] ?? 0}, ${after?.[1] ?? ''})
      order by v.at, v.did limit ${limit}`,
  );

export interface BanRow extends Ban, Person {}

/** Those that last still, the newest first. */
export const bansBefore = (
  db: D1Database,
  space: Did,
  now: number,
  before: [number, Did] | null,
  limit: number,
): Promise<BanRow[]> =>
  rows(
    db,
    sql`select b.did, b.by, b.at, b.until, b.told, b.reason, ${PERSON} from ban b left join identity i on i.did = b.did
      where b.space = ${space} and b.until > ${now}
      and (b.at, b.did) < (${before?.[0] ?? Number.MAX_SAFE_INTEGER}, ${before?.[1] ?? ''})
      order by b.at desc, b.did desc limit ${limit}`,
  );

/** Those of some accounts that are known. */
export const peopleAmong = (db: D1Database, dids: Did[]): Promise<Person[]> =>
  rows(
    db,
    sql`select i.did, ${PERSON} from json_each(${JSON.stringify(dids)}) j cross join identity i on i.did = j.value`,
  );

/** The name of an account, where it is known. */
export async function handleOf(db: D1Database, did: Did): Promise<string | null> {
  const [row] = await rows<{ handle: string | null }>(db, sql`select handle from identity where did = ${did}`);
  return row?.handle ?? null;
}
