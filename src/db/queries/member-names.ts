// Names of members, and by what spaces are found.
import type { Did, JsonObject } from '../../domain/model.ts';
import { rows, sql } from './fragment.ts';

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

/** Handles of the members with any role: those who may act for the space are among them. */
const MOST_STEWARDS = 200;

export async function roleHolders(db: D1Database, space: Did): Promise<{ handle: string; roles: string[] }[]> {
  const found = await rows<{ handle: string; roles: string }>(
    db,
    sql`select i.handle, m.roles from member m cross join identity i on i.did = m.did
      where m.space = ${space} and m.roles <> '[]' and i.handle is not null limit ${MOST_STEWARDS}`,
  );
  return found.map(({ handle, roles }) => ({ handle, roles: JSON.parse(roles) as string[] }));
}

/** Spaces whose handle begins with a label; no more than two, for two are too many. */
export async function spacesLabelled(db: D1Database, label: string): Promise<Did[]> {
  const found = await rows<{ did: Did }>(
    db,
    sql`select did from space where handle > ${`${label}.`} and handle < ${`${label}/`} limit 2`,
  );
  return found.map(({ did }) => did);
}

export const namesHeld = (db: D1Database, did: Did) =>
  rows<JsonObject>(
    db,
    sql`select n.space, n.name, n.at from author_space a cross join member_name n on n.space = a.space and n.did = a.did
      where a.did = ${did}`,
  );
