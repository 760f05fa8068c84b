// How far this instance is with following the network.
import { backfillProgress } from '../db/queries/backfill.ts';
import { statusFacts } from '../db/queries/status.ts';
import type { SpaceDetails } from '../domain/model.ts';
import type { Status } from '../domain/status.ts';
import type { ReadContext } from './context.ts';

/** Of the whole instance, counting public spaces only, or of one space. */
export async function readStatus(ctx: ReadContext, space: SpaceDetails | null): Promise<Status> {
  const [stream, facts, backfill] = await Promise.all([
    ctx.indexer.status(),
    statusFacts(ctx.db, space?.did ?? null),
    backfillProgress(ctx.db, space ? { space: space.did } : 'listed', ctx.now),
  ]);
  return { stream, ...facts, backfill, counts: { ...facts.counts, spaces: space ? null : facts.counts.spaces } };
}
