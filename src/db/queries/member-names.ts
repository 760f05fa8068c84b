// Names of members, and by what spaces are found.
import type { Did, JsonObject } from '../../domain/model.ts';
import { type Fragment, raw, rows, sql } from './fragment.ts';
import { LISTED } from './spaces.ts';

export interface HeldName {
  name: string;
  did: Did;
  at: number;
  leftAt: number | null;
}

const one = async (found: Promise<HeldName[]>): Promise<HeldName | null> => (await found)[0] ?? null;

export const nameOf = (db: D1Database, space: Did, did: Did): Promise<HeldName | null> =>
  one(rows(db, sql`select name, did, at, left_at as leftAt from member_name where space = ${space} and did = ${did}`));

export const holderOf = (db: D1Database, space: Did, name: string): Promise<HeldName | null> =>
  one(
    rows(db, sql`select name, did, at, left_at as leftAt from member_name where space = ${space} and name = ${name}`),
  );

export async function isNameless(db: D1Database, space: Did): Promise<boolean> {
  return (await rows(db, sql`select 1 from nameless where space = ${space}`)).length > 0;
}

/** Whether a space has its site at one of these. */
export async function isAnyHost(db: D1Database, hostnames: string[]): Promise<boolean> {
  const found = await rows(
    db,
    sql`select 1 from json_each(${JSON.stringify(hostnames)}) j cross join host h on h.hostname = j.value limit 1`,
  );
  return found.length > 0;
}

const MOST_HANDLES = 200;
const MOST_SETS = 200;

/** Handles of members with any of some roles. Which roles are had together is looked through, not who has them. */
export async function handlesWith(db: D1Database, space: Did, roles: string[]): Promise<string[]> {
  const next = (after: Fragment): Fragment =>
    sql`select min(roles) from member where space = ${space} and roles <> '[]' and roles > ${after}`;
  const found = await rows<{ handle: string }>(
    db,
    sql`with recursive sets(roles) as
        (${next(raw(`''`))} union all select (${next(raw('sets.roles'))}) from sets where sets.roles is not null limit ${MOST_SETS}),
      meant as materialized (select roles from sets where exists (select 1 from json_each(sets.roles) r
        where r.value in (select value from json_each(${JSON.stringify(roles)}))))
      select i.handle from meant s
        cross join member m indexed by member_roles on m.space = ${space} and m.roles = s.roles and m.roles <> '[]'
        cross join identity i on i.did = m.did
      where i.handle is not null limit ${MOST_HANDLES}`,
  );
  return found.map(({ handle }) => handle);
}

/** Spaces that are in lists and whose handle begins with a label; no more than two, for two are too many. */
export async function spacesLabelled(db: D1Database, label: string): Promise<Did[]> {
  const found = await rows<{ did: Did }>(
    db,
    sql`select s.did from space s where s.handle > ${`${label}.`} and s.handle < ${`${label}/`} and ${LISTED} limit 2`,
  );
  return found.map(({ did }) => did);
}

export const namesHeld = (db: D1Database, did: Did) =>
  rows<JsonObject>(
    db,
    sql`select n.space, n.name, n.at from author_space a cross join member_name n on n.space = a.space and n.did = a.did
      where a.did = ${did}`,
  );
