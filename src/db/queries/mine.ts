// One person's own: the spaces they are in or follow, and what else is kept about them for coming in. For themselves alone.
import { NSID } from '../../domain/collections.ts';
import type { Did, JsonObject } from '../../domain/model.ts';
import { type Fragment, rows, sql } from './fragment.ts';

export interface MineRow {
  space: Did;
  joined: number;
  admitted: number;
  followed: number;
}

const MOST = 500;

/** A record of theirs that is live, by its key. */
const own = (did: Did, collection: string): Fragment =>
  sql`(select count(*) from record r where r.space = w.space and r.uri = ${`at://${did}/${collection}/`} || w.space and r.cid is not null)`;

export const spacesOf = (db: D1Database, did: Did): Promise<MineRow[]> =>
  rows(
    db,
    sql`with w(space) as (select space from author_space where did = ${did} union select space from held_member where did = ${did})
      select w.space, coalesce(h.joined, m.joined, 0) as joined, coalesce(h.admitted, m.admitted, 0) as admitted,
        ${own(did, NSID.subscription)} as followed
      from w left join member m on m.space = w.space and m.did = ${did}
      left join held_member h on h.space = w.space and h.did = ${did}
      order by w.space limit ${MOST}`,
  );

export async function isFollowed(db: D1Database, space: Did, did: Did): Promise<boolean> {
  const uri = `at://${did}/${NSID.subscription}/${space}`;
  const found = await rows(db, sql`select 1 from record where space = ${space} and uri = ${uri} and cid is not null`);
  return found.length > 0;
}

/** What is kept of who comes and goes, `what` it is first. What others made of them, such as bans, is told with it. */
export async function heldAbout(db: D1Database, did: Did): Promise<JsonObject[]> {
  const ask = (what: string, table: string, columns: string, by = 'did'): D1PreparedStatement =>
    db
      .prepare(`select '${what}' as what, space, ${columns} from ${table} where ${by} = ? order by space limit 1000`)
      .bind(did);
  const results = await db.batch<JsonObject>([
    ask('membership', 'held_member', 'joined, admitted, roles, since'),
    ask('application', 'application', 'state, at, answers, reason'),
    ask('invitation', 'invitation', '"by", at, role, state'),
    ask('invited', 'invitation', 'at, role', '"by"'),
    ask('link', 'invite', 'id, role, uses, remaining, at, expires_at as expiresAt, revoked_at as revokedAt', '"by"'),
    ask('ban', 'ban', 'at, until, told'),
  ]);
  return results.flatMap((result) => result.results);
}
