// Whether an admitted record shows: derived bits, each a function of present facts, so late facts answer as early ones.
import type { Did, Identity, Member, SpacePolicy } from './model.ts';
import { mayPost } from './roles.ts';

export const HIDDEN = {
  authorInactive: 1,
  mayNotPost: 2,
  /** A reply whose root is not an admitted post of the same space. */
  noTarget: 4,
  /** Half of a membership, where nobody is told who is in. */
  concealed: 8,
} as const;

/** A hint hides at once. What the own PDS denies counts no more, save a relay's takedown where the space follows those. */
export function accountHidden(identity: Identity | undefined, space: Pick<SpacePolicy, 'relayTakedowns'>): boolean {
  if (!identity || identity.status === 'active') return false;
  if (identity.confirmation !== 'denied') return true;
  return space.relayTakedowns === 'follow' && (identity.status === 'takendown' || identity.status === 'suspended');
}

export interface VisibilityFacts {
  space: SpacePolicy;
  author: Did;
  identity: Identity | undefined;
  member: Member | undefined;
  banned: boolean;
  /** Undefined for records that need no target. */
  targetAdmitted: boolean | undefined;
}

export function hiddenBits({ space, author, identity, member, banned, targetAdmitted }: VisibilityFacts): number {
  return (
    (accountHidden(identity, space) ? HIDDEN.authorInactive : 0) |
    (!banned && mayPost(space, author, member) ? 0 : HIDDEN.mayNotPost) |
    (targetAdmitted === false ? HIDDEN.noTarget : 0)
  );
}

/** Bluesky's wish not to be shown to visitors who are not signed in, as a self-label. */
export const SIGNED_IN_ONLY = '!no-unauthenticated';
