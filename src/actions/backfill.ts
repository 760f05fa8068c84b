// What the operator does with the reading of repositories: begin it, look at it, end it.
import { backfillProgress } from '../db/queries/backfill.ts';
import type { Did } from '../domain/model.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';
import type { Backfill } from '../domain/status.ts';
import { findSpace, type OperatorDeps } from './spaces.ts';

type Act = 'start' | 'cancel' | 'look';

/** `name` is a DID, handle or hostname; all spaces without it. */
export async function backfill(
  act: Act,
  name: string | undefined,
  deps: OperatorDeps,
  now: number,
): Promise<{ backfill: Backfill } | Refusal> {
  const space = name === undefined ? null : await findSpace(name, deps);
  if (space !== null && isRefusal(space)) return space;
  const did: Did | null = space?.did ?? null;
  if (act !== 'look') await deps.indexer.operate({ order: 'backfill', space: did, act });
  return { backfill: await backfillProgress(deps.db, did === null ? 'all' : { space: did }, now) };
}
