// Names age: a handle may stop leading back to its account without any event, so each is looked up again after a day.

export const NAME_AGE_MS = 24 * 3_600_000;
/** As many look-ups as one invocation of a Worker may make of others, each taking up to six requests. */
const AT_ONCE = 8;
/** While others do not answer, no more than these wait for them. */
const MAX_PENDING = 50;

/** Asks for a job for each of the names looked up longest ago. Without any that is old enough it reads one row. */
export async function renewNames(db: D1Database, now: number): Promise<void> {
  await db
    .prepare(
      `insert into job (kind, key, position, attempts, due_at)
       select 'resolve', i.did, '', 0, ?1 from identity i
       where i.resolved_at < ?2
         and (select count(*) from (select 1 from job where kind = 'resolve' limit ${MAX_PENDING})) < ${MAX_PENDING}
         and not exists (select 1 from job where kind = 'resolve' and key = i.did)
       order by i.resolved_at limit ${AT_ONCE}
       on conflict do nothing`,
    )
    .bind(now, now - NAME_AGE_MS)
    .run();
}
