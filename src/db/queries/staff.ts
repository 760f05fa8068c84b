// Members by whom a space can be kept.
import { keepingRoles, type Staff, type StaffChange } from '../../domain/lockout.ts';
import type { Did, SpacePolicy } from '../../domain/model.ts';
import { raw, rows, sql } from './fragment.ts';

/** Beyond so many it does not matter who else there is. */
const MOST = 1000;

/** Whether somebody has a role by which the space may be kept: all others may come and go. */
export async function isOfWeight(
  db: D1Database,
  { did: space, actions }: Pick<SpacePolicy, 'did' | 'actions'>,
  did: Did,
): Promise<boolean> {
  const found = await rows<{ roles: string }>(
    db,
    sql`select roles from member where space = ${space} and did = ${did}
      union all select roles from held_member where space = ${space} and did = ${did}`,
  );
  const keeping = keepingRoles(actions);
  return found.some(({ roles }) => (JSON.parse(roles) as string[]).some((role) => keeping.includes(role)));
}

/** With what roles may do now; those who have a role that matters before or after the change. */
export async function staffOf(
  db: D1Database,
  { did, actions }: Pick<SpacePolicy, 'did' | 'actions'>,
  change: StaffChange,
  now: number,
): Promise<Staff> {
  const after = change.change === 'permissions' ? keepingRoles(change.actions) : [];
  const roles = JSON.stringify([...new Set([...keepingRoles(actions), ...after])]);
  const from = (table: string) => sql`select m.did, m.roles from ${raw(table)} m where m.space = ${did}
    and m.joined = 1 and m.admitted = 1
    and not exists (select 1 from ban b where b.space = m.space and b.did = m.did and b.until > ${now})
    and exists (select 1 from json_each(m.roles) r where r.value in (select value from json_each(${roles})))`;
  const found = await rows<{ did: Did; roles: string }>(
    db,
    sql`${from('member')} union all ${from('held_member')} limit ${MOST}`,
  );
  return { actions, members: found.map((row) => ({ did: row.did, roles: JSON.parse(row.roles) as string[] })) };
}
