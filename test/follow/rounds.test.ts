import { beforeEach, describe, expect, test } from 'vitest';
import type { KnownRepository } from '../../src/db/sources.ts';
import type { StreamEvent } from '../../src/domain/event.ts';
import { Rounds } from '../../src/follow/rounds.ts';

const ONE = 'https://one.example.com';
const DEAD = 'https://dead.example.com';

let now: number;
let asked: string[];
let atOnce: number;
let most: number;
let reread: string[];
let admitted: StreamEvent[];
/** What servers say of accounts: a rev, or why there is none. */
let says: Record<string, { rev: string | null; status: string }>;
let rounds: Rounds;

const of = (did: string, more: Partial<KnownRepository> = {}): KnownRepository => ({
  ...{ did, pds: ONE, rev: 'old', status: 'active', resolvedAt: now, ...more },
});

beforeEach(() => {
  [now, atOnce, most] = [1_000, 0, 0];
  [asked, reread, admitted, says] = [[], [], [], {}];
  const answer = async (pds: string, did: string) => {
    asked.push(did);
    most = Math.max(most, ++atOnce);
    await new Promise((done) => setTimeout(done, 1));
    atOnce--;
    const said = says[did];
    if (pds === DEAD || !said) throw new Error(`${pds} cannot be reached`);
    return said;
  };
  rounds = new Rounds({
    pds: {
      latestRev: async (pds, did) => (await answer(pds, did)).rev,
      repoStatus: async (pds, did) => (await answer(pds, did)).status,
      listRecords: async () => ({ records: [], cursor: null }),
      collections: async () => [],
      hasRecord: async () => true,
      repo: async () => null,
      proof: async () => ({ missing: 'record' }),
    },
    ...{ clock: { now: () => now }, random: () => 0, everyMs: 300_000 },
    reread: async (dids) => reread.push(...dids),
    admit: async (events) => admitted.push(...events),
  });
});

describe('a repository', () => {
  test('that did not change is left alone', async () => {
    says = { a: { rev: 'old', status: 'active' } };
    expect(await rounds.run([of('a')])).toEqual(new Set([ONE]));
    expect([reread, admitted, asked.length]).toEqual([[], [], 1]);
  });

  test('that changed, or was never read, is read again', async () => {
    says = { a: { rev: 'new', status: 'active' }, b: { rev: 'first', status: 'active' } };
    await rounds.run([of('a'), of('b', { rev: null })]);
    expect(reread.sort()).toEqual(['a', 'b']);
  });

  test('that is not served any more says so once, and again when it is', async () => {
    says = { a: { rev: null, status: 'deactivated' } };
    await rounds.run([of('a')]);
    await rounds.run([of('a', { status: 'deactivated' })]);
    expect(admitted).toEqual([
      { kind: 'account', did: 'a', status: 'deactivated', at: now },
      { kind: 'identity', did: 'a' },
    ]);
    // It may have moved since.
    await rounds.run([of('a', { status: 'deactivated', resolvedAt: now - 7_200_000 })]);
    expect(admitted.length).toBe(3);
    says = { a: { rev: 'old', status: 'active' } };
    await rounds.run([of('a', { status: 'deactivated' })]);
    expect(admitted.at(-1)).toEqual({ kind: 'account', did: 'a', status: 'active', at: now });
  });
});

test('a server that fails is left after a few tries, the others are not, and it is not among those that were asked', async () => {
  const many = Array.from({ length: 50 }, (_, n) => of(`dead${n}`, { pds: DEAD }));
  says = { a: { rev: 'old', status: 'active' } };
  expect(await rounds.run([...many, of('a')])).toEqual(new Set([ONE]));
  expect(asked.filter((did) => did.startsWith('dead')).length).toBeLessThan(8);
  now += 120_000;
  await rounds.run(many);
  expect(asked.filter((did) => did.startsWith('dead')).length).toBeGreaterThan(4);
});

test('a few are asked at a time', async () => {
  const many = Array.from({ length: 40 }, (_, n) => of(`did${n}`));
  says = Object.fromEntries(many.map(({ did }) => [did, { rev: 'old', status: 'active' }]));
  await rounds.run(many);
  expect(asked.length).toBe(40);
  expect(most).toBeLessThanOrEqual(4);
});

test('a round for all comes due every so often', () => {
  expect(rounds.isDue).toBe(true);
  rounds.begin();
  expect(rounds.isDue).toBe(false);
  now += 300_000;
  expect(rounds.isDue).toBe(true);
});
