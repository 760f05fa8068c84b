import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hotScore, sortTime } from '../../src/domain/ranking.ts';
import { tidAt } from '../../src/domain/tid.ts';
import { migrationStatements } from '../support/database.ts';

const HOURS = 3_600_000;
const AT = Date.UTC(2026, 10, 1);

describe('the hot score', () => {
  // Eight hours for every doubling of the likes (and one), in straight lines between.
  test.each([
    [0, 0],
    [1, 8],
    [2, 12],
    [3, 16],
    [4, 18],
    [5, 20],
    [7, 24],
    [15, 32],
    [2 ** 20 - 1, 160],
    [2 ** 20, 160],
    [2 ** 30, 160],
  ])('%j likes are worth %j hours', (likes, hours) => {
    expect(hotScore(AT, likes)).toBe(AT + hours * HOURS);
  });

  test('never falls as likes come, and never rises by more than eight hours with one', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 21), (likes) => {
        const step = hotScore(AT, likes + 1) - hotScore(AT, likes);
        expect(step).toBeGreaterThanOrEqual(0);
        expect(step).toBeLessThanOrEqual(8 * HOURS);
      }),
    );
  });

  test('puts a later post before an earlier one of as many likes', () => {
    const likes = fc.nat(2 ** 21);
    fc.assert(
      fc.property(likes, fc.integer({ min: 1, max: HOURS }), (n, later) => hotScore(AT + later, n) > hotScore(AT, n)),
    );
  });
});

describe('the generated column', () => {
  let db: DatabaseSync;
  beforeAll(() => {
    db = new DatabaseSync(':memory:');
    for (const statement of migrationStatements()) db.exec(statement);
  });
  afterAll(() => db.close());

  test('is the hot score, for any number of likes', () => {
    const likes = [
      ...Array.from({ length: 3_000 }, (_, n) => n),
      ...Array.from({ length: 22 }, (_, power) => [-2, -1, 0, 1].map((by) => 2 ** power + by)).flat(),
      ...fc.sample(fc.nat(2 ** 22), { numRuns: 2_000, seed: 1 }),
    ].filter((n) => n >= 0);
    const insert = db.prepare(
      `insert into post (space, uri, did, section, rkey, plain, hidden, sort_at, active_at, like_count, title, excerpt, tags, labels)
       values ('s', 'u', 'd', 'p', 'r', 0, 1, ?, 0, ?, '', '', '[]', '[]') returning hot`,
    );
    db.exec('begin');
    const hot = likes.map((n) => insert.get(AT + n, n)?.hot);
    db.exec('rollback');
    expect(hot).toEqual(likes.map((n) => hotScore(AT + n, n)));
  });
});

describe('the sort time', () => {
  const rev = tidAt(AT);
  test.each([
    ['the earlier of both', new Date(AT - 5_000).toISOString(), AT - 5_000],
    ['of a date in the future', new Date(AT + 5_000).toISOString(), AT],
    ['with an offset', '2026-10-31T23:59:59+01:00', AT - HOURS - 1000],
    ['of a nonsense date', 'yesterday', AT],
    ['of a date before 1970', '0001-01-01T00:00:00Z', 0],
    ['of a date that is no text', 5, AT],
  ])('%s', (_, createdAt, expected) => {
    expect(sortTime({ createdAt }, rev)).toBe(expected);
  });

  test('without a date or a record it is the rev’s', () => {
    expect([sortTime({}, rev), sortTime(null, rev)]).toEqual([AT, AT]);
  });
});
