import { beforeEach, describe, expect, test } from 'vitest';
import { Acquaintance, Hosts } from '../../src/follow/hosts.ts';
import type { IdentityPort } from '../../src/ports/identity.ts';

const ONE = 'https://one.example.com';
const TWO = 'https://two.example.com';
const ANN = 'did:plc:ann';
const BOB = 'did:plc:bob';

let now = 0;
let asked: string[];
/** What the directory says; it does not answer about those who are not here. */
let directory: Record<string, string | null>;
let hosts: Hosts;
let moved: string[];

beforeEach(() => {
  now = 0;
  asked = [];
  directory = {};
  const identity: IdentityPort = {
    resolveHandle: async () => null,
    async resolveDid(did) {
      asked.push(did);
      const pds = directory[did];
      if (pds === undefined) throw new Error('the directory does not answer');
      return { did, handle: null, pds, signingKey: null };
    },
  };
  moved = [];
  hosts = new Hosts(identity, { now: () => now }, (did) => moved.push(did));
  hosts.update([{ did: ANN, pds: ONE, rev: null, status: 'active', resolvedAt: 0 }]);
});

describe('a server speaks', () => {
  test('for the accounts that it is known to hold, without a question', async () => {
    expect(await hosts.speaksFor(ONE, ANN, 'commit')).toBe(true);
    expect(asked).toEqual([]);
  });

  test('for nobody who lives elsewhere', async () => {
    directory = { [ANN]: ONE, [BOB]: ONE };
    expect(await hosts.speaksFor(TWO, ANN, 'commit')).toBe(false);
    expect(await hosts.speaksFor(TWO, BOB, 'commit')).toBe(false);
    expect(await hosts.speaksFor(TWO, BOB, 'commit')).toBe(false);
    expect(asked).toEqual([ANN, BOB]);
  });

  test('for somebody unknown whom the directory places there', async () => {
    directory = { [BOB]: TWO };
    expect(await hosts.speaksFor(TWO, BOB, 'commit')).toBe(true);
  });

  test('for one who moved, from the event that says so on, and no more for one who left', async () => {
    directory = { [ANN]: TWO };
    expect(await hosts.speaksFor(ONE, ANN, 'account')).toBe(false);
    expect(await hosts.speaksFor(TWO, ANN, 'identity')).toBe(true);
    expect(await hosts.speaksFor(TWO, ANN, 'commit')).toBe(true);
    expect(await hosts.speaksFor(ONE, ANN, 'commit')).toBe(false);
    expect(moved).toEqual([ANN]);
  });

  test('for one who moved before it was known that they are known here: told once, when it is', async () => {
    directory = { [BOB]: TWO };
    now = 5_000;
    expect(await hosts.speaksFor(ONE, BOB, 'account')).toBe(false);
    expect(moved).toEqual([]);
    const bob = { did: BOB, pds: ONE, rev: null, status: 'active', resolvedAt: 4_000 };
    for (let looks = 0; looks < 2; looks++) hosts.update([bob]);
    expect(moved).toEqual([BOB]);
    expect(hosts.byWeight()).toEqual([TWO]);
    // Whoever looked later knows better.
    hosts.update([{ ...bob, resolvedAt: 6_000 }]);
    expect(hosts.byWeight()).toEqual([ONE]);
  });

  test('as before while the directory does not answer, which is not asked again for a minute', async () => {
    for (const kind of ['account', 'identity', 'account']) {
      expect(await hosts.speaksFor(ONE, ANN, kind)).toBe(true);
      expect(await hosts.speaksFor(TWO, BOB, kind)).toBe(false);
    }
    expect(asked).toEqual([ANN, BOB]);
    now += 61_000;
    await hosts.speaksFor(ONE, ANN, 'account');
    expect(asked.length).toBe(3);
  });
});

test('servers are followed in the order of how many they hold', () => {
  const repository = (did: string, pds: string) => ({ did, pds, rev: null, status: 'active', resolvedAt: 0 });
  hosts.update([repository('a', TWO), repository('b', ONE), repository('c', TWO)]);
  expect(hosts.byWeight()).toEqual([TWO, ONE]);
});

test('where the newly known live is looked up a moment later, and once more', () => {
  const acquaintance = new Acquaintance({ now: () => now });
  expect(acquaintance.isTimeToLook(1)).toBe(false);
  now += 2_000;
  expect(acquaintance.isTimeToLook(1)).toBe(true);
  expect(acquaintance.isTimeToLook(1)).toBe(false);
  now += 28_000;
  expect(acquaintance.isTimeToLook(1)).toBe(true);
  now += 3_600_000;
  expect(acquaintance.isTimeToLook(1)).toBe(false);
});
