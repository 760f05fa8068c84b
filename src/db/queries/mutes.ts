// What somebody does not want to see.
import type { AtUri, Did } from '../../domain/model.ts';
import type { Mute } from '../../domain/notices.ts';
import { rows, sql } from './fragment.ts';

export const MAX_MUTES = 500;

export async function mutesOf(db: D1Database, did: Did): Promise<ReadonlySet<Did | AtUri>> {
  const found = await rows<Mute>(db, sql`select subject from mute where did = ${did} limit ${MAX_MUTES}`);
  return new Set(found.map(({ subject }) => subject));
}

/** After a subject, in their order; people with the name they are known by where anybody may know them. */
export const listMutes = (db: D1Database, did: Did, after: string, limit: number): Promise<Mute[]> =>
  rows(
    db,
    sql`select m.subject, m.at, i.handle from mute m left join identity i on i.did = m.subject
      and exists (select 1 from author_space a cross join space s on s.did = a.space
        where a.did = m.subject and s.held_visibility is not 'private')
      where m.did = ${did} and m.subject > ${after} order by m.subject limit ${limit}`,
  );
