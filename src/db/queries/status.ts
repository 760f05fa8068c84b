// How the instance stands: gaps, refusals, and counts of what may be counted in public.
import type { Did } from '../../domain/model.ts';
import type { Counts, Gap, ProofCounts } from '../../domain/status.ts';
import { prepare, raw, sql } from './fragment.ts';
import { LISTED } from './spaces.ts';

export interface StatusFacts {
  gaps: Gap[];
  drops: { reason: string; count: number }[];
  counts: Counts;
  proofs: ProofCounts;
}

const LAST_GAPS = 20;

const PROOFS = `select coalesce((select count from proof_count where outcome = 'verified'), 0) as verified,
  coalesce((select count from drop_count where reason = 'forged'), 0) as forged, (select count(*) from claim) as pending`;

/** `space` null counts all public spaces. */
export async function statusFacts(db: D1Database, space: Did | null): Promise<StatusFacts> {
  const which = space === null ? LISTED : sql`s.did = ${space}`;
  const [gaps, drops, counts, proofs] = await db.batch([
    prepare(
      db,
      sql`select id, from_us as fromUs, to_us as toUs, reason, filling_at as fillingAt, closed_at as closedAt from gap order by id desc limit ${LAST_GAPS}`,
    ),
    prepare(db, raw('select reason, count from drop_count order by reason limit 100')),
    prepare(
      db,
      sql`select count(*) as spaces, coalesce(sum(s.posts), 0) as posts, coalesce(sum(s.replies), 0) as replies,
        coalesce(sum(s.members), 0) as members from space s where ${which}`,
    ),
    prepare(db, raw(PROOFS)),
  ]);
  const counted = counts?.results[0] as Counts | undefined;
  return {
    gaps: (gaps?.results ?? []) as Gap[],
    drops: (drops?.results ?? []) as StatusFacts['drops'],
    counts: counted ?? { spaces: 0, posts: 0, replies: 0, members: 0 },
    proofs: (proofs?.results[0] as ProofCounts | undefined) ?? { verified: 0, forged: 0, pending: 0 },
  };
}
