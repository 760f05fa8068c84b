/** What is sealed, and who can open it. */
import { expect, test } from 'vitest';
import { sealWith } from '../../src/auth/seal.ts';

const keyOf = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const [OLD, NEW] = [keyOf(1), keyOf(2)];
const SECRET = { token: 'ref-secret' };

test('what is sealed tells nothing, differs every time, and opens for the same purpose', async () => {
  const seal = sealWith([NEW]);
  const [one, two] = [await seal.seal(SECRET, 'session'), await seal.seal(SECRET, 'session')];
  expect(one).not.toContain('secret');
  expect(one).not.toBe(two);
  expect(await seal.open(one, 'session')).toEqual(SECRET);
  await expect(seal.open(one, 'state')).rejects.toThrow();
});

test('an older key still opens, and only the first one seals', async () => {
  const before = await sealWith([OLD]).seal(SECRET, 'session');
  const rotated = sealWith([NEW, OLD]);
  expect(await rotated.open(before, 'session')).toEqual(SECRET);
  const after = await rotated.seal(SECRET, 'session');
  expect(await sealWith([NEW]).open(after, 'session')).toEqual(SECRET);
  await expect(sealWith([NEW]).open(before, 'session')).rejects.toThrow(/a key that this instance does not have/);
});

test.each([
  ['changed', (sealed: string) => `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`],
  ['cut off', (sealed: string) => sealed.slice(0, -8)],
  ['empty', () => ''],
])('what was %s does not open', async (_, change) => {
  const seal = sealWith([NEW]);
  await expect(seal.open(change(await seal.seal(SECRET, 'x')), 'x')).rejects.toThrow();
});

test('without a key, or with a short one, nothing is sealed', async () => {
  await expect(sealWith([]).seal(SECRET, 'x')).rejects.toThrow(/no INSTANCE_KEY/);
  await expect(sealWith([btoa('short')]).seal(SECRET, 'x')).rejects.toThrow(/32 bytes/);
});
