// An account that wanted nothing of it held: what it wrote is kept out as if the operator did so, until it signs in again. What the
// operator keeps out for other reasons stays so, whatever the account wants.
import type { Did } from '../domain/model.ts';

/** Why it is kept out; the operator's own reasons are sentences of theirs. */
export const OWN_WISH = 'erased by the account itself';

export async function putForgotten(db: D1Database, did: Did, at: number): Promise<void> {
  await db.batch([
    db.prepare('insert into block (subject, why, at) values (?, ?, ?) on conflict do nothing').bind(did, OWN_WISH, at),
    // From this moment no cache is asked for its media.
    db
      .prepare(
        'update space set media_generation = media_generation + 1 where did in (select space from author_space where did = ?)',
      )
      .bind(did),
  ]);
}

export const dropForgotten = (db: D1Database, did: Did): D1PreparedStatement =>
  db.prepare('delete from block where subject = ? and why = ?').bind(did, OWN_WISH);

export async function isForgotten(db: D1Database, did: Did): Promise<boolean> {
  const found = await db.prepare('select 1 from block where subject = ? and why = ?').bind(did, OWN_WISH).first();
  return found !== null;
}

/** What is left when its records are gone. Tombstones go by themselves after seven days. */
export function forgetting(db: D1Database, did: Did, spaces: Did[]): D1PreparedStatement[] {
  const here = JSON.stringify(spaces);
  const inSpaces = (table: string, more = ''): D1PreparedStatement =>
    db
      .prepare(`delete from ${table} where space in (select value from json_each(?)) and did = ?${more}`)
      .bind(here, did);
  const ofUris = (table: string): D1PreparedStatement =>
    db.prepare(`delete from ${table} where uri > ?1 and uri < ?2`).bind(`at://${did}/`, `at://${did}0`);
  return [
    ...['evidence', 'claim', 'waiting', 'dropped'].map(ofUris),
    inSpaces('backfill'),
    // Of a membership the group's half is the group's.
    inSpaces('member', ' and joined = 0 and admitted = 0'),
    db.prepare('delete from author_space where did = ?').bind(did),
    db.prepare('delete from identity where did = ?').bind(did),
  ];
}
