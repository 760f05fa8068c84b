// Deleting all that is held of a space, in slices.
import type { Did } from '../domain/model.ts';

const SLICE = 100;
const ROSTER = ['held_member', 'application', 'invite', 'invitation', 'ban'];

export interface LeavingSlice {
  statements: D1PreparedStatement[];
  last: boolean;
}

export async function leavingSlice(db: D1Database, space: Did): Promise<LeavingSlice> {
  const slice = `select seq from record where space = ?1 order by seq limit ${SLICE}`;
  const statements = [
    `delete from post where id in (select post_id from record where space = ?1 and post_id is not null and seq in (${slice}))`,
    `delete from record where space = ?1 and seq in (${slice})`,
  ];
  const counted = await db
    .prepare('select count(*) as left from (select 1 from record where space = ? limit ?)')
    .bind(space, SLICE + 1)
    .first<{ left: number }>();
  const last = (counted?.left ?? 0) <= SLICE;
  if (last)
    statements.push(
      ...[
        'author_space',
        'address',
        'member',
        'tag',
        'top_list',
        'backfill',
        'claim',
        'evidence',
        'member_name',
        'nameless',
      ]
        .concat(ROSTER)
        .map((t) => `delete from ${t} where space = ?1`),
    );
  return { statements: statements.map((sql) => db.prepare(sql).bind(space)), last };
}
