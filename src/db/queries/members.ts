// Memberships of one space.

import { NSID } from '../../domain/collections.ts';
import type { Did, Member } from '../../domain/model.ts';
import { makeUri } from '../../domain/uri.ts';
import { rows, sql } from './fragment.ts';

interface Row {
  joined: number;
  admitted: number;
  roles: string;
}

/** Null where neither half ever was. */
export async function memberOf(db: D1Database, space: Did, did: Did): Promise<Member | null> {
  const [row] = await rows<Row>(
    db,
    sql`select joined, admitted, roles from member where space = ${space} and did = ${did}`,
  );
  return row
    ? { joined: row.joined === 1, admitted: row.admitted === 1, roles: JSON.parse(row.roles) as string[] }
    : null;
}

/**
 * Those of whom only their own half is there, by joins that changed after a seq; the oldest first. Not those whom the group put
 * out, as long as the tombstone of its half tells.
 */
export function joinedSince(
  db: D1Database,
  space: Did,
  seq: number,
  limit: number,
): Promise<{ did: Did; seq: number }[]> {
  const half = makeUri(space, NSID.membership, '');
  return rows(
    db,
    sql`select r.did, r.seq from record r indexed by record_seq cross join member m on m.space = r.space and m.did = r.did
      where r.space = ${space} and r.seq > ${seq} and r.collection = ${NSID.join} and r.cid is not null
      and m.joined = 1 and m.admitted = 0
      and not exists (select 1 from record g where g.space = r.space and g.uri = ${half} || r.did)
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
