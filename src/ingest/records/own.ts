// The group's profile, permissions and theme: they live on the space's row, and policies are made from them.
import type { Facts } from '../../domain/facts.ts';
import type { Did, JsonObject, SpacePolicy } from '../../domain/model.ts';
import { spacePolicy } from '../../domain/policy.ts';
import type { Write } from '../../domain/write.ts';
import type { CollectionPlan } from './shape.ts';
import { visibilityOf } from './visible.ts';

type Part = 'profile' | 'permissions' | 'theme';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whoever may post, and where posts stand, may have changed for all records of the space. */
function consequences(before: SpacePolicy | undefined, after: SpacePolicy): Write[] {
  const {
    sections: oldSections,
    rules: _old,
    reach: _reached,
    ...old
  } = before ?? { sections: [], rules: [], reach: {} };
  const { sections, rules: _new, reach: _reaches, ...rest } = after;
  return [
    ...(same(old, rest) ? [] : [{ write: 'job', kind: 'space', key: after.did } as const]),
    ...(same(oldSections, sections) ? [] : [{ write: 'job', kind: 'sections', key: after.did } as const]),
  ];
}

function change(facts: Facts, space: Did, part: Part, value: JsonObject | null): Write[] {
  const writes: Write[] = [{ write: 'own', space, part, value: value && JSON.stringify(value) }];
  if (part === 'theme') return writes;
  const own = { profile: null, permissions: null, ...facts.own.get(space), [part]: value };
  facts.own.set(space, own);
  const policy = spacePolicy(space, own.profile, own.permissions, facts.allowed);
  writes.push(...consequences(facts.spaces.get(space), policy));
  facts.spaces.set(space, policy);
  return writes;
}

const plan = (part: Part): CollectionPlan => ({
  put: ({ facts, space, event, record }) => ({
    hidden: visibilityOf(facts, space, event.did, event.collection),
    writes: change(facts, space.did, part, record),
  }),
  remove: (row, facts) => change(facts, row.space, part, null),
});

export const profile = plan('profile');
export const permissions = plan('permissions');
export const theme = plan('theme');
