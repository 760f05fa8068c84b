// Work in slices: what is due, and where it stands.
import type { JobKind } from '../domain/write.ts';

export interface Job {
  kind: JobKind;
  key: string;
  position: string;
  attempts: number;
}

/** The kinds that ask others and so take their time; the rest is work on the index alone. */
const ASKING = `('resolve', 'confirm', 'prove')`;

/** The first that are due, at most `count`. */
export async function dueJobs(db: D1Database, now: number, asking: boolean, count: number): Promise<Job[]> {
  const sql = `select kind, key, position, attempts from job where due_at <= ? and kind ${asking ? '' : 'not'} in ${ASKING}
    order by due_at limit ?`;
  return (await db.prepare(sql).bind(now, count).all<Job>()).results;
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

export const jobRetry = (db: D1Database, { kind, key, position }: Job, dueAt: number): D1PreparedStatement =>
  db
    .prepare('update job set attempts = attempts + 1, due_at = ? where kind = ? and key = ? and position = ?')
    .bind(dueAt, kind, key, position);
