import { describe, expect, test } from 'vitest';
import { BOUNDS, exceedsBounds } from '../../src/domain/bounds.ts';
import type { Json } from '../../src/domain/model.ts';

const nested = (depth: number): Json => (depth === 1 ? {} : { a: nested(depth - 1) });
const judged = (value: Json) => exceedsBounds(value, JSON.stringify(value).length)?.drop ?? 'within bounds';

describe('a record', () => {
  test.each<[string, Json, string]>([
    ['of ordinary size', { text: 'x'.repeat(100_000) }, 'within bounds'],
    ['as long as may be', 'x'.repeat(BOUNDS.recordLength - 2), 'within bounds'],
    ['a character longer', 'x'.repeat(BOUNDS.recordLength - 1), 'too-large'],
    ['as deep as may be', nested(BOUNDS.depth), 'within bounds'],
    ['a level deeper', nested(BOUNDS.depth + 1), 'too-deep'],
    [
      'of lists a level deeper',
      JSON.parse(`${'['.repeat(BOUNDS.depth + 1)}${']'.repeat(BOUNDS.depth + 1)}`),
      'too-deep',
    ],
    ['of as many parts as may be', Array.from({ length: BOUNDS.parts }, () => 0), 'within bounds'],
    ['of one part more', Array.from({ length: BOUNDS.parts + 1 }, () => 0), 'too-many-parts'],
    ['of one part more in all', { a: Array.from({ length: BOUNDS.parts }, () => 0) }, 'too-many-parts'],
  ])('%s is %#', (_, value, expected) => {
    expect(judged(value)).toBe(expected);
  });

  test('100,000 levels deep is refused without a fault', () => {
    let deep: Json = 'bottom';
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(exceedsBounds(deep, 200_000)?.drop).toBe('too-deep');
  });

  test('is refused with a reason that does not quote it', () => {
    const found = exceedsBounds({ secret: 'x'.repeat(BOUNDS.recordLength) }, BOUNDS.recordLength + 14);
    expect(found?.detail).toMatch(/^\d+ characters of JSON$/);
  });
});
