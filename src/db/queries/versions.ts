// Earlier versions of one record.
import type { AtUri, Did } from '../../domain/model.ts';
import { rows, sql } from './fragment.ts';

interface VersionRow {
  cid: string;
  value: string;
  until: number;
}

/** At most as many as are kept of a record; the last first. */
export const versionsOf = (db: D1Database, space: Did, uri: AtUri, since: number): Promise<VersionRow[]> =>
  rows<VersionRow>(
    db,
    sql`select cid, value, until from version where space = ${space} and uri = ${uri} and until >= ${since} order by until desc`,
  );
