// What changed in a space, for those who follow it: only what shows, and the end of what showed.
import { type Changes, changesAfter } from '../db/queries/changes.ts';
import type { Change } from '../domain/change.ts';
import type { Did, Space, SpacePolicy } from '../domain/model.ts';
import { parseUri } from '../domain/uri.ts';
import type { ReadContext } from './context.ts';
import { accountShows } from './rules.ts';
import { spaceOf } from './space-facts.ts';

export interface ChangesPage {
  /** Null when the instance follows it no more. */
  space: Space | null;
  changes: Change[];
  /** Everything up to this seq was looked at. */
  upTo: number;
  /** Whether nothing more is known now. */
  isLast: boolean;
}

/** After a seq, in order. */
export async function readChanges(
  ctx: Pick<ReadContext, 'db' | 'allowed'>,
  did: Did,
  after: number,
): Promise<ChangesPage> {
  const found = await changesAfter(ctx.db, did, after);
  const space = found.space && spaceOf(found.space, ctx.allowed);
  if (!space) return { space, changes: [], upTo: after, isLast: true };
  const unsettled = found.records.findIndex((row) => isUnsettled(row, space.policy));
  const records = unsettled < 0 ? found.records : found.records.slice(0, unsettled);
  const end = unsettled < 0 ? null : (found.records[unsettled]?.seq ?? 0) - 1;
  const changes = [...records.flatMap(recordChange), ...found.accounts.map((row) => accountChange(row, space.policy))]
    .filter(({ seq }) => end === null || seq <= end)
    .sort((a, b) => a.seq - b.seq);
  return { space, changes, upTo: end ?? found.upTo, isLast: found.isLast || end !== null };
}

type RecordRow = Changes['records'][number];
type AccountRow = Changes['accounts'][number];

/**
 * The stored bit lags behind what is known of the account: the work that settles it is due, and then there is more to tell.
 * To pass the record over would lose it where the account turns out to be active.
 */
const isUnsettled = ({ did, cid, hidden, status, confirmation }: RecordRow, policy: SpacePolicy): boolean =>
  cid !== null && hidden === 0 && !accountShows(policy, did, status, confirmation);

function recordChange({ uri, cid, hidden, shownSeq, value, ...row }: RecordRow): Change[] {
  const parts = parseUri(uri);
  if (shownSeq === null || !parts) return [];
  const { seq, rev } = row;
  const version = hidden === 0 && cid !== null && value !== null ? { cid, value } : null;
  return [{ is: 'record', seq, rev, ...parts, version, shownSeq }];
}

function accountChange({ seq, did, status, confirmation, statusAt }: AccountRow, policy: SpacePolicy): Change {
  const shows = accountShows(policy, did, status, confirmation);
  return { is: 'account', seq, did, inactive: shows ? null : status, at: statusAt ?? 0 };
}
