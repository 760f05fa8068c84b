import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCursor, writeCursor } from '../../src/db/page.ts';

const query = { read: 'feed', space: 'did:plc:club', sort: 'new', tag: undefined };
const bad = { refusal: 'BadCursor' };

describe('a cursor', () => {
  test('gives back the keys it was made of', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string({ unit: 'binary' }), (key, text) => {
        expect(readCursor(query, writeCursor(query, [key, text]), [0, ''])).toEqual([key, text]);
      }),
    );
  });

  test('needs no escaping in an address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(writeCursor(query, [text])).toMatch(/^[A-Za-z0-9_-]+$/);
      }),
    );
  });

  test('is refused by a query with any other parameter', () => {
    const parameters = fc.record({
      space: fc.string(),
      sort: fc.string(),
      tag: fc.option(fc.string(), { nil: undefined }),
    });
    fc.assert(
      fc.property(parameters, parameters, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(readCursor(other, writeCursor(one, [1]), [0])).toMatchObject(bad);
      }),
    );
  });

  test('does not depend on the order or absence of parameters', () => {
    const same = { tag: null, sort: 'new', space: 'did:plc:club', read: 'feed' };
    expect(readCursor(same, writeCursor(query, [1]), [0])).toEqual([1]);
  });

  test('is refused when anything in it was changed', () => {
    const cursor = writeCursor(query, [1_767_225_600_000, 77]);
    for (let i = 0; i < cursor.length; i++) {
      const changed = `${cursor.slice(0, i)}${cursor[i] === 'A' ? 'B' : 'A'}${cursor.slice(i + 1)}`;
      const read = readCursor(query, changed, [0, 0]);
      // Another number in place of a key is another position; anything else is refused.
      if (!(Array.isArray(read) && read.every(Number.isSafeInteger))) expect(read).toMatchObject(bad);
    }
  });

  test('whatever is sent in its place is refused, never thrown at', () => {
    const sent = fc.oneof(fc.string({ unit: 'binary' }), fc.json().map(btoaUtf8), fc.base64String());
    fc.assert(
      fc.property(sent, (cursor) => {
        expect(readCursor(query, cursor, [0, 0])).toMatchObject(bad);
      }),
    );
  });

  test.each([
    ['keys of another kind', writeCursor(query, ['a', 1])],
    ['too few keys', writeCursor(query, [1])],
    ['too many keys', writeCursor(query, [1, 2, 3])],
    ['a fraction', writeCursor(query, [1.5, 2])],
    ['more than 2048 characters', writeCursor(query, ['x'.repeat(2000), 1])],
    ['nothing', ''],
  ])('of %s is refused', (_, cursor) => expect(readCursor(query, cursor, [0, 0])).toMatchObject(bad));

  test('that is absent begins at the beginning', () => expect(readCursor(query, undefined, [0, 0])).toBeNull());
});

const btoaUtf8 = (text: string): string => Buffer.from(text).toString('base64url');
