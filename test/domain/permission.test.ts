/** Who may do what with their own records: every deed, beside a table written by hand. */
import { describe, expect, test } from 'vitest';
import type { JoinPolicy, Member, PostPolicy } from '../../src/domain/model.ts';
import { type Deed, refusalOf, standingOf } from '../../src/domain/permission.ts';
import { spacePolicy } from '../../src/domain/policy.ts';

const [SPACE, ADA, BERT] = ['did:plc:space', 'did:plc:ada', 'did:plc:bert'];
const PERMISSIONS = { roles: [{ role: 'writer', actions: ['post'] }] };
const standing = (joinPolicy: JoinPolicy, postPolicy: PostPolicy, member: Member | null, paused = false) =>
  standingOf(
    {
      joinPolicy,
      paused,
      visibility: 'public',
      roster: 'public',
      policy: spacePolicy(SPACE, { postPolicy }, PERMISSIONS, () => false),
    },
    ADA,
    member,
  );

const MEMBERS: Record<string, Member | null> = {
  stranger: null,
  'has joined': { joined: true, admitted: false, roles: ['writer'] },
  'is named': { joined: false, admitted: true, roles: ['writer'] },
  member: { joined: true, admitted: true, roles: [] },
  writer: { joined: true, admitted: true, roles: ['writer'] },
};
const POLICIES: PostPolicy[] = ['anyone', 'members', 'roles'];
/** Who may post where anyone, where members, and where roles may. */
const POSTS: Record<string, [boolean, boolean, boolean]> = {
  stranger: [true, false, false],
  'has joined': [true, false, false],
  'is named': [true, false, false],
  member: [true, true, false],
  writer: [true, true, true],
};

test('while a space is paused nothing new is taken, and what is one’s own can be taken back', () => {
  const may = (deed: Deed): boolean =>
    refusalOf(standing('open', 'anyone', MEMBERS.writer ?? null, true), deed) === null;
  for (const what of ['join', 'post', 'reply', 'like'] as const) expect(may({ do: what }), what).toBe(false);
  expect(may({ do: 'edit', author: ADA })).toBe(false);
  for (const what of ['delete', 'unlike'] as const) expect(may({ do: what, author: ADA }), what).toBe(true);
  expect(may({ do: 'leave' })).toBe(true);
  // Kept here for its author alone, it is nothing of the space's yet.
  expect(may({ do: 'draft' })).toBe(true);
});

describe.each(Object.keys(MEMBERS))('a %s', (name) => {
  const member = MEMBERS[name] ?? null;
  test.each(POLICIES)('where %s may post', (policy) => {
    const mayPost = POSTS[name]?.[POLICIES.indexOf(policy)] ?? false;
    const may = (deed: Deed): boolean => refusalOf(standing('open', policy, member), deed) === null;
    for (const what of ['post', 'reply', 'like', 'draft'] as const) expect(may({ do: what }), what).toBe(mayPost);
    expect(may({ do: 'edit', author: ADA })).toBe(mayPost);
    expect(may({ do: 'edit', author: BERT })).toBe(false);
    expect(may({ do: 'crosspost', from: 'public' })).toBe(mayPost);
    expect(may({ do: 'crosspost', from: 'private' })).toBe(false);
    // What one wrote is one's own, whatever one is here now.
    expect(may({ do: 'delete', author: ADA })).toBe(true);
    expect(may({ do: 'delete', author: BERT })).toBe(false);
    expect(may({ do: 'leave' })).toBe(true);
  });

  test.each(['open', 'approval', 'invite'] as const)('may join where joining is %s', (policy) => {
    const isIn = member?.joined === true || member?.admitted === true;
    expect(refusalOf(standing(policy, 'members', member), { do: 'join' }) === null).toBe(policy !== 'invite' || isIn);
  });
});

test('a role that one was given before one joined gives nothing', () => {
  expect(standing('open', 'roles', MEMBERS['is named'] ?? null)).toMatchObject({ roles: [], actions: [] });
});

/** What each role may, and whom it reaches. */
const STAFF = {
  roles: [
    { role: 'steward', actions: ['admit', 'invite', 'eject', 'role.assign'], assignable: ['host', 'writer'] },
    { role: 'host', actions: ['admit', 'invite'], assignable: ['steward'] },
    { role: 'bouncer', actions: ['eject'], assignable: ['writer'] },
    { role: 'writer', actions: ['post'] },
  ],
};
const inRole = (role: string | null, banned = false): ReturnType<typeof standingOf> => {
  const member = { joined: true, admitted: true, roles: role === null ? [] : [role] };
  const policy = spacePolicy(SPACE, { postPolicy: 'members' }, STAFF, () => false);
  const ban = banned ? { until: 1, told: 'rude' } : null;
  return standingOf(
    { joinPolicy: 'approval', visibility: 'public', roster: 'public', paused: false, policy },
    ADA,
    member,
    ban,
  );
};
const STAFF_DEEDS: [Deed, string[]][] = [
  [{ do: 'admit' }, ['steward', 'host']],
  [{ do: 'see-invites' }, ['steward', 'host']],
  [{ do: 'invite', role: null }, ['steward', 'host']],
  [{ do: 'invite', role: 'writer' }, ['steward']],
  // It stands in the host's entry, which does not let them give roles.
  [{ do: 'invite', role: 'steward' }, []],
  [{ do: 'see-bans' }, ['steward', 'bouncer']],
  [{ do: 'eject', roles: [] }, ['steward', 'bouncer']],
  [{ do: 'eject', roles: ['writer'] }, ['steward', 'bouncer']],
  [{ do: 'ban', roles: ['writer', 'host'] }, ['steward']],
  [{ do: 'ban', roles: ['steward'] }, []],
  [{ do: 'assign', before: [], after: ['writer'] }, ['steward']],
  [{ do: 'assign', before: ['steward'], after: ['steward', 'host'] }, ['steward']],
  [{ do: 'assign', before: ['steward'], after: [] }, []],
  [{ do: 'assign', before: [], after: ['bouncer'] }, []],
  [{ do: 'see-roster' }, ['steward', 'host', 'bouncer']],
];

describe.each(['steward', 'host', 'bouncer', 'writer', null])('a member who is %s', (role) => {
  test.each(STAFF_DEEDS)('%j', (deed, allowed) => {
    expect(refusalOf(inRole(role), deed) === null).toBe(role !== null && allowed.includes(role));
  });

  test('may nothing of it, and write nothing, while they are banned', () => {
    const banned = inRole(role, true);
    for (const [deed] of STAFF_DEEDS) expect(refusalOf(banned, deed), deed.do).not.toBeNull();
    for (const what of ['join', 'apply', 'accept-invite', 'post', 'reply', 'like'] as const) {
      expect(refusalOf(banned, { do: what }), what).toMatchObject({ refusal: 'Banned' });
    }
    expect(refusalOf(banned, { do: 'delete', author: ADA })).toBeNull();
    expect(refusalOf(banned, { do: 'leave' })).toBeNull();
  });
});

test('who is signed in as the group itself reaches every role', () => {
  const policy = spacePolicy(SPACE, null, STAFF, () => false);
  const group = standingOf(
    { joinPolicy: 'invite', visibility: 'public', roster: 'public', paused: false, policy },
    SPACE,
    null,
  );
  for (const [deed] of STAFF_DEEDS) expect(refusalOf(group, deed), deed.do).toBeNull();
});

test('who is banned from a space where anyone may post may not', () => {
  const policy = spacePolicy(SPACE, { postPolicy: 'anyone' }, null, () => false);
  const banned = standingOf(
    { joinPolicy: 'open', visibility: 'public', roster: 'public', paused: false, policy },
    ADA,
    null,
    {
      until: 1,
      told: '',
    },
  );
  expect(banned.actions).toEqual([]);
});
