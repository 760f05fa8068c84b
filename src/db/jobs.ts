// Work in slices: what is due, and where it stands.
import type { JobKind } from '../domain/write.ts';

export interface Job {
  kind: JobKind;
  key: string;
  position: string;
  attempts: number;
}

/** Which kinds ask others and so take their time; the rest is work on the index alone. */
const ASKS: Record<JobKind, boolean> = {
  ...{ thread: false, author: false, account: false, space: false, sections: false, dependants: false },
  ...{ erase: false, leave: false, heal: false, reread: false, block: false, unban: false },
  ...{ resolve: true, confirm: true, prove: true, discover: true, backfill: true, sweep: true, prefetch: true },
};
const kinds = (asking: boolean): string =>
  Object.entries(ASKS)
    .flatMap(([kind, asks]) => (asks === asking ? [`'${kind}'`] : []))
    .join(', ');

/**
 * The first that are due, at most `count`; whole repositories take the longest and go last. A flood may leave thousands that ask: those are read by time and no further than the
 * last one wanted, and work on the index is found by its kinds without reading them.
 */
export async function dueJobs(db: D1Database, now: number, asking: boolean, count: number): Promise<Job[]> {
  const sql = `select kind, key, position, attempts from job where due_at <= ? and ${asking ? '+kind' : 'kind'} in (${kinds(asking)})
    order by ${asking ? `kind = 'backfill', ` : ''}due_at limit ?`;
  return (await db.prepare(sql).bind(now, count).all<Job>()).results;
}

/** Others of its kind that are due, not begun, and never failed: what fails stands in nobody's way. */
export async function dueAlike(db: D1Database, { kind, key }: Job, now: number, count: number): Promise<Job[]> {
  const sql = `select kind, key, position, attempts from job where kind = ? and key <> ? and position = '' and attempts = 0 and due_at <= ? limit ?`;
  return (await db.prepare(sql).bind(kind, key, now, count).all<Job>()).results;
}

/** When the earliest job is due; null without jobs. */
export async function nextDue(db: D1Database): Promise<number | null> {
  return (await db.prepare('select min(due_at) as due from job').first<{ due: number | null }>())?.due ?? null;
}

/** Statements for the batch of a slice. A job asked for anew meanwhile starts over: its position is '' again. */
export const jobStep = (db: D1Database, job: Job, position: string): D1PreparedStatement =>
  db
    .prepare('update job set position = ? where kind = ? and key = ? and position = ?')
    .bind(position, job.kind, job.key, job.position);

export const jobDone = (db: D1Database, { kind, key, position }: Job): D1PreparedStatement =>
  db.prepare('delete from job where kind = ? and key = ? and position = ?').bind(kind, key, position);

/** Of those that are not begun. */
export const allDone = (db: D1Database, kind: JobKind, keys: string[]): D1PreparedStatement =>
  db
    .prepare(`delete from job where kind = ? and position = '' and key in (select value from json_each(?))`)
    .bind(kind, JSON.stringify(keys));

/** Further work of the same job, after whatever else is due by then. */
export const jobLater = (
  db: D1Database,
  { kind, key, position }: Job,
  next: string,
  dueAt: number,
): D1PreparedStatement =>
  db
    .prepare('update job set position = ?, attempts = 0, due_at = ? where kind = ? and key = ? and position = ?')
    .bind(next, dueAt, kind, key, position);

export const jobRetry = (db: D1Database, { kind, key, position }: Job, dueAt: number): D1PreparedStatement =>
  db
    .prepare('update job set attempts = attempts + 1, due_at = ? where kind = ? and key = ? and position = ?')
    .bind(dueAt, kind, key, position);

/** Asked for unless it is already. */
export const ensureJob = (db: D1Database, kind: JobKind, key: string, dueAt: number): D1PreparedStatement =>
  db
    .prepare(`insert into job (kind, key, position, attempts, due_at) values (?, ?, '', 0, ?) on conflict do nothing`)
    .bind(kind, key, dueAt);

/** As soon as can be, from its beginning. */
export const jobNow = (db: D1Database, kind: JobKind, key: string, now: number): D1PreparedStatement =>
  db
    .prepare(
      `insert into job (kind, key, position, attempts, due_at) values (?, ?, '', 0, ?)
       on conflict do update set position = '', attempts = 0, due_at = excluded.due_at`,
    )
    .bind(kind, key, now);
