// Members' repositories and the servers that hold them, for following without a Jetstream.
import type { Did } from '../domain/model.ts';

/** An account that the instance has to do with, and where it lives. */
export interface KnownRepository {
  did: Did;
  /** Origin. */
  pds: string;
  /** When it was last read as a whole; null when it never was. */
  rev: string | null;
  status: string;
  /** When it was last found out where it lives. */
  resolvedAt: number;
}

const KNOWN = 'select did from author_space union select did from member union select did from space';

export async function knownRepositories(db: D1Database): Promise<KnownRepository[]> {
  const { results } = await db
    .prepare(
      `select i.did, i.pds, i.repo_rev as rev, i.status, i.resolved_at as resolvedAt
       from (${KNOWN}) k cross join identity i on i.did = k.did
       where i.pds is not null`,
    )
    .all<KnownRepository>();
  return results;
}

/** Where those live who have only been spoken of is found out. */
export const resolveUnmet = (db: D1Database, now: number): D1PreparedStatement =>
  db
    .prepare(
      `insert into job (kind, key, position, attempts, due_at)
       select 'resolve', k.did, '', 0, ? from (${KNOWN}) k where not exists (select 1 from identity i where i.did = k.did)
       on conflict do nothing`,
    )
    .bind(now);

/** These repositories are to be read anew; those that already are to be stay where they stand. */
export const rereadAll = (db: D1Database, dids: Did[], now: number): D1PreparedStatement =>
  db
    .prepare(
      `insert into job (kind, key, position, attempts, due_at) select 'reread', value, '', 0, ? from json_each(?) where true
       on conflict do nothing`,
    )
    .bind(now, JSON.stringify(dids));

/** The rev of a repository that was read as a whole. */
export const noteRev = (db: D1Database, did: Did, rev: string): D1PreparedStatement =>
  db.prepare('update identity set repo_rev = ? where did = ?').bind(rev, did);

/** How far the stream of a PDS was followed. */
export interface Source {
  /** Its address. */
  instance: string;
  sequence: number;
  /** Unix microseconds. */
  cursor: number;
}

export async function loadSources(db: D1Database): Promise<Source[]> {
  return (await db.prepare('select instance, sequence, cursor from source').all<Source>()).results;
}

export const saveSources = (db: D1Database, sources: Source[]): D1PreparedStatement =>
  db
    .prepare(
      `insert into source (instance, sequence, cursor) select value->>0, value->>1, value->>2 from json_each(?) where true
       on conflict do update set sequence = excluded.sequence, cursor = excluded.cursor`,
    )
    .bind(JSON.stringify(sources.map(({ instance, sequence, cursor }) => [instance, sequence, cursor])));
