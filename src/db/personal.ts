// Writes what is one person's alone. None of it is part of the index: no record says it, and nobody else reads it.
import type { AtUri, Did } from '../domain/model.ts';
import type { Happening } from '../domain/notices.ts';
import { MAX_MUTES } from './queries/mutes.ts';

/** Told things are kept for so long, and at most so many of a space. */
const KEPT_MS = 180 * 86_400_000;

/** `space` null: everywhere. What was seen stays seen. */
export async function markSeen(db: D1Database, did: Did, space: Did | null, at: number): Promise<void> {
  await db
    .prepare('insert into seen (did, space, at) values (?, ?, ?) on conflict do update set at = max(at, excluded.at)')
    .bind(did, space ?? '', at)
    .run();
}

/** False where somebody mutes more than is kept. */
export async function addMute(db: D1Database, did: Did, subject: Did | AtUri, at: number): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `insert into mute (did, subject, at) select ?1, ?2, ?3 where (select count(*) from mute where did = ?1) < ${MAX_MUTES}
        or exists (select 1 from mute where did = ?1 and subject = ?2) on conflict do update set at = at`,
    )
    .bind(did, subject, at)
    .run();
  return meta.changes > 0;
}

export async function removeMute(db: D1Database, did: Did, subject: Did | AtUri): Promise<void> {
  await db.prepare('delete from mute where did = ? and subject = ?').bind(did, subject).run();
}

export interface Notice {
  did: Did;
  space: Did;
  reason: Happening;
  /** What it is about; null: the person. */
  subject?: AtUri | null;
  /** In the words of whoever acted; shown as plain text. */
  detail?: string;
}

const LONGEST_DETAIL = 1000;

/** Tells somebody what became of them in a space. Call it after what it tells of was done. */
export async function tell(
  db: D1Database,
  { did, space, reason, subject, detail }: Notice,
  now: number,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        'insert into notice (did, space, at, reason, subject, detail) values (?, ?, ?, ?, ?, ?) on conflict do nothing',
      )
      .bind(did, space, now, reason, subject ?? '', (detail ?? '').slice(0, LONGEST_DETAIL)),
    db.prepare('delete from notice where did = ? and space = ? and at < ?').bind(did, space, now - KEPT_MS),
  ]);
}

/** `space` '' is every space. Whatever address there was before is good no more. */
export async function setFeedToken(
  db: D1Database,
  { did, space, hash, now }: { did: Did; space: Did | ''; hash: string; now: number },
): Promise<void> {
  await db.batch([
    db.prepare('delete from feed_token where did = ? and space = ?').bind(did, space),
    db.prepare('insert into feed_token (hash, did, space, made_at) values (?, ?, ?, ?)').bind(hash, did, space, now),
  ]);
}

export async function dropFeedToken(db: D1Database, did: Did, space: Did | ''): Promise<void> {
  await db.prepare('delete from feed_token where did = ? and space = ?').bind(did, space).run();
}

type Personal = 'mute' | 'seen' | 'notice' | 'feed_token';

/** All of it in one table. */
export async function dropPersonal(db: D1Database, table: Personal, did: Did): Promise<void> {
  await db.prepare(`delete from ${table} where did = ?`).bind(did).run();
}
