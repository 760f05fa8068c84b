/** Who may do what with their own records: every deed, beside a table written by hand. */
import { describe, expect, test } from 'vitest';
import type { JoinPolicy, Member, PostPolicy } from '../../src/domain/model.ts';
import { type Deed, refusalOf, standingOf } from '../../src/domain/permission.ts';
import { spacePolicy } from '../../src/domain/policy.ts';

const [SPACE, ADA, BERT] = ['did:plc:space', 'did:plc:ada', 'did:plc:bert'];
const PERMISSIONS = { roles: [{ role: 'writer', actions: ['post'] }] };
const standing = (joinPolicy: JoinPolicy, postPolicy: PostPolicy, member: Member | null, paused = false) =>
  standingOf(
    { joinPolicy, paused, visibility: 'public', policy: spacePolicy(SPACE, { postPolicy }, PERMISSIONS, () => false) },
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
});

describe.each(Object.keys(MEMBERS))('a %s', (name) => {
  const member = MEMBERS[name] ?? null;
  test.each(POLICIES)('where %s may post', (policy) => {
    const mayPost = POSTS[name]?.[POLICIES.indexOf(policy)] ?? false;
    const may = (deed: Deed): boolean => refusalOf(standing('open', policy, member), deed) === null;
    for (const what of ['post', 'reply', 'like'] as const) expect(may({ do: what }), what).toBe(mayPost);
    expect(may({ do: 'edit', author: ADA })).toBe(mayPost);
    expect(may({ do: 'edit', author: BERT })).toBe(false);
    // What one wrote is one's own, whatever one is here now.
    expect(may({ do: 'delete', author: ADA })).toBe(true);
    expect(may({ do: 'delete', author: BERT })).toBe(false);
    expect(may({ do: 'leave' })).toBe(true);
  });

  test.each(['open', 'approval', 'invite'] as const)('may join where joining is %s', (policy) => {
    const isIn = member?.joined === true || member?.admitted === true;
    expect(refusalOf(standing(policy, 'members', member), { do: 'join' }) === null).toBe(policy === 'open' || isIn);
  });
});

test('a role that one was given before one joined gives nothing', () => {
  expect(standing('open', 'roles', MEMBERS['is named'] ?? null)).toMatchObject({ roles: [], actions: [] });
});
