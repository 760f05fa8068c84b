/** What is kept of who comes and goes: each order happens at once or not at all, and no read of it walks a table. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { prune } from '../../src/db/prune.ts';
import { joinedSince } from '../../src/db/queries/members.ts';
import { heldAbout, isFollowed, spacesOf } from '../../src/db/queries/mine.ts';
import * as roster from '../../src/db/queries/roster.ts';
import { staffOf } from '../../src/db/queries/staff.ts';
import { keepOrder } from '../../src/db/roster.ts';
import { ADMISSION, DAY_MS, type Invite, type RosterOrder } from '../../src/domain/admission.ts';
import { Keepers } from '../../src/ingest/keepers.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { planOf, recording } from './queries/recording.ts';

const [ADA, BERT, CARL] = ['ada', 'bert', 'carl'].map((name) => didOf(name)) as [string, string, string];
let it: TestDatabase;
let club: Community;
let now = Date.UTC(2026, 0, 2);

beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'club');
});
afterAll(() => it.stop());
beforeEach(() => {
  now += 365 * DAY_MS;
});

const keep = (order: RosterOrder): Promise<boolean> => keepOrder(it.db, order, now);
const space = (): string => club.space;
const invite = (id: string, uses: number): Invite => ({
  ...{ id, by: ADA, role: null, uses, remaining: uses, at: now, expiresAt: now + DAY_MS, revokedAt: null },
});

test('a link is used once by each person, no more often than it says, and only in its time', async () => {
  const one = { space: space(), id: 'link' };
  expect(await keep({ order: 'link', space: space(), invite: invite('link', 2), hash: 'h' })).toBe(true);
  expect(await keep({ order: 'use', ...one, did: ADA })).toBe(true);
  expect(await keep({ order: 'use', ...one, did: BERT })).toBe(true);
  expect(await keep({ order: 'use', ...one, did: CARL })).toBe(false);
  expect(await keep({ order: 'unuse', ...one, did: BERT })).toBe(true);
  expect(await keep({ order: 'use', ...one, did: CARL })).toBe(true);
  expect(await roster.invitationOf(it.db, space(), BERT)).toBeNull();
  expect(await roster.invitationOf(it.db, space(), CARL)).toMatchObject({ by: ADA, link: 'link', state: 'accepted' });

  await keep({ order: 'link', space: space(), invite: invite('late', 5), hash: 'h' });
  now += DAY_MS;
  expect(await keep({ order: 'use', space: space(), id: 'late', did: BERT })).toBe(false);
  await keep({ order: 'link', space: space(), invite: invite('gone', 5), hash: 'h' });
  expect(await keep({ order: 'revoke', space: space(), id: 'gone' })).toBe(true);
  expect(await keep({ order: 'revoke', space: space(), id: 'gone' })).toBe(false);
  expect(await keep({ order: 'use', space: space(), id: 'gone', did: BERT })).toBe(false);
});

test('who was declined asks again after a while, and what was answered is gone by then', async () => {
  const apply = (answer: string): RosterOrder => ({
    ...{ order: 'apply', space: space(), did: BERT, answers: [{ question: 'Why?', answer }] },
  });
  expect(await keep(apply('One'))).toBe(true);
  expect(await keep(apply('Two'))).toBe(true);
  expect((await roster.applicationOf(it.db, space(), BERT))?.answers).toEqual([{ question: 'Why?', answer: 'Two' }]);
  await keep({ order: 'decline', space: space(), did: BERT, reason: 'No' });
  expect(await roster.applicationOf(it.db, space(), BERT)).toMatchObject({
    state: 'declined',
    answers: [],
    reason: 'No',
  });
  expect(await keep(apply('Three'))).toBe(false);
  now += ADMISSION.againMs;
  expect(await keep(apply('Four'))).toBe(true);
});

test('nobody fills the queue without end', async () => {
  const people = Array.from({ length: ADMISSION.open }, (_, index) => [
    space(),
    `did:plc:q${index}`,
    'open',
    now,
    '[]',
  ]);
  await it.db
    .prepare(
      `insert into application (space, did, state, at, answers)
       select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(?) where true on conflict do nothing`,
    )
    .bind(JSON.stringify(people))
    .run();
  expect(await keep({ order: 'apply', space: space(), did: CARL, answers: [] })).toBe(false);
  await it.db.prepare(`delete from application where did like 'did:plc:q%'`).run();
});

test('a ban ends by itself, and what is told of it with it', async () => {
  const ban = { by: ADA, at: now, until: now + DAY_MS, told: 'Too loud', reason: 'secret' };
  await keep({ order: 'ban', space: space(), did: CARL, ban });
  expect((await roster.standingRow(it.db, space(), CARL, now)).banned).toEqual({ until: ban.until, told: 'Too loud' });
  expect((await roster.standingRow(it.db, space(), CARL, ban.until)).banned).toBeNull();
  const due = await it.db.prepare(`select due_at from job where kind = 'unban'`).first('due_at');
  expect(due).toBe(ban.until);
  await keep({ order: 'ban', space: space(), did: CARL, ban: { ...ban, until: now + 2 * DAY_MS } });
  expect(await it.db.prepare(`select due_at from job where kind = 'unban'`).first('due_at')).toBe(now + 2 * DAY_MS);
});

test('what a banned author wrote shows no more, and shows again afterwards', async () => {
  const story = await club.story(CARL, 'Written before');
  const hidden = () => it.db.prepare('select hidden from record where uri = ?').bind(story).first('hidden');
  club.later(365 * DAY_MS);
  const ban = { by: ADA, at: club.now, until: club.now + DAY_MS, told: '', reason: '' };
  await keepOrder(it.db, { order: 'ban', space: space(), did: CARL, ban }, club.now);
  await club.work();
  expect(await hidden()).not.toBe(0);
  club.later(2 * DAY_MS);
  await club.work();
  expect(await hidden()).toBe(0);
});

test('whom the group put out is not taken in again by an older join, however long ago that was', async () => {
  await club.put(BERT, 'club.commonplace.actor.join', {}, space());
  await club.put(space(), 'club.commonplace.space.membership', { member: BERT, roles: [] }, BERT);
  await club.remove(`at://${space()}/club.commonplace.space.membership/${BERT}`);
  for (let count = 0; count < 3; count++) await prune(it.db, club.now + 400 * DAY_MS);
  const waiting = () => joinedSince(it.db, space(), { seq: 0, now: club.now, limit: 10 });
  expect((await waiting()).map(({ did }) => did)).not.toContain(BERT);
  await club.put(BERT, 'club.commonplace.actor.join', {}, space());
  expect((await waiting()).map(({ did }) => did)).toContain(BERT);
});

test('two stewards who put each other out at once do not both succeed', async () => {
  const roles = [{ role: 'steward', actions: ['group.configure', 'role.assign'], assignable: [] }];
  await club.put(space(), 'club.commonplace.space.permissions', { roles, defaultRoles: [] }, 'self');
  for (const did of [ADA, CARL]) {
    await club.put(did, 'club.commonplace.actor.join', {}, space());
    await club.put(space(), 'club.commonplace.space.membership', { member: did, roles: ['steward'] }, did);
  }
  const keepers = new Keepers({ db: it.db, clock: { now: () => club.now }, admission: club.admission });
  const answers = [
    await keepers.spare(space(), { change: 'out', did: ADA }),
    await keepers.spare(space(), { change: 'out', did: CARL }),
  ];
  expect(answers).toEqual([null, expect.objectContaining({ refusal: 'LastSteward' })]);
});

test('all that is held about a person is told, and is gone when they want it so', async () => {
  const kinds = async (): Promise<unknown[]> => (await heldAbout(it.db, ADA)).map(({ what }) => what);
  const before = await kinds();
  await keep({ order: 'name', space: space(), did: ADA, by: BERT, role: null });
  await keep({ order: 'apply', space: 'did:plc:another', did: ADA, answers: [] });
  const hold = `insert into held_member (space, did, joined, admitted, roles, since) values ('did:plc:athird', ?, 1, 0, '[]', 1)`;
  await it.db.prepare(hold).bind(ADA).run();
  await keep({
    order: 'ban',
    space: 'did:plc:afourth',
    did: ADA,
    ban: { by: BERT, at: now, until: now + 1000, reason: '', told: '' },
  });
  expect(await kinds()).toEqual(expect.arrayContaining(['invitation', 'application', 'membership', 'ban']));
  await keep({ order: 'forget', did: ADA });
  // What others decided stays.
  expect((await kinds()).filter((kind) => !before.includes(kind))).toEqual(['ban']);
});

const query = { limit: 5, isPrivate: false };
const READS: Record<string, (db: D1Database) => Promise<unknown>> = {
  'who invited somebody': (db) => roster.peopleAmong(db, [ADA, BERT]),
  'members by age': (db) => roster.membersByAge(db, { space: space(), ...query }, [now, ADA]),
  'held members by age': (db) => roster.membersByAge(db, { space: space(), ...query, isPrivate: true }, [now, ADA]),
  'members by handle': (db) => roster.membersByHandle(db, { space: space(), ...query }, 'a', 'ab.example', false),
  requests: (db) => roster.requestsAfter(db, { space: space(), ...query }, now, [1, ADA]),
  'held requests': (db) => roster.requestsAfter(db, { space: space(), ...query, isPrivate: true }, now, [1, ADA]),
  standing: (db) => roster.standingRow(db, space(), ADA, now),
  application: (db) => roster.applicationOf(db, space(), ADA),
  invitation: (db) => roster.invitationOf(db, space(), ADA),
  invite: (db) => roster.inviteOf(db, space(), 'x'),
  invites: (db) => roster.invitesBefore(db, space(), [now, 'x'], 5),
  invited: (db) => roster.invitedAfter(db, space(), [1, ADA], 5),
  bans: (db) => roster.bansBefore(db, space(), now, [now, ADA], 5),
  staff: (db) => staffOf(db, { did: space(), actions: { steward: ['role.assign'] } }, { change: 'out', did: ADA }, now),
  'my spaces': (db) => spacesOf(db, ADA),
  followed: (db) => isFollowed(db, space(), ADA),
  'held about me': (db) => heldAbout(db, ADA),
};
const WALKS = /^SCAN (m|h|i|a|v|b|r|g|w|member|held_member|application|invite|invitation|ban|identity|record)\b/;

test.each(Object.keys(READS))('no table is walked for %s, nor sorted', async (name) => {
  const { db, asked } = recording(it.db);
  await READS[name]?.(db);
  expect(asked.length).toBeGreaterThan(0);
  for (const statement of asked) {
    const plan = await planOf(it.db, statement);
    const steps = plan.filter((step) => WALKS.test(step) || (/TEMP B-TREE/.test(step) && name !== 'my spaces'));
    // Who follows from an author's own few rows is no table.
    expect(steps.filter((step) => !/^SCAN w\b|VIRTUAL TABLE/.test(step))).toEqual([]);
  }
});
