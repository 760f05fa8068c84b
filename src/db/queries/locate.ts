// In which space a post or reply is.
import type { AtUri, Did } from '../../domain/model.ts';
import { rows, sql } from './fragment.ts';

/** A record is live in one space at a time: one of those its author has to do with. */
export async function spaceOfPost(db: D1Database, did: Did, uri: AtUri): Promise<Did | null> {
  const [found] = await rows<{ space: Did }>(
    db,
    sql`select r.space from author_space a cross join record r on r.space = a.space and r.uri = ${uri}
      where a.did = ${did} and r.cid is not null and r.post_id is not null limit 1`,
  );
  return found?.space ?? null;
}
