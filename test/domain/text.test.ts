import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clip,
  normalTag,
  oneLine,
  plainText,
  postWords,
  selfLabels,
  tagsOf,
  withoutTricks,
} from '../../src/domain/text.ts';

const points = (text: string): number => Array.from(text).length;

describe('plain text', () => {
  test.each([
    ['a [link](https://example.com) here', 'a link here'],
    ['![a cat](https://example.com/cat.png)', 'a cat'],
    ['# Title\n\nWords.', 'Title Words.'],
    ['> said\n> twice', 'said twice'],
    ['- one\n- two\n3. three', 'one two three'],
    ['**bold** _thin_ ~~gone~~ `code`', 'bold thin gone code'],
    ['```js\nlet a\n```', 'let a'],
    ['a\u202Egnp.exe\u200B', 'agnp.exe'],
    ['no marks at all', 'no marks at all'],
  ])('of %j is %j', (markdown, expected) => {
    expect(plainText(markdown)).toBe(expected);
  });

  const LENGTH = 300_000;
  const repeated = (part: string): string => part.repeat(Math.ceil(LENGTH / part.length)).slice(0, LENGTH);
  const hostile = [
    '[',
    '*',
    '![',
    '](',
    '[](',
    '[a](b',
    '`',
    '```\n',
    '~',
    '# ',
    '> ',
    '\n   ',
    ' ',
    '1. ',
    '\\\n',
    '\u200b',
    '日本語',
  ];

  // What takes quadratic time takes minutes at this length.
  test.each([...hostile, `${'['.repeat(499)}](${'a'.repeat(2000)}`])(
    'of 300 KB of %j is there within seconds',
    (part) => {
      const text = repeated(part);
      const began = performance.now();
      postWords({ title: text, text, summary: text });
      plainText(text);
      expect(performance.now() - began).toBeLessThan(4_000);
    },
  );

  test('of anything has no control, override or invisible characters, and one space between words', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '\n',
        '\t',
        '\0',
        '\u202e',
        '\u2066',
        '\u200b',
        '\ufeff',
        '[',
        ']',
        '(',
        ')',
        '*',
        '#',
        '\u00ad',
      ),
    });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        expect(plainText(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff]|\s\s|^\s|\s$/u);
      }),
    );
  });

  test('keeps the joiners that scripts and emoji need', () => {
    expect(withoutTricks('👩\u200d🚀 می\u200cخواهم')).toBe('👩\u200d🚀 می\u200cخواهم');
  });
});

describe('a name or title', () => {
  test('is one line of bounded length', () => {
    expect(oneLine('  Two\n lines\u202e ')).toBe('Two lines');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 900, size: 'max' }), (text) => points(oneLine(text)) <= 300),
    );
  });
});

describe('clipping', () => {
  test('cuts between characters, says that it did, and never lengthens', () => {
    expect(clip('short', 5)).toBe('short');
    expect(clip('longer', 5)).toBe('long…');
    expect(clip('👍👍👍', 2)).toBe('👍…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, length) => {
        const clipped = clip(text, length);
        expect(points(clipped)).toBeLessThanOrEqual(length);
        expect(clipped.isWellFormed()).toBe(true);
        if (points(text) <= length) expect(clipped).toBe(text);
      }),
    );
  });
});

describe('the words of a post', () => {
  test('are its title, its summary or else its beginning, and its text', () => {
    const story = { title: 'A\ntitle', text: 'Once **upon** a time.', summary: 'A _tale_.' };
    expect(postWords(story)).toEqual({ title: 'A title', excerpt: 'A tale.', text: 'Once upon a time.' });
    expect(postWords({ title: 'T', text: 'Once.' }).excerpt).toBe('Once.');
  });

  test('of a record of another shape are empty, not a fault', () => {
    expect(postWords({ title: 7, text: ['x'], summary: null })).toEqual({ title: '', excerpt: '', text: '' });
  });
});

describe('tags', () => {
  test('are compared without regard to case, without a #, each once, at most eight', () => {
    expect(tagsOf({ tags: ['Poems', '#poems', 'POEMS', 'Über', ' two  words '] })).toEqual([
      'poems',
      'über',
      'two words',
    ]);
    expect(tagsOf({ tags: Array.from({ length: 20 }, (_, n) => `t${n}`) })).toHaveLength(8);
  });

  test('of another shape are none', () => {
    expect([tagsOf({}), tagsOf({ tags: 'poems' }), tagsOf({ tags: [1, null, '', '#', '\u200b'] })]).toEqual([
      [],
      [],
      [],
    ]);
  });

  test('stay what they are when made normal again', () => {
    const tags = fc.string({
      unit: fc.oneof(
        fc.constantFrom('#', ' ', 'İ', 'ß', '\u200b'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 80,
    });
    fc.assert(
      fc.property(tags, (tag) => normalTag(normalTag(tag)) === normalTag(tag)),
      { numRuns: 1_000 },
    );
  });
});

describe('self-labels', () => {
  test('are the values of the record’s labels', () => {
    const labels = {
      $type: 'com.atproto.label.defs#selfLabels',
      values: [{ val: 'sexual' }, { val: 'x'.repeat(200) }, { val: 7 }, null],
    };
    expect(selfLabels({ labels })).toEqual(['sexual', 'x'.repeat(128)]);
  });

  test('of another shape are none', () => {
    expect([selfLabels({}), selfLabels({ labels: [] }), selfLabels({ labels: { values: 'porn' } })]).toEqual([
      [],
      [],
      [],
    ]);
  });
});
