// The bit set of a record about to be written, from what is known now.
import { isHalf, isOfTheGroup, isPersonal } from '../../domain/collections.ts';
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
    const isConcealed = facts.concealed.has(space.did) && isHalf(collection);
    return (accountHidden(identity, space) ? HIDDEN.authorInactive : 0) | (isConcealed ? HIDDEN.concealed : 0);
  }
  const [member, banned] = [facts.member(space.did, author), facts.isBanned(space.did, author)];
  return hiddenBits({ space, author, identity, member, banned, targetAdmitted });
}
