/** Facets of `app.bsky.richtext.facet`: ranges count bytes of UTF-8, and may be anything. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/domain/model.ts';
import { withoutTricks } from '../../src/domain/text.ts';
import { textRuns } from '../../src/web/facets.ts';

const DID = 'did:plc:abcdefghijklmnopqrstuvwx';
const link = (uri: unknown): Json => ({ $type: 'app.bsky.richtext.facet#link', uri }) as Json;
const mention = (did: unknown): Json => ({ $type: 'app.bsky.richtext.facet#mention', did }) as Json;
const tag = (name: unknown): Json => ({ $type: 'app.bsky.richtext.facet#tag', tag: name }) as Json;
const facet = (byteStart: unknown, byteEnd: unknown, ...features: Json[]): Json =>
  ({ index: { byteStart, byteEnd }, features }) as Json;

const LINK = link('https://example.com/');
/** Runs with what they link to, if anything. */
const shown = (text: string, ...facets: Json[]): unknown[] =>
  textRuns(text, facets).map((run) => (run.feature ? [run.text, run.feature] : run.text));

describe('a facet', () => {
  test('marks its bytes as link, mention or tag', () => {
    const text = 'Look at example.com, @ada and #Winter.';
    expect(shown(text, facet(8, 19, LINK), facet(21, 25, mention(DID)), facet(30, 37, tag('#Winter')))).toEqual([
      'Look at ',
      ['example.com', { link: 'https://example.com/' }],
      ', ',
      ['@ada', { mention: DID }],
      ' and ',
      ['#Winter', { tag: 'winter' }],
      '.',
    ]);
  });

  test('counts bytes, not characters', () => {
    // é is two bytes, 👋🏽 is eight.
    expect(shown('é👋🏽 you', facet(11, 14, LINK))).toEqual(['é👋🏽 ', ['you', { link: 'https://example.com/' }]]);
  });

  test('is known by the first of its features that is valid', () => {
    const unknown = { $type: 'com.example.facet#blink' };
    expect(shown('ab', facet(0, 2, unknown, link('javascript:alert(1)'), tag('x')))).toEqual([['ab', { tag: 'x' }]]);
  });
});

describe('counts as absent', () => {
  test.each<[string, Json]>([
    ['before the text', facet(-1, 2, LINK)],
    ['beyond the text', facet(0, 99, LINK)],
    ['backwards', facet(3, 1, LINK)],
    ['empty', facet(2, 2, LINK)],
    ['of no whole number', facet(0.5, 2, LINK)],
    ['of text', facet('0', '2', LINK)],
    ['of nothing', facet(null, undefined, LINK)],
    ['beginning within a character', facet(1, 3, LINK)],
    ['ending within a character', facet(0, 1, LINK)],
    ['without an index', { features: [LINK] }],
    ['without features', { index: { byteStart: 0, byteEnd: 2 } }],
    ['with no feature', facet(0, 2)],
    ['null', null],
    ['a list', []],
    ['a script', facet(0, 2, link('javascript:alert(1)'))],
    ['data', facet(0, 2, link('data:text/html,x'))],
    ['a relative address', facet(0, 2, link('/login'))],
    ['no address', facet(0, 2, link(7))],
    ['no DID', facet(0, 2, mention('ada.example.com'))],
    ['no tag', facet(0, 2, tag(' # '.trim()))],
    ['no tag at all', facet(0, 2, tag({}))],
  ])('%s', (_, broken) => expect(shown('éa text', broken)).toEqual(['éa text']));

  test('what overlaps an earlier one', () => {
    expect(shown('abcdef', facet(0, 4, LINK), facet(2, 6, tag('x')))).toEqual([
      ['abcd', { link: 'https://example.com/' }],
      'ef',
    ]);
  });

  test.each([[null], ['facets'], [7], [{}], [undefined]])('%j instead of a list', (facets) =>
    expect(textRuns('text', facets as Json)).toEqual([{ text: 'text', feature: null }]),
  );
});

test('no facet changes the text, and none makes a link of another scheme', () => {
  const number = fc.oneof(fc.integer({ min: -3, max: 40 }), fc.double(), fc.constant(null));
  const scheme = fc.constantFrom(
    'https://a.example/',
    'http://b.example',
    'javascript:alert(1)',
    'mailto:a@b.example',
    '',
  );
  const feature = fc.oneof(scheme.map(link), fc.constant(mention(DID)), fc.string().map(tag));
  const facets = fc.array(fc.tuple(number, number, fc.array(feature, { maxLength: 3 })), { maxLength: 8 });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), facets, (raw, parts) => {
      const text = raw.toWellFormed();
      const runs = textRuns(
        text,
        parts.map(([start, end, features]) => facet(start, end, ...features)),
      );
      expect(runs.map((run) => run.text).join('')).toBe(withoutTricks(text));
      for (const { feature: found } of runs) {
        if (found && 'link' in found) expect(found.link).toMatch(/^(?:https?:\/\/|mailto:)/);
      }
    }),
  );
});
