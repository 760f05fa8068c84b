/** Names of members: one each, nobody's twice, kept for a while for who leaves, and told of no private space. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimName, giveBackName, switchNames } from '../../src/actions/names.ts';
import { metered } from '../../src/db/meter.ts';
import type { SpaceDetails } from '../../src/domain/model.ts';
import { tidAt } from '../../src/domain/tid.ts';
import * as reads from '../../src/reads/index.ts';
import { planOf, recording } from '../db/queries/recording.ts';
import { contextOf, got } from '../reads/setup.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

const [ann, ben, stella] = [didOf('ann'), didOf('ben'), didOf('stella')];
const DAY = 86_400_000;
const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
let it: TestDatabase;
let club: Community;
let space: SpaceDetails;
let now = Date.now();

const JOIN = 'club.commonplace.actor.join';
const MEMBERSHIP = 'club.commonplace.space.membership';
const ctx = () => contextOf(it.db, { now, instance: 'did:web:example.com' });
const standing = (did: string) => reads.readStanding(ctx(), space, did);
const claim = async (did: string, label: string) =>
  claimName(space, await standing(did), label, { db: it.db, now, instanceHosts: ['app.club.localhost'] });
const holder = (name: string) => reads.readNamed(ctx(), `${name}.club.localhost`);
async function member(of: Community, did: string, roles: string[] = []): Promise<void> {
  await of.put(did, JOIN, {}, of.space);
  await of.put(of.space, MEMBERSHIP, { member: did, roles }, did);
}

beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'club');
  const steward = { role: 'steward', actions: ['space.configure'], assignable: [] };
  await club.put(club.space, 'club.commonplace.space.permissions', { roles: [steward], defaultRoles: [] }, 'self');
  for (const did of [ann, ben]) await member(club, did);
  await member(club, stella, ['steward']);
  await club.named(stella, 'stella.example.org');
  space = got(await reads.readSpace(ctx(), club.space));
});
afterAll(() => it.stop());

test('a member takes one name, which leads to them and to nobody else', async () => {
  expect(await claim(didOf('eve'), 'eve')).toMatchObject({ refusal: 'NotPermitted' });
  expect(await claim(ann, 'annie')).toBeNull();
  expect(await holder('annie')).toBe(ann);
  expect(await claim(ann, 'another')).toMatchObject({ message: expect.stringContaining('give it back') });
  expect(await claim(ben, 'annie')).toMatchObject({ message: expect.stringContaining('somebody else') });
  for (const taken of ['app', 'club', 'c1ub', 'stella', 'ste11a'])
    expect(await claim(ben, taken), taken).toMatchObject({ refusal: 'InvalidRequest' });
  await Community.found(it.db, 'other', { hosts: ['other.club.localhost'] });
  expect(await claim(ben, 'other')).toMatchObject({ refusal: 'InvalidRequest' });
  expect([await holder('nobody'), await reads.readNamed(ctx(), 'annie.other.club.localhost')]).toEqual([null, null]);
});

test('who leaves keeps it for thirty days, and comes back to it', async () => {
  const join = `at://${ann}/${JOIN}/${club.space}`;
  await club.remove(join);
  expect(await holder('annie')).toBe(ann);
  now += 29 * DAY;
  expect([await claim(ben, 'annie'), await holder('annie')]).toMatchObject([{ refusal: 'InvalidRequest' }, ann]);
  await club.put(ann, JOIN, {}, club.space);
  now += 10 * DAY;
  expect(await holder('annie')).toBe(ann);
  await club.remove(join);
  now += 31 * DAY;
  expect(await holder('annie')).toBeNull();
  expect(await claim(ben, 'annie')).toBeNull();
  expect(await holder('annie')).toBe(ben);
});

test('one gives it back', async () => {
  await giveBackName(space, await standing(ben), { db: it.db });
  expect(await holder('annie')).toBeNull();
  expect(await claim(ben, 'benny')).toBeNull();
});

test('a steward says whether there are any', async () => {
  expect(await switchNames(space, await standing(ben), false, { db: it.db })).toMatchObject({
    refusal: 'NotPermitted',
  });
  expect(await switchNames(space, await standing(stella), false, { db: it.db })).toBeNull();
  expect([await holder('benny'), await claim(stella, 'starry')]).toMatchObject([null, { refusal: 'NotPermitted' }]);
  await switchNames(space, await standing(stella), true, { db: it.db });
  expect(await holder('benny')).toBe(ben);
});

test('a name costs the same however many members and names there are', async () => {
  const large = await Community.found(it.db, 'large');
  const roles = [
    { role: 'steward', actions: ['space.configure'], assignable: [] },
    { role: 'reader', actions: ['post'], assignable: [] },
  ];
  await large.put(large.space, 'club.commonplace.space.permissions', { roles, defaultRoles: ['reader'] }, 'self');
  for (const did of [ann, ben]) await member(large, did, ['reader']);
  const named = async (did: string, label: string) => {
    const details = got(await reads.readSpace(ctx(), large.space));
    const who = await reads.readStanding(ctx(), details, did);
    const meter = metered(it.db);
    const { db, asked } = recording(meter.db);
    const refused = await claimName(details, who, label, { db, now, instanceHosts: [] });
    const plans = await Promise.all(asked.map((statement) => planOf(it.db, statement)));
    return { refused, rows: meter.rowsRead(), plan: plans.flat() };
  };
  const before = await named(ann, 'annabel');
  await it.db.batch([
    it.db
      .prepare(
        `with recursive n(n) as (select 1 union all select n + 1 from n where n < 300)
         insert into member (space, did, joined, admitted, roles, since) select ?, 'did:plc:a' || n, 1, 1, '["reader"]', n from n`,
      )
      .bind(large.space),
    it.db
      .prepare(
        `insert into member_name (space, name, did, at) select space, substr(did, 9), did, 1 from member
         where space = ? and did like 'did:plc:a%' and did not in (?, ?)`,
      )
      .bind(large.space, ann, ben),
  ]);
  await member(large, stella, ['reader', 'steward']);
  const after = await named(ben, 'benedict');
  expect([before.refused, after.refused]).toEqual([null, null]);
  // There is one more steward, and one more set of roles.
  expect(after.rows - before.rows).toBeLessThanOrEqual(8);
  expect(after.plan).toContain('SEARCH member_name USING INDEX member_name_left (space=? AND left_at<?)');
  expect(after.plan.filter((step) => /^SEARCH (m|member) USING (PRIMARY KEY )?\(space=\?\)/.test(step))).toEqual([]);
  await giveBackName({ did: large.space }, await standing(ben), { db: it.db });
  expect((await named(ben, 'stella')).refused).toMatchObject({ refusal: 'InvalidRequest' });
});

test('only who has a role costs one row more', async () => {
  const wide = await Community.found(it.db, 'wide');
  const written = async (did: string, roles: string[]): Promise<number> => {
    await wide.put(did, JOIN, {}, wide.space);
    const rev = tidAt(wide.now + 1000);
    wide.later(1000);
    const record = {
      $type: MEMBERSHIP,
      space: wide.space,
      createdAt: new Date(wide.now).toISOString(),
      member: did,
      roles,
    };
    const event = { kind: 'record', operation: 'create', snapshot: false, proven: true } as const;
    const place = { did: wide.space, collection: MEMBERSHIP, rkey: did, rev, cid: CID };
    return (await wide.admission.admit([{ ...event, ...place, record }])).rowsWritten;
  };
  const none = await written(ann, []);
  expect(none).toBeLessThanOrEqual(12);
  expect((await written(ben, ['steward'])) - none).toBe(1);
});

test('of a private space nobody is told who is in, by no name', async () => {
  const closed = await Community.found(it.db, 'closed');
  await member(closed, ann);
  const open = got(await reads.readSpace(ctx(), closed.space));
  expect(
    await claimName(open, await reads.readStanding(ctx(), open, ann), 'annie', { db: it.db, now, instanceHosts: [] }),
  ).toBeNull();
  const named = () =>
    reads.readNamed(
      contextOf(it.db, { now, viewer: { did: ann, handle: null, by: 'browser' } }),
      'annie.closed.localhost',
    );
  expect(await named()).toBe(ann);
  await it.db.prepare("update space set held_visibility = 'private' where did = ?").bind(closed.space).run();
  expect(await named()).toBeNull();
});

test('a space is found by every way to write its name, and a private one by none', async () => {
  const found = async (name: string) => {
    const answer = await reads.readSpace(ctx(), name);
    return 'refusal' in answer ? answer.refusal : answer.did;
  };
  for (const name of [
    club.space,
    'club.example.com',
    '@Club.example.com',
    '!club@example.com',
    '!club@localhost',
    '!Club@LOCALHOST',
  ])
    expect(await found(name), name).toBe(club.space);
  for (const name of [
    '!club@elsewhere.org',
    '!cl@example.com',
    'club',
    '!closed@localhost',
    '!closed@example.com',
    '@closed.example.com',
  ])
    expect(await found(name), name).toBe('SpaceNotFound');
  // Two that begin alike are none.
  await Community.found(it.db, 'twin', { handle: 'pair.example.net', hosts: ['pair.example.net'] });
  expect(await found('!pair@example.com')).toBe(didOf('twin'));
  // One that is in no list is not given away by it.
  await Community.found(it.db, 'veiled', {
    handle: 'pair.example.info',
    hosts: ['pair.veiled.example'],
    held: 'private',
  });
  expect(await found('!pair@example.com')).toBe(didOf('twin'));
  await Community.found(it.db, 'twintwo', { handle: 'pair.example.org', hosts: ['pair.example.org'] });
  expect(await found('!pair@example.com')).toBe('SpaceNotFound');
  const search = async (q: string) => got(await reads.searchSpaces(ctx(), { q, limit: 5 })).items.map(({ did }) => did);
  expect(await search(club.space)).toEqual([club.space]);
  expect((await search('!club@localhost'))[0]).toBe(club.space);
  const closed = didOf('closed');
  expect(await search(closed)).toEqual([]);
});
