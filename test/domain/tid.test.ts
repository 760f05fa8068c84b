import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTid, tidAt, tidTime } from '../../src/domain/tid.ts';
import { tid as modelTid, tidMicros } from '../model/tid.ts';

const END = Date.UTC(2200, 0, 1);
const times = fc.integer({ min: 0, max: END });

describe('TIDs', () => {
  // From the TID specification: 13 characters of sortable base 32, the first of which is below `k`.
  test.each([
    ['3jzfcijpj2z2a', true],
    ['7777777777777', true],
    ['2222222222222', true],
    ['zzzzzzzzzzzzz', false],
    ['kjzfcijpj2z2a', false],
    ['3JZFCIJPJ2Z2A', false],
    ['3jzfcijpj2z21', false],
    ['3jzfcijpj2z2', false],
    ['3jzfcijpj2z2aa', false],
    ['3jzf-cij-pj2z-2a', false],
    ['3jzfcijpj2z2a\n', false],
    ['', false],
    [42, false],
    [null, false],
  ])('%j is one: %j', (value, is) => {
    expect(isTid(value)).toBe(is);
  });

  test('tell the millisecond they were made from', () => {
    fc.assert(fc.property(times, (ms) => tidTime(tidAt(ms)) === ms));
  });

  test('sort as their times do, and every rev made earlier sorts before the TID of a time', () => {
    const clocks = fc.integer({ min: 0, max: 1023 });
    fc.assert(
      fc.property(times, times, fc.nat(999), clocks, (a, b, micros, clock) => {
        const made = modelTid(a * 1000 + micros, clock);
        expect(isTid(made)).toBe(true);
        expect(made < tidAt(b)).toBe(a < b);
      }),
    );
  });

  test('agree with another reading of the specification', () => {
    fc.assert(
      fc.property(times, fc.nat(999), fc.integer({ min: 0, max: 1023 }), (ms, micros, clock) => {
        const made = modelTid(ms * 1000 + micros, clock);
        expect(tidTime(made)).toBe(ms);
        expect(tidMicros(made)).toBe(ms * 1000 + micros);
      }),
    );
  });

  test('a time before 1970 has the first of all TIDs', () => {
    expect(tidAt(-1)).toBe('2222222222222');
  });
});
