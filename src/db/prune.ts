// What is kept only for a time: tombstones and waiting references for 7 days, the latter at most 10,000 rows, evidence and earlier
// versions for 30. The tombstone of the group's half of a membership stays: whom a group put out is not taken in again by an older join.

import { NSID } from '../domain/collections.ts';
import { VERSIONS_KEPT_MS } from '../domain/versions.ts';

const KEPT_MS = 7 * 24 * 3_600_000;
const MAX_WAITING = 10_000;
const EVIDENCE_KEPT_MS = 30 * 24 * 3_600_000;
const SLICE = 500;

/** More than so many at a time is a flood: the oldest give way, and count no more. */
function unprovenClaims(db: D1Database): D1PreparedStatement[] {
  const evicted = `select uri from claim order by at desc limit ${SLICE} offset ${MAX_WAITING}`;
  return [
    db.prepare(
      `insert into drop_count (reason, count) select 'unproven', count(*) from (${evicted}) having count(*) > 0
       on conflict do update set count = count + excluded.count`,
    ),
    db.prepare(`delete from claim where uri in (${evicted})`),
  ];
}

/** One slice of each; evicted references are counted with the other refusals. Whether there may be more. */
export async function prune(db: D1Database, now: number): Promise<boolean> {
  const old = now - KEPT_MS;
  const evicted = `select uri from waiting where at < ?1
    union select uri from (select uri from waiting order by at desc limit -1 offset ${MAX_WAITING}) limit ${SLICE}`;
  const results = await db.batch([
    db
      .prepare(
        `delete from record where (space, seq) in
           (select space, seq from record where cid is null and indexed_at < ? and collection <> '${NSID.membership}'
            order by indexed_at limit ${SLICE})`,
      )
      .bind(old),
    db
      .prepare(
        `insert into drop_count (reason, count) select 'waiting-evicted', count(*) from (${evicted}) having count(*) > 0
         on conflict do update set count = count + excluded.count`,
      )
      .bind(old),
    db.prepare(`delete from waiting where uri in (${evicted})`).bind(old),
    ...unprovenClaims(db),
    db
      .prepare(
        `delete from evidence where uri in (select uri from evidence where checked_at < ? order by checked_at limit ${SLICE})`,
      )
      .bind(now - EVIDENCE_KEPT_MS),
    db
      .prepare(
        `delete from version where (space, uri, cid) in
           (select space, uri, cid from version where until < ? order by until limit ${SLICE})`,
      )
      .bind(now - VERSIONS_KEPT_MS),
  ]);
  return results.some(({ meta }) => meta.changes >= SLICE);
}
