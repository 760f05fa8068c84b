// Names of accounts.
import type { Did } from '../../domain/model.ts';
import { rows, sql } from './fragment.ts';

/** Of those that have one that leads back to them. */
export async function handlesOf(db: D1Database, dids: Did[]): Promise<Map<Did, string>> {
  if (dids.length === 0) return new Map();
  const found = await rows<{ did: Did; handle: string | null }>(
    db,
    sql`select did, handle from json_each(${JSON.stringify([...new Set(dids)])}) cross join identity on did = value`,
  );
  return new Map(found.flatMap(({ did, handle }) => (handle === null ? [] : [[did, handle]])));
}
