/** What is meant by a name, and which names members may have. */
import { describe, expect, test } from 'vitest';
import { isSpaceName, labelFrom, meantBy, refuseName, splitHost } from '../../src/domain/names.ts';

test.each([
  ['did:plc:abc', [{ by: 'did', name: 'did:plc:abc' }]],
  ['Garden.Example.com', [{ by: 'handle', name: 'garden.example.com' }]],
  [' @garden.example.com ', [{ by: 'handle', name: 'garden.example.com' }]],
  [
    '!Garden@Example.com',
    [
      { by: 'host', name: 'garden.example.com' },
      { by: 'handle', name: 'garden.example.com' },
      { by: 'label', name: 'garden', instance: 'example.com' },
    ],
  ],
  ['!garden', []],
  ['!garden@', []],
  ['!gar.den@example.com', []],
  ['!garden@example.com@other.com', []],
  ['!garden@exa mple.com', []],
  ["!garden@example.com' or 1", []],
  [`!${'a'.repeat(600)}@example.com`, []],
])('%s', (given, meant) => expect(meantBy(given)).toEqual(meant));

test('a name is told from words', () => {
  for (const name of ['did:plc:x', '@garden.example.com', '!garden@example.com'])
    expect(isSpaceName(name), name).toBe(true);
  for (const words of ['garden', 'garden.example.com', 'wow! look@this', '@garden', '!important'])
    expect(isSpaceName(words), words).toBe(false);
});

test('what is typed may hold the rest, too', () => {
  expect(
    ['ann', ' @Ann ', 'ann.garden.example', 'ann.other.example'].map((typed) => labelFrom(typed, 'garden.example')),
  ).toEqual([...['ann', 'ann', 'ann', 'ann.other.example']]);
  expect(splitHost('ann.garden.example')).toEqual({ label: 'ann', host: 'garden.example' });
  expect([splitHost('localhost'), splitHost('_x.garden.example')]).toEqual([null, null]);
});

describe('a member may not be called', () => {
  test.each([
    ['too short', 'an'],
    ['too long', 'a'.repeat(31)],
    ['with a dot', 'ann.b'],
    ['with a hyphen first', '-ann'],
    ['with other letters', 'änn'],
    ['in punycode', 'xn--nn-0ia'],
    ['reserved', 'admin'],
    ['like what is reserved', 'adm1n'],
    ['another reserved one', 'www'],
    ['profane', 'fuck'],
    ['profane in another spelling', 'fu-ck'],
    ['as the space is', 'garden'],
    ['nearly as the space is', 'gard3n'],
    ['as one of its stewards', 'ste11a'],
  ])('%s: %s', (_, label) =>
    expect(refuseName(label, ['The Garden', 'garden', 'stella'])).toMatchObject({ refusal: 'InvalidRequest' }),
  );

  test.each(['ann', 'ann-b', '4nn4', 'classic', 'scunthorpe', 'gardener'])('but %s', (label) =>
    expect(refuseName(label, ['The Garden', 'garden', 'stella'])).toBeNull(),
  );
});
