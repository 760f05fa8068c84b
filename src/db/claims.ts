// What is to be proven: versions that wait for it, and records chosen by chance.
import type { AtUri } from '../domain/model.ts';
import type { Held } from '../domain/power.ts';

export const claimOf = (db: D1Database, uri: AtUri): Promise<Held | null> =>
  db.prepare('select rev, cid from claim where uri = ?').bind(uri).first<Held>();

/** A job for one record of some space, the first at or after a seq drawn from those given. */
export async function sampleForProof(db: D1Database, from: number, to: number, now: number): Promise<void> {
  const drawn = '(select ?1 + abs(random()) % max(1, ?2 - ?1) as seq, did from space order by random() limit 1)';
  const first =
    'select uri from record r where r.space = d.did and r.seq >= d.seq and cid is not null order by seq limit 1';
  await db
    .prepare(
      `insert into job (kind, key, position, attempts, due_at)
       select 'prove', uri, '', 0, ?3 from (select (${first}) as uri from ${drawn} d) where uri is not null on conflict do nothing`,
    )
    .bind(from, to, now)
    .run();
}
