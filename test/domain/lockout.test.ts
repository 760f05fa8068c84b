/** Whatever is done, somebody stays who can act for the space, if there was anybody before. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isKeeper,
  keepingRoles,
  locksOut,
  type Staff,
  type StaffChange,
  staffAfter,
} from '../../src/domain/lockout.ts';

const actions = {
  steward: ['group.configure', 'role.assign', 'admit'],
  keys: ['group.configure'],
  staff: ['role.assign'],
  writer: ['post'],
};
const staff = (members: Record<string, string[]>): Staff => ({
  actions,
  members: Object.entries(members).map(([did, roles]) => ({ did, roles })),
});

test.each<[string, Record<string, string[]>, StaffChange, boolean]>([
  ['the last one leaves', { ada: ['steward'], bert: ['writer'] }, { change: 'out', did: 'ada' }, true],
  ['one of two leaves', { ada: ['steward'], bert: ['steward'] }, { change: 'out', did: 'ada' }, false],
  [
    'two halves are no keeper',
    { ada: ['steward'], bert: ['keys'], carl: ['staff'] },
    { change: 'out', did: 'ada' },
    true,
  ],
  ['one person’s two roles are', { ada: ['steward'], bert: ['keys', 'staff'] }, { change: 'out', did: 'ada' }, false],
  ['another leaves', { ada: ['steward'], bert: ['writer'] }, { change: 'out', did: 'bert' }, false],
  ['the last one’s role is taken', { ada: ['steward'] }, { change: 'roles', did: 'ada', roles: ['writer'] }, true],
  ['it is changed for as much', { ada: ['steward'] }, { change: 'roles', did: 'ada', roles: ['staff', 'keys'] }, false],
  ['roles of who is no member', { ada: ['steward'] }, { change: 'roles', did: 'bert', roles: [] }, false],
  ['permissions are deleted', { ada: ['steward'] }, { change: 'permissions', actions: {} }, true],
  ['the role may less', { ada: ['steward'] }, { change: 'permissions', actions: { steward: ['admit'] } }, true],
  ['names that objects inherit', { ada: ['constructor'] }, { change: 'out', did: 'ada' }, false],
  ['there was nobody', { ada: ['writer'] }, { change: 'out', did: 'ada' }, false],
])('%s', (_, members, change, locked) => {
  expect(locksOut(staff(members), change)).toBe(locked);
});

const ROLES = ['a', 'b', 'c'];
const someActions = fc.dictionary(
  fc.constantFrom(...ROLES),
  fc.subarray(['group.configure', 'role.assign', 'post', 'admit']),
);
const someRoles = fc.subarray(ROLES);
const did = fc.constantFrom('ada', 'bert', 'carl', 'dora');
const change: fc.Arbitrary<StaffChange> = fc.oneof(
  fc.record({ change: fc.constant('out' as const), did }),
  fc.record({ change: fc.constant('roles' as const), did, roles: someRoles }),
  fc.record({ change: fc.constant('permissions' as const), actions: someActions }),
);
const someStaff: fc.Arbitrary<Staff> = fc.record({
  actions: someActions,
  members: fc.uniqueArray(fc.record({ did, roles: someRoles }), { selector: (member) => member.did }),
});
const kept = (given: Staff): boolean => given.members.some(({ roles }) => isKeeper(given.actions, roles));

test('no order of acts that are let through ends without a keeper where there was one', () => {
  fc.assert(
    fc.property(someStaff, fc.array(change, { maxLength: 30 }), (begin, changes) => {
      fc.pre(kept(begin));
      let now = begin;
      for (const one of changes) if (!locksOut(now, one)) now = staffAfter(now, one);
      expect(kept(now)).toBe(true);
    }),
  );
});

test('nothing else is held back, and members without a keeping role need not be known', () => {
  fc.assert(
    fc.property(someStaff, change, (begin, one) => {
      expect(locksOut(begin, one)).toBe(kept(begin) && !kept(staffAfter(begin, one)));
      const matter = new Set([
        ...keepingRoles(begin.actions),
        ...(one.change === 'permissions' ? keepingRoles(one.actions) : []),
      ]);
      const few = begin.members.filter(({ roles }) => roles.some((role) => matter.has(role)));
      expect(locksOut({ ...begin, members: few }, one)).toBe(locksOut(begin, one));
    }),
  );
});
