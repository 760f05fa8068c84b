// Spaces as the operator sees them: all of them, with what the instance holds of each.
import type { Did } from '../../domain/model.ts';
import type { OperatorSpace } from '../../domain/status.ts';

type Row = Omit<OperatorSpace, 'hosts' | 'hasProfile'> & { hosts: string; hasProfile: number };

const SELECT = `select s.did, s.handle, s.display_name as displayName, s.held_visibility as held, coalesce(s.held_roster, 'public') as roster,
  s.profile->>'visibility' as said, s.profile is not null as hasProfile, s.posts, s.replies, s.members,
  (select coalesce(sum(a.count), 0) from author_space a where a.space = s.did) as records, s.added_at as addedAt, s.paused_at as pausedAt,
  (select d.archived_at from dormancy d where d.space = s.did) as archivedAt,
  (select json_group_array(h.hostname) from (select hostname from host where space = s.did order by position) h) as hosts
  from space s`;

const spaceOf = (row: Row): OperatorSpace => ({
  ...row,
  hosts: JSON.parse(row.hosts) as string[],
  hasProfile: row.hasProfile === 1,
});

export async function operatorSpaces(db: D1Database): Promise<OperatorSpace[]> {
  const { results } = await db.prepare(`${SELECT} order by s.display_name, s.did`).all<Row>();
  return results.map(spaceOf);
}

/** By DID, handle or hostname, in that order. */
export async function operatorSpace(db: D1Database, name: string): Promise<OperatorSpace | null> {
  const row = await db
    .prepare(
      `${SELECT} where s.did = ?1 or s.handle = ?1 or s.did = (select space from host where hostname = ?1)
       order by s.did = ?1 desc, s.handle = ?1 desc limit 1`,
    )
    .bind(name)
    .first<Row>();
  return row && spaceOf(row);
}

/** Which of these hostnames belong to which space already. */
export async function hostOwners(db: D1Database, hosts: string[]): Promise<{ hostname: string; space: Did }[]> {
  const { results } = await db
    .prepare('select hostname, space from host where hostname in (select value from json_each(?))')
    .bind(JSON.stringify(hosts))
    .all<{ hostname: string; space: Did }>();
  return results;
}

/** Of all spaces: a new one is compared with each. */
export async function allHosts(db: D1Database): Promise<string[]> {
  const { results } = await db.prepare('select hostname from host').all<{ hostname: string }>();
  return results.map(({ hostname }) => hostname);
}
