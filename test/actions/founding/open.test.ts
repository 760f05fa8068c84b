/** Opening the doors: everything that was decided is there afterwards, however often it broke off in between. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDoors } from '../../../src/actions/founding/open.ts';
import { operatorSpace } from '../../../src/db/queries/operator.ts';
import { putSpace } from '../../../src/db/spaces.ts';
import { NSID } from '../../../src/domain/collections.ts';
import { DEFAULT_SECTIONS } from '../../../src/domain/sections.ts';
import { didOf } from '../../support/community.ts';
import { openDatabase, type TestDatabase } from '../../support/database.ts';
import { PDS } from '../operator.ts';
import { ADA, BERT, begun, GROUP, now, type Surroundings, surroundings } from './surroundings.ts';

let database: TestDatabase;
let it: Surroundings;
beforeAll(async () => {
  database = await openDatabase();
}, 60_000);
afterAll(() => database.stop());

const DECIDED = {
  group: { did: GROUP, handle: null, pds: PDS, recoveryKey: null, isConnected: true },
  host: { name: 'club.example.org', isVerified: true },
  about: { displayName: 'The Club', description: '', lang: '' },
  ways: {
    ...{ joinPolicy: 'open' as const, postPolicy: 'members' as const, visibility: 'public' as const },
    ...{ external: true, instances: [], sections: DEFAULT_SECTIONS, theme: 'paper' },
  },
  stewards: [{ did: BERT, handle: null }],
};

beforeEach(async () => {
  it = await surroundings(database.db);
  await begun(it);
  await it.deps.foundings.change(ADA, DECIDED);
});

const browser = { hash: 'hash', host: 'home.example.com' };
const open = async () => openDoors(await now(it), browser, it.deps);
const space = () => operatorSpace(database.db, GROUP);

test('the space is there, with its records and the founder in it, and the founding is over', async () => {
  expect(await open()).toEqual({ opened: 'club.example.org' });
  expect(await space()).toMatchObject({
    displayName: 'The Club',
    hosts: ['club.example.org'],
    hasProfile: true,
    held: null,
  });
  const { results } = await database.db
    .prepare('select did, joined, admitted from member where space = ? order by did')
    .bind(GROUP)
    .all();
  expect(results).toEqual([
    { did: ADA, joined: 1, admitted: 1 },
    { did: BERT, joined: 0, admitted: 1 },
  ]);
  expect(it.joins).toMatchObject([{ $type: NSID.join, space: GROUP }]);
  expect(await it.deps.foundings.founder(ADA)).toMatchObject({ founding: null, opened: { byThem: 1 } });
});

test('broken off at any write, it is finished by asking again, and nothing is there twice', async () => {
  await open();
  const whole = [...it.acts];
  for (let broken = 0; broken < whole.length; broken++) {
    it = await surroundings(database.db);
    await begun(it);
    await it.deps.foundings.change(ADA, DECIDED);
    it.writesLeft = broken;
    expect(await open()).toMatchObject({ failed: 'unreachable' });
    expect(await space()).toBeNull();
    it.writesLeft = 1000;
    it.acts.length = 0;
    expect(await open()).toEqual({ opened: 'club.example.org' });
    expect(it.acts).toEqual(whole);
    expect(it.world.repository[NSID.membership]).toHaveLength(2);
  }
}, 60_000);

test('whom a try that broke off has named, and who was taken off the list since, is no steward', async () => {
  it.writesLeft = 6;
  await open();
  expect(it.acts).toContain(`put membership/${BERT}`);
  await it.deps.foundings.change(ADA, { stewards: [] });
  it.writesLeft = 1000;
  it.acts.length = 0;
  await open();
  expect(it.acts).toContain(`delete membership/${BERT}`);
  expect(it.acts).not.toContain(`put membership/${BERT}`);
});

test('a private space is held private by the instance, and by no record', async () => {
  await it.deps.foundings.change(ADA, { ways: { ...DECIDED.ways, visibility: 'private' } });
  await open();
  expect(await space()).toMatchObject({ held: 'private', said: 'unlisted' });
});

test.each([
  ['somebody else has connected the group since', async () => Object.assign(it, { holder: BERT })],
  ['nobody holds it any more', async () => Object.assign(it, { holder: null })],
  ['a step is not decided', () => it.deps.foundings.change(ADA, { stewards: null })],
  [
    'the host is not verified',
    () => it.deps.foundings.change(ADA, { host: { name: 'x.example.org', isVerified: false } }),
  ],
  ['the operator lets nobody found any more', async () => Object.assign(it.deps, { policy: 'operator' })],
  [
    'a space that can be found has the name by now',
    async () => {
      const other = { did: didOf('other'), handle: null, hosts: ['o.example.org'], visibility: null };
      await putSpace(database.db, { ...other, displayName: 'Тhe  CIub' }, 0);
    },
  ],
  [
    'a space has the host by now',
    () =>
      putSpace(
        database.db,
        { did: didOf('other'), handle: null, hosts: ['club.example.org'], displayName: 'O', visibility: null },
        0,
      ),
  ],
  [
    'a space has a host by now that looks like it',
    () =>
      putSpace(
        database.db,
        { did: didOf('other'), handle: null, hosts: ['c1ub.example.org'], displayName: 'O', visibility: null },
        0,
      ),
  ],
])('nothing opens when %s', async (_, happens) => {
  await happens();
  expect(await open()).toHaveProperty('refusal');
  expect(await space()).toBeNull();
  expect(it.acts).toEqual([]);
  expect((await now(it)).by).toBe(ADA);
});

test('the name of a space that nobody can find is not given away', async () => {
  const other = { did: didOf('other'), handle: null, hosts: ['o.example.org'], visibility: 'private' as const };
  await putSpace(database.db, { ...other, displayName: 'The Club' }, 0);
  expect(await open()).toEqual({ opened: 'club.example.org' });
});
