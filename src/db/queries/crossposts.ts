// What crossposts show: posts of whatever space of the instance.
import type { AtUri, Did } from '../../domain/model.ts';
import { type Fragment, rows, sql } from './fragment.ts';

interface SubjectRow {
  uri: AtUri;
  subject: AtUri | null;
}

/** What crossposts of one space refer to. */
export const subjectsOf = (db: D1Database, space: Did, uris: AtUri[]): Promise<SubjectRow[]> =>
  rows<SubjectRow>(
    db,
    sql`select r.uri, r.value->>'$.subject.uri' as subject from json_each(${JSON.stringify(uris)}) j
      cross join record r on r.space = ${space} and r.uri = j.value where r.cid is not null`,
  );

/** Posts by their author and URI, in the spaces that these have to do with. */
export const byAuthors = (pairs: [Did, AtUri][]): Fragment =>
  sql`select r.post_id as id, 0 as key from json_each(${JSON.stringify(pairs)}) j
    cross join author_space a on a.did = j.value->>0
    cross join record r on r.space = a.space and r.uri = j.value->>1
    where r.cid is not null and r.post_id is not null`;

/** Spaces that an account has to do with. */
export const spacesOf = async (db: D1Database, did: Did, limit: number): Promise<Did[]> =>
  (
    await rows<{ space: Did }>(db, sql`select space from author_space where did = ${did} order by space limit ${limit}`)
  ).map(({ space }) => space);
