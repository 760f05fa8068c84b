// What is to be proven: versions that wait for it, and records chosen by chance.
import type { AtUri } from '../domain/model.ts';
import type { Held } from '../domain/power.ts';

export const claimOf = (db: D1Database, uri: AtUri): Promise<Held | null> =>
  db.prepare('select rev, cid from claim where uri = ?').bind(uri).first<Held>();

/** A job for one record of some space, the first at or after a seq drawn from those given. */
export async function sampleForProof(db: D1Database, from: number, to: number, now: number): Promise<void> {
  const at = '(select ?1 + abs(random()) % max(1, ?2 - ?1) as seq)';
  await db
    .prepare(
      `insert into job (kind, key, position, attempts, due_at)
       select 'prove', uri, '', 0, ?3 from (select r.uri from ${at} a cross join (select did from space order by random() limit 1) s
         cross join record r on r.space = s.did and r.seq >= a.seq where r.cid is not null order by r.seq limit 1)
       where true on conflict do nothing`,
    )
    .bind(from, to, now)
    .run();
}
