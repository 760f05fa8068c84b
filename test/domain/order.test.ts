import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVersions } from '../../src/domain/order.ts';
import { tidAt } from '../../src/domain/tid.ts';

const versions = fc.record({
  rev: fc.integer({ min: 0, max: 5 }).map((day) => tidAt(day * 86_400_000)),
  snapshot: fc.boolean(),
});

describe('the order of what is known of one record', () => {
  test('a later rev comes later, whatever it was read from', () => {
    const [early, late] = [tidAt(1000), tidAt(2000)];
    expect(compareVersions({ rev: early, snapshot: false }, { rev: late, snapshot: true })).toBeLessThan(0);
    expect(compareVersions({ rev: late, snapshot: true }, { rev: early, snapshot: false })).toBeGreaterThan(0);
  });

  test('of one rev the snapshot comes before the event', () => {
    const rev = tidAt(1000);
    expect(compareVersions({ rev, snapshot: true }, { rev, snapshot: false })).toBeLessThan(0);
    expect(compareVersions({ rev, snapshot: false }, { rev, snapshot: true })).toBeGreaterThan(0);
    expect(compareVersions({ rev, snapshot: true }, { rev, snapshot: true })).toBe(0);
  });

  test('is total: antisymmetric, transitive, and equal only for equals', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
        expect(compareVersions(a, b) === 0).toBe(a.rev === b.rev && a.snapshot === b.snapshot);
        const ascending = compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0;
        if (ascending) expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
