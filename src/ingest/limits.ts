// How much is kept of one author. Who is beyond it may lose what comes late; nobody else does.
import { LIMITS } from '../domain/bounds.ts';
import { isPersonal } from '../domain/collections.ts';
import type { RecordEvent } from '../domain/event.ts';
import type { Facts } from '../domain/facts.ts';
import type { Did, SpacePolicy } from '../domain/model.ts';
import { type Drop, drop } from '../domain/outcome.ts';
import { isMember } from '../domain/roles.ts';

/** Of a record that is not in the space yet. */
export function overLimit(event: RecordEvent, space: SpacePolicy, facts: Facts): Drop | null {
  if (event.did === space.did || isPersonal(event.collection)) return null;
  const count = facts.author(space.did, event.did)?.count ?? 0;
  const trusted = isMember(facts.member(space.did, event.did)) || space.postPolicy === 'anyone';
  if (trusted) return count < LIMITS.author ? null : drop('author-limit', `${LIMITS.author} records in the space`);
  if (count >= LIMITS.pending) return drop('pending-limit', `${LIMITS.pending} records waiting for membership`);
  // Each that is written and deleted again leaves a tombstone, and a post its address.
  return tooManyDeletions(space.did, event.did, facts);
}

/**
 * Of a tombstone for what was never seen: without it an older version that comes late is taken for new. A group's own are kept,
 * for those of its memberships stay for ever.
 */
export const tooManyDeletions = (space: Did, did: Did, facts: Facts): Drop | null =>
  facts.spaces.has(did) || facts.deletionsOf(space, did) < LIMITS.deletions
    ? null
    : drop('deletion-limit', `${LIMITS.deletions} deletions in the space within a week`);

export const tooManyWaiting = (did: Did, facts: Facts): Drop | null =>
  (facts.waitingOf.get(did) ?? 0) < LIMITS.waiting
    ? null
    : drop('waiting-limit', `${LIMITS.waiting} records wait for what they refer to`);
