// What is held about one account, beside what has a read of its own.
import type { Did, JsonObject } from '../../domain/model.ts';
import { type Fragment, rows, sql } from './fragment.ts';

export interface RecordCount {
  space: Did;
  collection: string;
  count: number;
}

export interface HeldRecord {
  uri: string;
  cid: string;
  value: string;
}

/** Spaces that an account has to do with. */
export async function spacesOfAccount(db: D1Database, did: Did): Promise<Did[]> {
  const found = await rows<{ space: Did }>(db, sql`select space from author_space where did = ${did} order by space`);
  return found.map(({ space }) => space);
}

export const recordCounts = (db: D1Database, did: Did): Promise<RecordCount[]> =>
  rows(
    db,
    sql`select r.space, r.collection, count(*) as count from author_space a cross join record r indexed by record_uri
        on r.space = a.space and r.uri > ${`at://${did}/`} and r.uri < ${`at://${did}0`}
      where a.did = ${did} and r.cid is not null group by r.space, r.collection order by r.space, r.collection`,
  );

/** Of one collection, in the order of their addresses, after one of them. */
export const heldRecords = (
  db: D1Database,
  { space, did, collection }: { space: Did; did: Did; collection: string },
  after: string,
  limit: number,
): Promise<HeldRecord[]> =>
  rows(
    db,
    sql`select uri, cid, value from record indexed by record_uri where space = ${space} and uri > ${after || `at://${did}/${collection}/`}
      and uri < ${`at://${did}/${collection}0`} and cid is not null order by uri limit ${limit}`,
  );

const MOST = 1000;

const list = async (db: D1Database, query: Fragment): Promise<JsonObject[]> => rows<JsonObject>(db, query);

export const identityOf = (db: D1Database, did: Did) =>
  list(
    db,
    sql`select did, handle, pds, status, status_at as statusAt, resolved_at as lookedUpAt, repo_rev as repositoryRead
      from identity where did = ${did}`,
  );

export const membershipsOf = (db: D1Database, did: Did) =>
  list(
    db,
    sql`select m.space, m.joined, m.admitted, m.roles, m.since from author_space a
      cross join member m on m.space = a.space and m.did = a.did where a.did = ${did}`,
  );

export const readingsOf = (db: D1Database, did: Did) =>
  list(
    db,
    sql`select b.space, b.state, b.read_at as readAt, b.records from author_space a
      cross join backfill b on b.space = a.space and b.did = a.did where a.did = ${did}`,
  );

export const mediaOf = (db: D1Database, did: Did) =>
  list(
    db,
    sql`select u.space, u.blobs, u.bytes from author_space a
      cross join media_use u on u.space = a.space and u.did = a.did where a.did = ${did}`,
  );

export const mutesHeld = (db: D1Database, did: Did) =>
  list(db, sql`select subject, at from mute where did = ${did} limit ${MOST}`);

export const seenHeld = (db: D1Database, did: Did) =>
  list(db, sql`select space, at from seen where did = ${did} limit ${MOST}`);

export const noticesHeld = (db: D1Database, did: Did) =>
  list(db, sql`select space, at, reason, subject, detail from notice where did = ${did} limit ${MOST}`);

/** Without the hash: it is of no use to anybody. */
export const feedsHeld = (db: D1Database, did: Did) =>
  list(db, sql`select space, made_at as madeAt from feed_token where did = ${did} limit ${MOST}`);

export const blocksHeld = (db: D1Database, did: Did) =>
  list(db, sql`select subject, why, at from block where subject = ${did}`);

export async function isSpace(db: D1Database, did: Did): Promise<boolean> {
  return (await rows(db, sql`select 1 from space where did = ${did}`)).length > 0;
}
