// How far the reading of repositories is.
import type { Did } from '../../domain/model.ts';
import type { Backfill } from '../../domain/status.ts';
import { type Fragment, prepare, raw, sql } from './fragment.ts';
import { LISTED } from './spaces.ts';

/** One space, all that are listed, or all there are. */
export type BackfillScope = { space: Did } | 'listed' | 'all';

const MINUTE = 60_000;
const HOSTS = 20;

function within(scope: BackfillScope): Fragment {
  if (scope === 'all') return raw('1');
  if (scope === 'listed') return sql`space in (select s.did from space s where ${LISTED})`;
  return sql`space = ${scope.space}`;
}

export async function backfillProgress(db: D1Database, scope: BackfillScope, now: number): Promise<Backfill> {
  const which = within(scope);
  const searched = typeof scope === 'object' ? sql`key = ${scope.space}` : raw('1');
  const [counts, hosts, search] = await db.batch([
    prepare(
      db,
      sql`select count(*) as known, coalesce(sum(state = 'waiting'), 0) as waiting, coalesce(sum(state = 'done'), 0) as done,
        coalesce(sum(state = 'failed'), 0) as failed, coalesce(sum(state = 'gone'), 0) as gone, coalesce(sum(records), 0) as records,
        coalesce(sum(iif(at > ${now - MINUTE}, records, 0)), 0) as perMinute, coalesce(sum(changed), 0) as repaired
        from backfill where ${which}`,
    ),
    prepare(
      db,
      sql`select host, count(*) as waiting, max(error) as error from backfill
        where ${which} and host is not null and state in ('waiting', 'failed') group by host order by waiting desc, host limit ${HOSTS}`,
    ),
    prepare(db, sql`select count(*) as jobs from job where kind in ('discover', 'heal') and ${searched}`),
  ]);
  const counted = counts?.results[0] as Omit<Backfill, 'searching' | 'hosts'>;
  const searching = ((search?.results[0] as { jobs: number } | undefined)?.jobs ?? 0) > 0;
  return { ...counted, searching, hosts: (hosts?.results ?? []) as Backfill['hosts'] };
}
