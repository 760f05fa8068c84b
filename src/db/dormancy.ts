// Archives spaces without life, warns them before, and takes it back. Written by the indexer alone.
import { WARNED_MS } from '../domain/dormancy.ts';
import type { Did } from '../domain/model.ts';
import { LIFE } from './queries/spaces.ts';
import { resumeSpace } from './spaces.ts';

/** Of a space in which life is again, or was said to be, nothing is told any more. */
const LIVING = `max(${LIFE.text}, coalesce((select d.alive_at from dormancy d where d.space = s.did), 0))`;

/** In one round; those that are left come in the next. */
const MOST = 100;

/** Spaces that were archived now. What the operator has paused is left alone. `afterMs` null: nobody is warned any more. */
export async function archiveRound(db: D1Database, now: number, afterMs: number | null): Promise<Did[]> {
  const quietSince = afterMs === null ? 0 : now - afterMs + WARNED_MS;
  await db
    .prepare(
      `update dormancy set warned_at = null where warned_at is not null and archived_at is null
       and (select ${LIVING} from space s where s.did = dormancy.space) >= ?`,
    )
    .bind(quietSince)
    .run();
  if (afterMs === null) return [];
  const { results } = await db
    .prepare(
      `select d.space as did from dormancy d cross join space s on s.did = d.space
       where d.warned_at <= ? and d.archived_at is null and s.paused_at is null and ${LIVING} < ? limit ${MOST}`,
    )
    .bind(now - WARNED_MS, now - afterMs)
    .all<{ did: Did }>();
  const archived = results.map(({ did }) => did);
  await db.batch([
    ...archived.flatMap((did) => [
      db.prepare('update space set paused_at = ? where did = ? and paused_at is null').bind(now, did),
      db.prepare('update dormancy set archived_at = ? where space = ?').bind(now, did),
    ]),
    db
      .prepare(
        `insert into dormancy (space, warned_at) select s.did, ?1 from space s
         where s.paused_at is null and ${LIVING} < ?2
         and not exists (select 1 from dormancy d where d.space = s.did and d.warned_at is not null) limit ${MOST}
         on conflict do update set warned_at = excluded.warned_at`,
      )
      .bind(now, quietSince),
  ]);
  return archived;
}

/** Somebody who may says that it lives: no warning, and what was passed over meanwhile is read. False where nothing was told of it. */
export async function reviveSpace(db: D1Database, did: Did, now: number): Promise<boolean> {
  const row = await db
    .prepare('select warned_at, archived_at from dormancy where space = ?')
    .bind(did)
    .first<{ warned_at: number | null; archived_at: number | null }>();
  if (row === null || (row.warned_at === null && row.archived_at === null)) return false;
  if (row.archived_at !== null) await resumeSpace(db, did, now);
  await db
    .prepare('update dormancy set warned_at = null, archived_at = null, alive_at = ? where space = ?')
    .bind(now, did)
    .run();
  return true;
}
