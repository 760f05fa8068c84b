// One post or reply, by its URI.
import type { AtUri, Did } from '../../domain/model.ts';
import { type Fragment, rows, sql } from './fragment.ts';

/** In which space it is: a record is live in one at a time, one of those its author has to do with. */
export async function spaceOfPost(db: D1Database, did: Did, uri: AtUri): Promise<Did | null> {
  const [found] = await rows<{ space: Did }>(
    db,
    sql`select r.space from author_space a cross join record r on r.space = a.space and r.uri = ${uri}
      where a.did = ${did} and r.cid is not null and r.post_id is not null limit 1`,
  );
  return found?.space ?? null;
}

export const idOf = (space: Did, uri: AtUri): Fragment =>
  sql`select post_id as id, 0 as key from record
    where space = ${space} and uri = ${uri} and cid is not null and post_id is not null`;
