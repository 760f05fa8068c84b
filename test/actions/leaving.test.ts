/** Who leaves of themselves may come again; who was put out, or declined, undoes nothing of that by leaving. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaveHeld } from '../../src/actions/members.ts';
import type { OwnDeps } from '../../src/actions/own.ts';
import type { Actor } from '../../src/actions/roster/halves.ts';
import { acceptInvite, createInvite } from '../../src/actions/roster/invites.ts';
import { ban, eject, unban } from '../../src/actions/roster/removal.ts';
import { apply, decline } from '../../src/actions/roster/requests.ts';
import { keepOrder } from '../../src/db/roster.ts';
import { DAY_MS, type RosterOrder } from '../../src/domain/admission.ts';
import type { Did } from '../../src/domain/model.ts';
import { isRefusal } from '../../src/domain/outcome.ts';
import { readSpaceFor } from '../../src/reads/index.ts';
import { contextOf } from '../reads/setup.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

const [STEWARD, ADA, BERT, CARL] = ['steward', 'ada', 'bert', 'carl'].map(didOf) as [Did, Did, Did, Did];
let database: TestDatabase;
let club: Community;
let deps: OwnDeps;

beforeAll(async () => {
  database = await openDatabase();
  const { db } = database;
  club = await Community.found(db, 'door', { held: 'private', profile: { joinPolicy: 'approval' } });
  const roles = [{ role: 'steward', actions: ['admit', 'eject', 'invite', 'role.assign'], assignable: [] }];
  await club.put(club.space, 'club.commonplace.space.permissions', { roles, defaultRoles: [] }, 'self');
  await club.hold(STEWARD, { joined: true, admitted: true, roles: ['steward'] });
  const clock = { now: () => club.now };
  const indexer = { roster: (order: RosterOrder) => keepOrder(db, order, club.now), spare: async () => null };
  deps = { db, clock, indexer } as unknown as OwnDeps;
});
afterAll(() => database.stop());

async function actor(did: Did): Promise<Actor> {
  const found = await readSpaceFor({ ...contextOf(database.db), now: club.now }, club.space, did, async () => true);
  return isRefusal(found) ? expect.fail(found.message) : found;
}

test('who was put out does not come again by the same link; who left of themselves does', async () => {
  const expiresAt = club.now + DAY_MS;
  const made = await createInvite(await actor(STEWARD), { role: null, uses: 10, expiresAt }, deps);
  if (isRefusal(made)) return expect.fail(made.message);
  const { token } = made;
  expect(await acceptInvite(await actor(ADA), token, deps)).toBeNull();
  expect(await leaveHeld(await actor(ADA), deps)).toBeNull();
  expect(await acceptInvite(await actor(ADA), token, deps)).toBeNull();

  expect(await eject(await actor(STEWARD), ADA, deps)).toBeNull();
  expect(await acceptInvite(await actor(ADA), token, deps)).toMatchObject({ refusal: 'InviteNotFound' });
  expect(await leaveHeld(await actor(ADA), deps)).toBeNull();
  expect(await acceptInvite(await actor(ADA), token, deps)).toMatchObject({ refusal: 'InviteNotFound' });
  expect((await actor(ADA)).standing.isInside).toBe(false);
});

test('who was banned does not come again by the same link when that is over', async () => {
  const expiresAt = club.now + DAY_MS;
  const made = await createInvite(await actor(STEWARD), { role: null, uses: 10, expiresAt }, deps);
  if (isRefusal(made)) return expect.fail(made.message);
  expect(await acceptInvite(await actor(CARL), made.token, deps)).toBeNull();
  const until = club.now + DAY_MS;
  expect(await ban(await actor(STEWARD), { did: CARL, until, told: '', reason: '' }, deps)).toBeNull();
  expect(await leaveHeld(await actor(CARL), deps)).toBeNull();
  expect(await unban(await actor(STEWARD), CARL, deps)).toBeNull();
  expect(await acceptInvite(await actor(CARL), made.token, deps)).toMatchObject({ refusal: 'InviteNotFound' });
});

test('who was declined does not ask again sooner for having left', async () => {
  expect(await apply(await actor(BERT), [], deps)).toBeNull();
  expect(await decline(await actor(STEWARD), { did: BERT, reason: 'No' }, deps)).toBeNull();
  expect(await leaveHeld(await actor(BERT), deps)).toBeNull();
  expect(await apply(await actor(BERT), [], deps)).toMatchObject({ refusal: 'TooSoon' });
});
