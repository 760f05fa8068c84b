// The list of best-liked posts of a window, kept ready: renewed when asked for, at most every ten minutes.
import type { Did } from '../domain/model.ts';
import type { TopWindow } from '../domain/post.ts';

const DAY = 24 * 3_600_000;
const WINDOWS: Record<TopWindow, number> = {
  day: DAY,
  week: 7 * DAY,
  month: 30 * DAY,
  year: 365 * DAY,
  all: Number.POSITIVE_INFINITY,
};
const FRESH_MS = 10 * 60_000;
const LENGTH = 500;
/** Ranking covers the newest posts of the window, so that its cost is bounded whatever the size of the space. */
const RANKED = 10_000;

export async function renewTop(
  db: D1Database,
  space: Did,
  section: string,
  window: TopWindow,
  now: number,
): Promise<void> {
  const kept = await db
    .prepare('select made_at from top_list where space = ? and section = ? and window = ?')
    .bind(space, section, window)
    .first<{ made_at: number }>();
  if (kept && now - kept.made_at < FRESH_MS) return;
  const since = Math.max(0, now - WINDOWS[window]);
  const inSection = section === '' ? '' : 'and section = ?4';
  const ranked = `select id from (
      select id, like_count, sort_at from post where space = ?1 ${inSection} and hidden = 0 and root is null and sort_at >= ?2
      order by sort_at desc limit ${RANKED}
    ) order by like_count desc, sort_at desc limit ${LENGTH}`;
  await db
    .prepare(
      `insert into top_list (space, section, window, made_at, posts)
       select ?1, ${section === '' ? "''" : '?4'}, ?5, ?3, coalesce((select json_group_array(id) from (${ranked})), '[]')
       on conflict do update set made_at = excluded.made_at, posts = excluded.posts`.replaceAll(
        '?5',
        section === '' ? '?4' : '?5',
      ),
    )
    .bind(...[space, since, now, ...(section === '' ? [] : [section]), window])
    .run();
}
