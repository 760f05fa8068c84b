/** Names that are taken for one another. */
import { describe, expect, test } from 'vitest';
import { hostsLookAlike, isReservedName, looksLike, skeleton } from '../../src/domain/likeness.ts';

test.each([
  ['The Garden', 'the  garden'],
  ['The Garden', 'Τhе Gаrdеn'],
  ['Garden', 'Gardén'],
  ['Milk', 'rnilk'],
  ['paypal', 'paypaI'],
  ['book', 'b00k'],
  ['Winter', 'VVinter'],
  ['Ｇａｒｄｅｎ', 'garden'],
  ['the-garden', 'the.garden'],
])('%s and %s', (one, other) => expect([skeleton(one), looksLike(one, other)]).toEqual([skeleton(other), true]));

test.each([
  ['The Garden', 'The Gardener'],
  ['庭', '亭'],
  ['…', '!!'],
])('not %s and %s', (one, other) => expect(looksLike(one, other)).toBe(false));

test('dots say whose name a host is', () => {
  expect(hostsLookAlike('garden.example.org', 'gаrden.example.org')).toBe(true);
  expect(hostsLookAlike('garden.example.org', 'gardenexample.org')).toBe(false);
  expect(hostsLookAlike('garden.example.org', 'garden.example.com')).toBe(false);
});

describe('a name of the operator’s domain is kept back', () => {
  test.each(['admin', 'adm1n', 'support', 'www', 'ab', 'xn--80ak6aa92e', 'setup', 'rnail'])('%s', (name) => {
    expect(isReservedName(name)).toBe(true);
  });
  test.each(['garden', 'inkwell', 'the-terraces'])('but not %s', (name) => expect(isReservedName(name)).toBe(false));
});
