// The two halves of a membership: the member's own join, the group's confirmation. Only both make a member.
import { NSID } from '../../domain/collections.ts';
import type { Facts } from '../../domain/facts.ts';
import type { Did, Member } from '../../domain/model.ts';
import { rolesOf } from '../../domain/policy.ts';
import { mayPost } from '../../domain/roles.ts';
import { parseUri } from '../../domain/uri.ts';
import type { Write } from '../../domain/write.ts';
import type { CollectionPlan } from './shape.ts';
import { visibilityOf } from './visible.ts';

const NONE: Member = { joined: false, admitted: false, roles: [] };

/** Of a new member everything is read; who is found by reading was read. Writes the changed half; when that changes whether the author may post, what they wrote is looked at again. */
function change(facts: Facts, space: Did, did: Did, half: Partial<Member>, at: number, isNews = false): Write[] {
  // There the members are held apart, and nothing that anybody publishes changes them.
  if (facts.concealed.has(space)) return [];
  const before = facts.member(space, did) ?? NONE;
  const after = { ...before, ...half };
  facts.setMember(space, did, after);
  const policy = facts.spaces.get(space);
  const writes: Write[] = [{ write: 'member', space, did, ...after, at }];
  if (policy && mayPost(policy, did, before) !== mayPost(policy, did, after)) {
    writes.push({ write: 'job', kind: 'author', key: `${did} ${space}` });
  }
  const became = isNews && after.joined && after.admitted && !(before.joined && before.admitted);
  if (became) writes.push({ write: 'read', space, did }, { write: 'job', kind: 'backfill', key: '' });
  return writes;
}

export const join: CollectionPlan = {
  put: ({ facts, space, event, sortAt }) => ({
    hidden: visibilityOf(facts, space, event.did, event.collection),
    writes: change(facts, space.did, event.did, { joined: true }, sortAt, !event.snapshot),
  }),
  remove: (row, facts) => change(facts, row.space, parseUri(row.uri)?.did ?? '', { joined: false }, facts.now),
};

export const membership: CollectionPlan = {
  put: ({ facts, space, event, record, sortAt }) => ({
    hidden: visibilityOf(facts, space, event.did, NSID.membership),
    writes: change(facts, space.did, event.rkey, { admitted: true, roles: rolesOf(record) }, sortAt, !event.snapshot),
  }),
  remove: (row, facts) =>
    change(facts, row.space, parseUri(row.uri)?.rkey ?? '', { admitted: false, roles: [] }, facts.now),
};
