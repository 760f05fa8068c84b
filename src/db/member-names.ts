// Writes the names that spaces give their members.
import type { Did } from '../domain/model.ts';
import { RELEASED_AFTER_MS } from '../domain/names.ts';

/** False where it is somebody's, or they have one. What was left for long enough is free. */
export async function putName(db: D1Database, space: Did, name: string, did: Did, now: number): Promise<boolean> {
  const [, put] = await db.batch([
    db.prepare('delete from member_name where space = ? and left_at < ?').bind(space, now - RELEASED_AFTER_MS),
    db
      .prepare('insert into member_name (space, name, did, at) values (?, ?, ?, ?) on conflict do nothing')
      .bind(space, name, did, now),
  ]);
  return (put?.meta.changes ?? 0) > 0;
}

export async function dropName(db: D1Database, space: Did, did: Did): Promise<void> {
  await db.prepare('delete from member_name where space = ? and did = ?').bind(space, did).run();
}

/** In all spaces. */
export async function dropNames(db: D1Database, did: Did): Promise<void> {
  await db
    .prepare('delete from member_name where did = ?1 and space in (select space from author_space where did = ?1)')
    .bind(did)
    .run();
}

export async function setNames(db: D1Database, space: Did, areGiven: boolean): Promise<void> {
  const sql = areGiven
    ? 'delete from nameless where space = ?'
    : 'insert into nameless (space) values (?) on conflict do nothing';
  await db.prepare(sql).bind(space).run();
}
