import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Confirmation, Identity, Member, PostPolicy } from '../../src/domain/model.ts';
import { spacePolicy } from '../../src/domain/policy.ts';
import { accountHidden, HIDDEN, hiddenBits } from '../../src/domain/visibility.ts';
import { didOf, LETTERS } from '../model/cast.ts';

const AUTHOR = didOf('author');
const FOLLOWING = spacePolicy(LETTERS, { relayTakedowns: 'follow' }, null, () => true);
const IGNORING = spacePolicy(LETTERS, { relayTakedowns: 'ignore' }, null, () => true);

const identity = (status: string, confirmation: Confirmation): Identity => ({
  ...{ did: AUTHOR, handle: null, status, statusAt: 1, confirmation, erasedRev: null },
});

describe('an account hides what it wrote', () => {
  test.each<[string, Confirmation, boolean, boolean]>([
    ['active', 'pending', false, false],
    ['active', 'confirmed', false, false],
    ['active', 'denied', false, false],
    // A hint hides at once, and what its own server says hides too.
    ['deactivated', 'pending', true, true],
    ['deactivated', 'confirmed', true, true],
    ['deleted', 'pending', true, true],
    ['suspended', 'confirmed', true, true],
    ['takendown', 'pending', true, true],
    ['a-word-not-known-yet', 'pending', true, true],
    // Its own server still serves it: only a relay took it down, and the space says whether that counts.
    ['deactivated', 'denied', false, false],
    ['deleted', 'denied', false, false],
    ['takendown', 'denied', true, false],
    ['suspended', 'denied', true, false],
  ])('%s, %s: %j where a space follows relays, %j where it does not', (status, confirmation, follow, ignore) => {
    const who = identity(status, confirmation);
    expect([accountHidden(who, FOLLOWING), accountHidden(who, IGNORING)]).toEqual([follow, ignore]);
  });

  test('of whom nothing is known is shown', () => {
    expect(accountHidden(undefined, FOLLOWING)).toBe(false);
  });
});

describe('the bits', () => {
  test('are each a function of its own fact', () => {
    const members = fc.option(fc.record({ joined: fc.boolean(), admitted: fc.boolean(), roles: fc.constant([]) }), {
      nil: undefined,
    });
    const facts = fc.record({
      policy: fc.constantFrom<PostPolicy>('anyone', 'members', 'roles'),
      status: fc.constantFrom('active', 'deactivated'),
      member: members as fc.Arbitrary<Member | undefined>,
      targetAdmitted: fc.constantFrom(true, false, undefined),
      banned: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, ({ policy, status, member, targetAdmitted, banned }) => {
        const space = spacePolicy(LETTERS, { postPolicy: policy }, null, () => true);
        const bits = hiddenBits({
          space,
          author: AUTHOR,
          identity: identity(status, 'pending'),
          member,
          banned,
          targetAdmitted,
        });
        const isMember = member?.joined === true && member.admitted;
        const may = !banned && (policy === 'anyone' || (policy === 'members' && isMember));
        expect((bits & HIDDEN.authorInactive) !== 0).toBe(status !== 'active');
        expect((bits & HIDDEN.mayNotPost) !== 0).toBe(!may);
        expect((bits & HIDDEN.noTarget) !== 0).toBe(targetAdmitted === false);
      }),
    );
  });

  test('are the ones that the stored rows have', () => {
    expect(HIDDEN).toEqual({ authorInactive: 1, mayNotPost: 2, noTarget: 4, concealed: 8 });
  });
});
