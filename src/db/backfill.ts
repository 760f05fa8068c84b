// The list of repositories to read, as the indexer works through it.
import type { AtUri, Did } from '../domain/model.ts';

export interface RepoToRead {
  space: Did;
  did: Did;
  position: string;
  attempts: number;
  host: string | null;
  askedAt: number;
  /** To its end, earlier. */
  wasRead: boolean;
}

export type RepoState = 'waiting' | 'done' | 'failed' | 'gone';

/**
 * Statements that list repositories to be read, unless that was asked since `since`. One that is being read already is
 * read from the beginning again: what it showed may be older than what was missed.
 */
export function askFor(db: D1Database, space: Did, dids: Did[], since: number, now: number): D1PreparedStatement[] {
  const rows = db
    .prepare(
      `insert into backfill (space, did, state, position, attempts, due_at, asked_at, records, changed, at)
       select ?1, value, 'waiting', '', 0, ?3, ?3, 0, 0, ?3 from json_each(?2) where true
       on conflict do update set state = 'waiting', position = '', attempts = 0, due_at = excluded.due_at, asked_at = excluded.asked_at,
         error = null where asked_at < ?4`,
    )
    .bind(space, JSON.stringify(dids), now, since);
  return dids.length === 0 ? [] : [rows];
}

type Woken = 'backfill' | 'discover' | 'heal' | 'resolve' | 'confirm';

export const wakeJob = (db: D1Database, kind: Woken, key: string, now: number) =>
  db
    .prepare(
      `insert into job (kind, key, position, attempts, due_at) values (?, ?, '', 0, ?)
       on conflict do update set position = '', attempts = 0, due_at = min(due_at, excluded.due_at)`,
    )
    .bind(kind, key, now);

/** Everyone the index has met in a space, and the space itself. */
export async function knownDids(db: D1Database, space: Did, after: Did, limit: number): Promise<Did[]> {
  const { results } = await db
    .prepare(
      `select did from (select did from author_space where space = ?1 and did > ?2
         union select did from member where space = ?1 and did > ?2 union select ?1 where ?1 > ?2) order by did limit ?3`,
    )
    .bind(space, after, limit)
    .all<{ did: Did }>();
  return results.map(({ did }) => did);
}

export async function reposDue(db: D1Database, now: number, limit: number): Promise<RepoToRead[]> {
  const { results } = await db
    .prepare(
      `select space, did, position, attempts, host, asked_at as askedAt, read_at is not null as wasRead from backfill where state = 'waiting' and due_at <= ? order by due_at limit ?`,
    )
    .bind(now, limit)
    .all<RepoToRead>();
  return results;
}

/** When the next repository that was put off is due; null when none waits. */
export async function nextRepoDue(db: D1Database): Promise<number | null> {
  const found = db.prepare(`select min(due_at) as due from backfill where state = 'waiting'`);
  return (await found.first<{ due: number | null }>())?.due ?? null;
}

export interface RepoProgress {
  state: RepoState;
  position: string;
  attempts: number;
  dueAt: number;
  host: string | null;
  error: string | null;
  /** Added to what the earlier slices of this reading counted, which begins at 0 with the first one. */
  records: number;
  isFirst: boolean;
}

/** Nothing when the repository was asked for anew meanwhile: then its reading begins again. */
export function repoProgress(db: D1Database, repo: RepoToRead, p: RepoProgress, now: number): D1PreparedStatement {
  return db
    .prepare(
      `update backfill set state = ?1, position = ?2, attempts = ?3, due_at = ?4, host = ?5, error = ?6,
         records = iif(?8, 0, records) + ?7, at = ?9, read_at = iif(?1 = 'done', ?9, read_at)
       where space = ?10 and did = ?11 and position = ?12 and asked_at = ?13 and state = 'waiting'`,
    )
    .bind(
      ...[p.state, p.position, p.attempts, p.dueAt, p.host, p.error, p.records, Number(p.isFirst), now],
      ...[repo.space, repo.did, repo.position, repo.askedAt],
    );
}

/** What a reading after the first one found that the stream had not brought. */
export const foundChanges = (db: D1Database, { space, did }: RepoToRead, changes: number): D1PreparedStatement =>
  db.prepare('update backfill set changed = changed + ? where space = ? and did = ?').bind(changes, space, did);

export interface Held {
  uri: AtUri;
  /** Which of the ranges it lies in. */
  range: number;
}

/** Live records of an author between two URIs, both excluded, written before a rev. */
export async function heldBetween(
  db: D1Database,
  spaces: Did[],
  ranges: { low: AtUri; high: AtUri }[],
  rev: string,
): Promise<Held[]> {
  const { results } = await db
    .prepare(
      `select r.uri, w.key as range from json_each(?) w cross join json_each(?) s cross join record r indexed by record_uri
       on r.space = s.value and r.uri > w.value->>0 and r.uri < w.value->>1 where r.cid is not null and r.rev < ?`,
    )
    .bind(JSON.stringify(ranges.map(({ low, high }) => [low, high])), JSON.stringify(spaces), rev)
    .all<Held>();
  return results;
}

/** Gaps whose making up has begun are closed: nothing waits to be read any more. */
export const closeGaps = (db: D1Database, now: number): D1PreparedStatement =>
  db
    .prepare(
      `update gap set closed_at = ? where closed_at is null and filling_at is not null
       and not exists (select 1 from job where kind in ('discover', 'heal'))
       and not exists (select 1 from backfill where state = 'waiting')`,
    )
    .bind(now);

/** The repositories of a space, or of all, are looked for and read again. */
export const beginReading = (db: D1Database, space: Did | null, now: number): D1PreparedStatement[] => [
  db
    .prepare(
      `insert into job (kind, key, position, attempts, due_at) select 'discover', did, '', 0, ?1 from space where ?2 is null or did = ?2
       on conflict do update set position = '', attempts = 0, due_at = min(due_at, excluded.due_at)`,
    )
    .bind(now, space),
  wakeJob(db, 'backfill', '', now),
];

/** The same for all gaps that are open. */
export const beginHealing = (db: D1Database, now: number): D1PreparedStatement[] => [
  db.prepare('update gap set filling_at = ? where closed_at is null and filling_at is null').bind(now),
  ...beginReading(db, null, now),
];

/** The repositories that were looked at longest ago are read again: a few, to see whether the index is true. */
export const auditSome = (db: D1Database, count: number, before: number, now: number): D1PreparedStatement[] => [
  db
    .prepare(
      `update backfill set state = 'waiting', position = '', attempts = 0, due_at = ?1 where (space, did) in
         (select space, did from backfill where state <> 'waiting' and at < ?2 order by at limit ?3)`,
    )
    .bind(now, before, count),
  wakeJob(db, 'backfill', '', now),
];

/** Nothing more is read for a space, or for any; what was read stays. */
export const cancelReading = (db: D1Database, space: Did | null): D1PreparedStatement[] => [
  db
    .prepare(
      `update backfill set state = 'failed', error = 'cancelled', position = '' where state = 'waiting' and (?1 is null or space = ?1)`,
    )
    .bind(space),
  db.prepare(`delete from job where kind = 'discover' and (?1 is null or key = ?1)`).bind(space),
];

/** An account's repository is read again, for every space it has to do with. */
export const readAgain = (db: D1Database, did: Did, now: number): D1PreparedStatement[] => [
  db
    .prepare(
      `insert into backfill (space, did, state, position, attempts, due_at, asked_at, records, changed, at)
       select space, ?1, 'waiting', '', 0, ?2, ?2, 0, 0, ?2 from (select space from author_space where did = ?1
         union select space from member where did = ?1 union select did from space where did = ?1) where true
       on conflict do update set state = 'waiting', position = '', attempts = 0, due_at = excluded.due_at, asked_at = excluded.asked_at,
         error = null`,
    )
    .bind(did, now),
  wakeJob(db, 'backfill', '', now),
];
