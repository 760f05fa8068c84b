/** The account of a new space: made at a server of one's choice, or there already. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  forgetOld,
  giveUp,
  isConnected,
  makeGroup,
  nameGroup,
  serverTerms,
  type Wanted,
} from '../../../src/actions/founding/group.ts';
import { putSpace } from '../../../src/db/spaces.ts';
import { NSID } from '../../../src/domain/collections.ts';
import { openDatabase, type TestDatabase } from '../../support/database.ts';
import { PDS } from '../operator.ts';
import { ADA, BERT, begun, GROUP, now, type Surroundings, surroundings, TERMS } from './surroundings.ts';

let database: TestDatabase;
let it: Surroundings;
beforeAll(async () => {
  database = await openDatabase();
}, 60_000);
afterAll(() => database.stop());
beforeEach(async () => {
  it = await surroundings(database.db);
  await begun(it);
});

const KEY = 'did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv';
const WANTED: Wanted = {
  ...{ name: 'Club', domain: '.pds.example.com', email: 'club@example.org', password: 'a long secret' },
  ...{ inviteCode: '', recoveryKey: KEY },
};
const make = async (more: Partial<Wanted> = {}, terms = TERMS) =>
  makeGroup(await now(it), terms, { ...WANTED, ...more }, it.deps);

describe('made', () => {
  test('it is the group, and neither password nor e-mail is kept', async () => {
    it.rotationKeys = [KEY, 'did:key:zQ3server'];
    expect(await make()).toMatchObject({ group: { did: GROUP, pds: PDS, recoveryKey: KEY, isConnected: false } });
    expect(it.made).toEqual([
      {
        handle: 'club.pds.example.com',
        email: 'club@example.org',
        password: 'a long secret',
        inviteCode: null,
        recoveryKey: KEY,
      },
    ]);
    const kept = JSON.stringify([...it.shelf.kept]);
    for (const secret of ['a long secret', 'club@example.org']) expect(kept).not.toContain(secret);
  });

  test.each([
    ['stands below another', ['did:key:zQ3server', KEY]],
    ['is not there', ['did:key:zQ3server']],
    ['cannot be looked up', null],
  ])('no recovery key is claimed that %s', async (_, keys) => {
    it.rotationKeys = keys;
    expect(await make()).toMatchObject({ group: { did: GROUP, recoveryKey: null } });
  });

  test.each([
    ['an ending that the server does not have', { domain: '.bsky.social' }],
    ['no handle', { name: 'a b' }],
    ['a handle with another domain in it', { name: 'x.y', domain: '' }],
    ['no e-mail address', { email: 'club' }],
    ['a short password', { password: 'short' }],
    ['a key that is none', { recoveryKey: 'did:key:z6Mk"><script>' }],
    ['a secret instead of the public half', { recoveryKey: 'z42tqQvUk9ZcXvBmYQnvDfBJBbGwBVRGXFVvyWJYDf2PBCRr' }],
  ])('nothing is sent for %s', async (_, more) => {
    expect(await make(more)).toMatchObject({ refusal: 'InvalidRequest' });
    expect(it.made).toEqual([]);
  });

  test('an invite code is asked for where the server does', async () => {
    const terms = { ...TERMS, needsInvite: true };
    expect(await make({}, terms)).toMatchObject({ refusal: 'InvalidRequest' });
    expect(await make({ inviteCode: ' pds-code ' }, terms)).toMatchObject({ group: { did: GROUP } });
    expect(it.made).toMatchObject([{ inviteCode: 'pds-code' }]);
  });

  test('what the server says is told; and that it said nothing', async () => {
    it.answer = { failed: 'refused', message: 'HandleNotAvailable: taken' };
    expect(await make()).toEqual(it.answer);
    it.answer = { failed: 'unknown', message: 'timeout' };
    expect(await make()).toEqual(it.answer);
    expect((await now(it)).group).toBeNull();
  });

  test('not without end', async () => {
    it.answer = { failed: 'refused', message: 'no' };
    for (let i = 0; i < 10; i++) await make();
    expect(await make()).toMatchObject({ refusal: 'RateLimitExceeded' });
    expect(it.made).toHaveLength(10);
  });
});

test.each(['', 'not a server', 'ftp://x', 'gone.example.com'])('no terms are had of "%s"', async (given) => {
  expect(await serverTerms(given, it.deps)).toHaveProperty('refusal');
});

describe('one that is there', () => {
  test('is named by handle or DID', async () => {
    expect(await nameGroup(await now(it), GROUP, it.deps)).toMatchObject({ group: { did: GROUP, isConnected: false } });
  });
  test('is not one’s own', async () => {
    expect(await nameGroup(await now(it), ADA, it.deps)).toMatchObject({ refusal: 'InvalidRequest' });
  });
  test('is no space here', async () => {
    const space = { did: GROUP, handle: null, hosts: ['g.example.org'], displayName: 'G', visibility: null };
    await putSpace(database.db, space, 0);
    expect(await nameGroup(await now(it), GROUP, it.deps)).toMatchObject({ refusal: 'InvalidRequest' });
  });
  test('is no space elsewhere: nothing of it is written over', async () => {
    it.world.repository[NSID.profile] = [{}];
    expect(await nameGroup(await now(it), GROUP, it.deps)).toMatchObject({ refusal: 'InvalidRequest' });
  });
});

test('only whoever signed in as the group goes on with it', async () => {
  const named = await nameGroup(await now(it), GROUP, it.deps);
  if (!('group' in named)) throw new Error('not named');
  it.holder = null;
  expect(await isConnected(named, it.deps)).toBe(false);
  it.holder = 'did:plc:another';
  expect(await isConnected(named, it.deps)).toBe(false);
  it.holder = ADA;
  expect(await isConnected(named, it.deps)).toBe(true);
  expect((await now(it)).group?.isConnected).toBe(true);
});

test('given up, the connection ends; but not that of a space, nor somebody else’s', async () => {
  await nameGroup(await now(it), GROUP, it.deps);
  const founding = await now(it);
  it.holder = 'did:plc:another';
  await giveUp(founding, it.deps);
  expect(it.holder).toBe('did:plc:another');
  it.holder = ADA;
  await giveUp(founding, it.deps);
  expect(it.holder).toBeNull();
  it.holder = ADA;
  const space = { did: GROUP, handle: null, hosts: ['g.example.org'], displayName: 'G', visibility: null };
  await putSpace(database.db, space, 0);
  await giveUp(founding, it.deps);
  expect(it.holder).toBe(ADA);
});

describe('whoever takes another account', () => {
  beforeEach(async () => void (await nameGroup(await now(it), GROUP, it.deps)));

  test('lets go of the earlier one', async () => {
    await nameGroup(await now(it), GROUP, it.deps);
    expect(it.holder).toBe(ADA);
    expect(await nameGroup(await now(it), BERT, it.deps)).toMatchObject({ group: { did: BERT } });
    expect(it.holder).toBeNull();
  });

  test('does not lose the new one should that fail', async () => {
    it.away = [GROUP];
    expect(await nameGroup(await now(it), BERT, it.deps)).toMatchObject({ group: { did: BERT } });
    expect(it.log).toEqual(['a group could not be let go']);
  });
});

describe('a founding', () => {
  beforeEach(async () => {
    await nameGroup(await now(it), GROUP, it.deps);
    it.away = [GROUP];
  });

  test('is given up when its group is let go, and not before', async () => {
    await expect(giveUp(await now(it), it.deps)).rejects.toThrow('no answer');
    expect(await now(it)).toMatchObject({ group: { did: GROUP } });
  });

  test('that is old holds up no other, and comes again until its group is let go', async () => {
    await begun(it, BERT);
    it.at += 8 * 86_400_000;
    await forgetOld(it.deps);
    expect(it.log).toEqual(['a group could not be let go']);
    await expect(now(it, BERT)).rejects.toThrow('nothing is begun');
    expect(it.holder).toBe(ADA);
    it.away = [];
    await forgetOld(it.deps);
    expect(it.holder).toBeNull();
    await expect(now(it)).rejects.toThrow('nothing is begun');
  });
});
