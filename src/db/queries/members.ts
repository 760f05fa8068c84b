// Memberships of one space.

import { NSID } from '../../domain/collections.ts';
import type { Did } from '../../domain/model.ts';
import { makeUri } from '../../domain/uri.ts';
import { rows, sql } from './fragment.ts';

/**
 * Those of whom only their own half is there, by joins that changed after a seq; the oldest first. Not those whom the group put
 * out after they wrote it, nor those who are banned.
 */
export function joinedSince(
  db: D1Database,
  space: Did,
  { seq, now, limit }: { seq: number; now: number; limit: number },
): Promise<{ did: Did; seq: number }[]> {
  const half = makeUri(space, NSID.membership, '');
  return rows(
    db,
    sql`select r.did, r.seq from record r cross join member m on m.space = r.space and m.did = r.did
      where r.space = ${space} and r.seq > ${seq} and r.collection = ${NSID.join} and r.cid is not null
      and m.joined = 1 and m.admitted = 0
      and not exists (select 1 from record g where g.space = r.space and g.uri = ${half} || r.did and g.rev >= r.rev)
      and not exists (select 1 from ban b where b.space = r.space and b.did = r.did and b.until > ${now})
      order by r.seq limit ${limit}`,
  );
}

/** Of the last change in a space; 0 where nothing is. */
export async function lastSeq(db: D1Database, space: Did): Promise<number> {
  const [row] = await rows<{ seq: number }>(
    db,
    sql`select seq from record where space = ${space} order by seq desc limit 1`,
  );
  return row?.seq ?? 0;
}

/** Banned, and still named by the group. */
export const bannedMembers = (
  db: D1Database,
  space: Did,
  now: number,
  limit: number,
): Promise<{ did: Did; by: Did }[]> =>
  rows(
    db,
    sql`select b.did, b.by from ban b cross join member m on m.space = b.space and m.did = b.did
      where b.space = ${space} and b.until > ${now} and m.admitted = 1 order by b.did limit ${limit}`,
  );
