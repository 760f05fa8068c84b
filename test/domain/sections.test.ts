import { describe, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Section } from '../../src/domain/model.ts';
import {
  DEFAULT_SECTIONS,
  isPostCollection,
  isSectionId,
  ORPHAN_SECTION,
  postPath,
  sectionOf,
} from '../../src/domain/sections.ts';
import { didOf } from '../model/cast.ts';

const section = (id: string, ...collections: string[]): Section => ({ id, name: id, collections });
const SECTIONS = [
  section('talk', NSID.topic),
  section('tales', NSID.story),
  section('more', NSID.story, 'a.b.c'),
  section('links'),
];

describe('the id of a section', () => {
  // Words that the site uses itself, as DESIGN.md lists them.
  test.each('search media xrpc login about docs setup moderation feed author assets'.split(' '))(
    'is never %s',
    (word) => {
      expect(isSectionId(word)).toBe(false);
    },
  );

  test.each([
    ['a', true],
    ['0', true],
    ['short-stories', true],
    ['x'.repeat(64), true],
    ['x'.repeat(65), false],
    ['-x', false],
    ['Tales', false],
    ['tales ', false],
    ['tales\n', false],
    ['a.b', false],
    ['a/b', false],
    ['~a', false],
    ['ä', false],
    ['', false],
    ['..', false],
    ['robots.txt', false],
    ['.well-known', false],
    [ORPHAN_SECTION, false],
  ])('may be %j: %j', (id, may) => {
    expect(isSectionId(id)).toBe(may);
  });

  test('of the service’s own sections is one', () => {
    expect(DEFAULT_SECTIONS.map(({ id }) => isSectionId(id))).toEqual([true, true]);
  });
});

describe('a post stands', () => {
  test.each<[string, string, unknown, string]>([
    ['in the section it names', NSID.story, 'links', 'links'],
    ['in the first that takes its collection, naming none', NSID.story, undefined, 'tales'],
    ['in the first that takes its collection, naming one that is not there', NSID.story, 'gone', 'tales'],
    ['in the first that takes its collection, naming nonsense', NSID.topic, { id: 'tales' }, 'talk'],
    ['nowhere, taken by none', 'a.b.d', undefined, ORPHAN_SECTION],
  ])('%s', (_, collection, wanted, expected) => {
    expect(sectionOf(SECTIONS, collection, wanted)).toBe(expected);
  });
});

describe('records of a collection are posts', () => {
  test.each<[string, boolean]>([
    [NSID.story, true],
    [NSID.topic, true],
    ['a.b.c', true],
    ['a.b.d', false],
    [NSID.crosspost, false],
    [NSID.like, false],
  ])('%s: %j', (collection, are) => {
    expect(isPostCollection(SECTIONS, collection)).toBe(are);
  });

  test.each([NSID.reply, NSID.like, NSID.join, NSID.membership, NSID.profile])(
    'never %s, whatever a section takes',
    (collection) => {
      expect(isPostCollection([section('all', collection)], collection)).toBe(false);
    },
  );
});

describe('the address of a post', () => {
  const post = { section: 'tales', rkey: '3jzfcijpj2z2a', did: didOf('author') };

  test('is plain for the first with its key', () => {
    expect(postPath({ ...post, plain: true })).toBe('/tales/3jzfcijpj2z2a');
  });

  test('names the author for every other', () => {
    expect(postPath({ ...post, plain: false })).toBe(`/tales/3jzfcijpj2z2a~${post.did}`);
  });
});
