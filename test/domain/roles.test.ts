import { describe, expect, test } from 'vitest';
import type { Member, PostPolicy } from '../../src/domain/model.ts';
import { spacePolicy } from '../../src/domain/policy.ts';
import { type Action, hasAction, isMember, mayPost } from '../../src/domain/roles.ts';
import { didOf, LETTERS } from '../model/cast.ts';

const AUTHOR = didOf('author');
const ALL: Action[] = [
  ...(['post', 'mod.read', 'mod.resolve', 'label', 'takedown', 'invite', 'admit'] as const),
  ...(['eject', 'role.assign', 'space.configure', 'group.configure', 'group.act', 'govern'] as const),
];

const permissions = {
  roles: [
    { role: 'writer', actions: ['post'], assignable: [] },
    { role: 'moderator', actions: ['mod.read', 'mod.resolve', 'takedown'], assignable: [] },
    { role: 'steward', actions: ['govern', 'group.act', 'fly'], assignable: [] },
  ],
  defaultRoles: ['writer'],
};
const space = (postPolicy: PostPolicy) => spacePolicy(LETTERS, { postPolicy }, permissions, () => true);
const member = (roles: string[], joined = true, admitted = true): Member => ({ joined, admitted, roles });

const NOBODY = undefined;
const ASKED = member(['writer'], true, false);
const INVITED = member(['writer'], false, true);
const PLAIN = member([]);
const WRITER = member(['writer']);
const MODERATOR = member(['moderator']);

describe('only both halves make a member', () => {
  test.each([
    [NOBODY, false],
    [ASKED, false],
    [INVITED, false],
    [PLAIN, true],
  ])('%j: %j', (who, is) => {
    expect(isMember(who)).toBe(is);
  });
});

describe('who may post', () => {
  const people = { NOBODY, ASKED, INVITED, PLAIN, WRITER, MODERATOR };
  test.each<[PostPolicy, (keyof typeof people)[]]>([
    ['anyone', ['NOBODY', 'ASKED', 'INVITED', 'PLAIN', 'WRITER', 'MODERATOR']],
    ['members', ['PLAIN', 'WRITER', 'MODERATOR']],
    ['roles', ['WRITER']],
  ])('where the policy is %s: %j', (policy, allowed) => {
    const may = Object.entries(people).filter(([, who]) => mayPost(space(policy), AUTHOR, who));
    expect(may.map(([name]) => name)).toEqual(allowed);
    expect(mayPost(space(policy), LETTERS, NOBODY), 'the group itself always may').toBe(true);
  });
});

describe('what a member may do', () => {
  const may = (who: Member): Action[] => ALL.filter((action) => hasAction(space('members'), who, action));

  test('is the union of what any of their roles grants', () => {
    expect(may(member(['writer', 'moderator']))).toEqual(['post', 'mod.read', 'mod.resolve', 'takedown']);
    expect(may(member(['steward']))).toEqual(['group.act', 'govern']);
  });

  test.each([
    ['without a role', PLAIN],
    ['with a role that has no entry', member(['king'])],
    ['with the name of what every object inherits', member(['constructor', '__proto__', 'toString'])],
    ['before the space has admitted them', ASKED],
    ['before they have joined', INVITED],
  ])('is nothing %s', (_, who) => {
    expect(may(who)).toEqual([]);
  });

  test('of two entries for one role the second is ignored', () => {
    const twice = {
      roles: [
        { role: 'a', actions: ['label'] },
        { role: 'a', actions: ['post'] },
      ],
    };
    const policy = spacePolicy(LETTERS, null, twice, () => true);
    expect(ALL.filter((action) => hasAction(policy, member(['a']), action))).toEqual(['label']);
  });
});
