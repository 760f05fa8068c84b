// Which spaces the instance follows and at which hostnames. Written by the indexer alone, on the operator's word.
import type { Did } from '../domain/model.ts';
import type { NewSpace } from '../ports/indexer.ts';
import { beginReading } from './backfill.ts';
import { concealing } from './roster.ts';

export async function putSpace(db: D1Database, space: NewSpace, now: number): Promise<void> {
  await db.batch([
    db
      .prepare(
        `insert into space (did, handle, held_visibility, display_name, added_at, media_generation) values (?, ?, ?, ?, ?5, ?5)
         on conflict do update set handle = excluded.handle, held_visibility = excluded.held_visibility,
           media_generation = media_generation + 1`,
      )
      .bind(space.did, space.handle, space.visibility, space.displayName, now),
    db.prepare('delete from host where space = ?').bind(space.did),
    ...space.hosts.map((hostname, position) =>
      db.prepare('insert into host (hostname, space, position) values (?, ?, ?)').bind(hostname, space.did, position),
    ),
    db.prepare(`delete from job where kind = 'leave' and key = ?`).bind(space.did),
    db
      .prepare(
        `insert into job (kind, key, position, attempts, due_at) values ('resolve', ?, '', 0, ?)
         on conflict do update set position = '', attempts = 0`,
      )
      .bind(space.did, now),
    // What shows itself to nobody names nobody either.
    ...(space.visibility === 'private' ? concealing(db, space.did, now) : []),
  ]);
}

/** Nothing new is taken for it from now on; what is deleted still goes. False when it was so already. */
export async function pauseSpace(db: D1Database, did: Did, now: number): Promise<boolean> {
  const { meta } = await db
    .prepare('update space set paused_at = ? where did = ? and paused_at is null')
    .bind(now, did)
    .run();
  return meta.changes > 0;
}

/** What was passed over is a gap, and is read from the repositories. False when it was not paused. */
export async function resumeSpace(db: D1Database, did: Did, now: number): Promise<boolean> {
  const paused = db.prepare('select 1 from space where did = ? and paused_at is not null').bind(did);
  if ((await paused.first()) === null) return false;
  const gap = db
    .prepare(
      `insert into gap (instance, from_us, to_us, reason, found_at, filling_at)
       select '', paused_at * 1000, ?1 * 1000, 'paused', ?1, ?1 from space where did = ?2`,
    )
    .bind(now, did);
  const resumed = db.prepare('update space set paused_at = null where did = ?').bind(did);
  await db.batch([gap, resumed, ...beginReading(db, did, now)]);
  return true;
}

/** It is served no more from this moment; what is held of it goes in slices. */
export async function dropSpace(db: D1Database, did: Did, now: number): Promise<void> {
  await db.batch([
    db.prepare('delete from space where did = ?').bind(did),
    db.prepare('delete from host where space = ?').bind(did),
    db.prepare('delete from dormancy where space = ?').bind(did),
    db
      .prepare(
        `insert into job (kind, key, position, attempts, due_at) values ('leave', ?, '', 0, ?) on conflict do nothing`,
      )
      .bind(did, now),
  ]);
}
