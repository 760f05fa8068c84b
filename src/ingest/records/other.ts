// Records that are kept and served as they are: crossposts, subscriptions, rules, roles, curation, other lexicons.
import { referenceOf } from '../../domain/scope.ts';
import type { CollectionPlan } from './shape.ts';
import { visibilityOf } from './visible.ts';

export const other: CollectionPlan = {
  put({ facts, space, event }) {
    const subject = referenceOf(event, space);
    if (subject !== null) facts.dependants.add(subject);
    const targetAdmitted = subject === null ? undefined : facts.spaceOf(subject) === space.did;
    const hidden = visibilityOf(facts, space, event.did, event.collection, targetAdmitted);
    return { hidden, writes: [], ...(subject === null ? {} : { subject }) };
  },
  remove: () => [],
};
