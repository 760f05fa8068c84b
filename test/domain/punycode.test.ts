/** Labels of hostnames, beside what the platform makes of the same text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readableLabel } from '../../src/domain/punycode.ts';

test.each([
  ['xn--bcher-kva', 'bücher'],
  ['xn--grden-4ve', 'gаrden'],
  ['xn--r8jz45g', '例え'],
  ['xn--e1afmkfd', 'пример'],
  ['garden', 'garden'],
  ['xn--', ''],
])('%s', (label, words) => expect(readableLabel(label)).toBe(words));

test('what the platform encodes is read back', () => {
  const letter = fc.constantFrom(...'abc-äößñ中文字データдомыأبت');
  fc.assert(
    fc.property(fc.string({ unit: letter, minLength: 1, maxLength: 12 }), (text) => {
      const url = URL.parse(`https://${text}.example/`);
      const label = url?.hostname.split('.')[0] ?? '';
      if (!label.startsWith('xn--')) return;
      expect(new URL(`https://${readableLabel(label)}.example/`).hostname).toBe(url?.hostname);
    }),
  );
});

test('nonsense ends, and stays what it is or becomes text', () => {
  fc.assert(fc.property(fc.string({ maxLength: 70 }), (text) => typeof readableLabel(`xn--${text}`) === 'string'));
});
