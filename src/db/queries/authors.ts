// Accounts, as a space knows them.
import type { Confirmation, Did, Member } from '../../domain/model.ts';
import { rows, sql } from './fragment.ts';

export interface AuthorFacts {
  did: Did;
  handle: string | null;
  status: string | null;
  confirmation: Confirmation | null;
  member: Member | null;
}

interface Row {
  did: Did;
  handle: string | null;
  status: string | null;
  confirmation: Confirmation | null;
  joined: number | null;
  admitted: number | null;
  roles: string | null;
}

/** Null when the space has nothing to do with the account. `who` is a DID or a handle. */
export async function authorOf(db: D1Database, space: Did, who: string): Promise<AuthorFacts | null> {
  const did = who.startsWith('did:')
    ? sql`${who}`
    : sql`(select did from identity where handle = ${who.toLowerCase()} limit 1)`;
  const [row] = await rows<Row>(
    db,
    sql`select a.did, i.handle, i.status, i.confirmation, m.joined, m.admitted, m.roles from author_space a
      left join identity i on i.did = a.did
      left join member m on m.space = a.space and m.did = a.did
      where a.did = ${did} and a.space = ${space}`,
  );
  if (!row) return null;
  const { handle, status, confirmation } = row;
  const roles = JSON.parse(row.roles ?? '[]') as string[];
  const member = row.joined === null ? null : { joined: row.joined === 1, admitted: row.admitted === 1, roles };
  return { did: row.did, handle, status, confirmation, member };
}
