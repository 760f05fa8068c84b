// One account's membership in one space.
import type { Did, Member } from '../../domain/model.ts';
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
