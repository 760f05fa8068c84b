// Which plan a record of a collection has in a space.
import { NSID } from '../../domain/collections.ts';
import type { SpacePolicy } from '../../domain/model.ts';
import { isPostCollection } from '../../domain/sections.ts';
import { like } from './like.ts';
import { join, membership } from './membership.ts';
import { other } from './other.ts';
import { permissions, profile, theme } from './own.ts';
import { post } from './post.ts';
import { reply } from './reply.ts';
import type { CollectionPlan } from './shape.ts';

const PLANS: ReadonlyMap<string, CollectionPlan> = new Map<string, CollectionPlan>([
  [NSID.reply, reply],
  [NSID.like, like],
  [NSID.join, join],
  [NSID.membership, membership],
  [NSID.profile, profile],
  [NSID.permissions, permissions],
  [NSID.theme, theme],
]);

export function planOf(space: SpacePolicy | undefined, collection: string): CollectionPlan {
  return PLANS.get(collection) ?? (space && isPostCollection(space.sections, collection) ? post : other);
}

/** Records that others hang on come first in a batch: it saves work, and changes no outcome. */
export function rank(collection: string): number {
  if (collection === NSID.reply) return 3;
  if (collection === NSID.like) return 4;
  if (collection === NSID.join) return 1;
  return collection.startsWith('club.commonplace.space.') ? 0 : 2;
}
