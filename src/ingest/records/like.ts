// Likes count under a post or reply of the same space; triggers keep the count.
import { textAt } from '../../domain/scope.ts';
import type { CollectionPlan } from './shape.ts';
import { visibilityOf } from './visible.ts';

export const like: CollectionPlan = {
  put: ({ facts, space, event, record }) => ({
    subject: textAt(record, 'subject.uri') ?? '',
    hidden: visibilityOf(facts, space, event.did, event.collection),
    writes: [],
  }),
  remove: () => [],
};
