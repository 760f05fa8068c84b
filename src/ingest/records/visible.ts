// The bit set of a record about to be written, from what is known now.
import { isOfTheGroup, isPersonal } from '../../domain/collections.ts';
import type { Facts } from '../../domain/facts.ts';
import type { Did, SpacePolicy } from '../../domain/model.ts';
import { accountHidden, HIDDEN, hiddenBits } from '../../domain/visibility.ts';

export function visibilityOf(
  facts: Facts,
  space: SpacePolicy,
  author: Did,
  collection: string,
  targetAdmitted?: boolean,
): number {
  const identity = facts.identities.get(author);
  if (isPersonal(collection) || isOfTheGroup(collection)) {
    return accountHidden(identity, space) ? HIDDEN.authorInactive : 0;
  }
  return hiddenBits({ space, author, identity, member: facts.member(space.did, author), targetAdmitted });
}
