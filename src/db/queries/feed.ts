// Skeletons of feeds: ids of a space's shown posts in the order of an index, after a position in it.
import type { Did } from '../../domain/model.ts';
import type { TopWindow } from '../../domain/post.ts';
import { type Fragment, prepare, raw, sql } from './fragment.ts';
import { type Hydration, hydrated, type PostFacts, postFacts } from './hydrate.ts';

/** Sort key and id of the last row before. */
export type Position = readonly [key: number, id: number];

const SHOWN = 'hidden = 0 and root is null';

/**
 * Newest first. Two ranges of one index, merged: a comparison of (key, id) would walk all rows of an equal key that lie
 * before the position.
 */
export function before(table: Fragment, id: string, key: string, position: Position | null, limit: number): Fragment {
  const columns = raw(`${id} as id, ${key} as key`);
  if (position === null) {
    return sql`select ${columns} ${table} order by ${raw(`${key} desc, ${id} desc`)} limit ${limit}`;
  }
  const [k, last] = position;
  return sql`select ${columns} ${table} and ${raw(key)} = ${k} and ${raw(id)} < ${last}
    union all select ${columns} ${table} and ${raw(key)} < ${k}
    order by key desc, id desc limit ${limit}`;
}

const KEYS = { new: 'sort_at', hot: 'hot', active: 'active_at' };

export type StoredSort = keyof typeof KEYS;

export const inSpace = (space: Did, sort: StoredSort, at: Position | null, limit: number): Fragment =>
  before(sql`from post where space = ${space} and ${raw(SHOWN)}`, 'id', KEYS[sort], at, limit);

export const inSection = (
  space: Did,
  section: string,
  sort: StoredSort,
  at: Position | null,
  limit: number,
): Fragment =>
  before(sql`from post where space = ${space} and section = ${section} and ${raw(SHOWN)}`, 'id', KEYS[sort], at, limit);

export const byAuthor = (space: Did, did: Did, at: Position | null, limit: number): Fragment =>
  before(sql`from post where space = ${space} and did = ${did} and ${raw(SHOWN)}`, 'id', 'sort_at', at, limit);

/** What an author answered to others. */
export const repliesBy = (space: Did, did: Did, at: Position | null, limit: number): Fragment =>
  before(
    sql`from post where space = ${space} and did = ${did} and hidden = 0 and root is not null`,
    'id',
    'sort_at',
    at,
    limit,
  );

/** Hidden posts are among them: a tag's rows know nothing of that. */
export const tagged = (space: Did, tag: string, at: Position | null, limit: number): Fragment =>
  before(sql`from tag where space = ${space} and tag = ${tag}`, 'post', 'sort_at', at, limit);

export interface TopPage {
  /** Null when there is no list. */
  madeAt: number | null;
  /** Of the whole list. */
  length: number;
  rows: PostFacts[];
}

/** Entries from `offset` of a list of the best-liked; `section` '' is the whole space. `key` is the place in it. */
export async function topPage(
  db: D1Database,
  list: { space: Did; section: string; window: TopWindow },
  offset: number,
  limit: number,
  hydration: Hydration,
): Promise<TopPage> {
  const where = sql`where space = ${list.space} and section = ${list.section} and window = ${list.window}`;
  // Entries are asked for one by one: json_each over the list itself would count all of it.
  const indices = JSON.stringify(Array.from({ length: limit }, (_, i) => offset + i));
  const entries = sql`select json_extract(t.posts, '$[' || j.value || ']') as id, j.value as key
    from top_list t cross join json_each(${indices}) j ${where}`;
  const [made, page] = await db.batch([
    prepare(db, sql`select made_at as madeAt, json_array_length(posts) as length from top_list ${where}`),
    prepare(db, hydrated(entries, hydration)),
  ]);
  const [found] = (made?.results ?? []) as { madeAt: number; length: number }[];
  return { madeAt: found?.madeAt ?? null, length: found?.length ?? 0, rows: postFacts(page?.results) };
}
