import { describe, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { RecordEvent } from '../../src/domain/event.ts';
import type { BelongingRule, Did, JsonObject, SpacePolicy } from '../../src/domain/model.ts';
import { spacePolicy } from '../../src/domain/policy.ts';
import { type Belonging, belonging, textAt } from '../../src/domain/scope.ts';
import { didOf, ELSEWHERE, LEAGUE, LETTERS } from '../model/cast.ts';

const AUTHOR = didOf('author');
const POST = `at://${AUTHOR}/${NSID.story}/3jzfcijpj2z2a`;
const UNSEEN = `at://${AUTHOR}/${NSID.story}/3jzfcijpj2z2b`;

const [ESSAY, BADGE, COMMENT, NOTE] = ['essay', 'badge', 'comment', 'note'].map((name) => `org.example.${name}`) as [
  string,
  string,
  string,
  string,
];

const rules: BelongingRule[] = [
  { collection: ESSAY, by: 'field', path: 'community' },
  { collection: BADGE, by: 'rkey', path: '' },
  { collection: COMMENT, by: 'reference', path: 'reply.root.uri' },
  { collection: NOTE, by: 'repo', path: '' },
];

const policy = (did: Did): SpacePolicy => ({ ...spacePolicy(did, null, null, () => true), rules });
const facts = {
  spaces: new Map([LETTERS, LEAGUE].map((did) => [did, policy(did)])),
  spaceOf: (uri: string) => (uri === POST ? LEAGUE : undefined),
};

function where(collection: string, record: JsonObject | null, more: Partial<RecordEvent> = {}): Belonging {
  const base = {
    kind: 'record',
    did: AUTHOR,
    rkey: '3jzfcijpj2z2a',
    rev: '3jzfcijpj2z2a',
    operation: 'create',
  } as const;
  return belonging({ ...base, snapshot: false, cid: 'bafy', collection, record, ...more }, facts);
}

const inLetters = { space: LETTERS };
const inLeague = { space: LEAGUE };

describe('a record belongs to a space', () => {
  test.each<[string, Belonging, Belonging]>([
    ['by its own `space` field', where(NSID.story, { space: LETTERS }), inLetters],
    ['by its own `space` field in a lexicon of others', where(ESSAY, { space: LETTERS, community: LEAGUE }), inLetters],
    ['because the repository is the space’s own', where(NSID.document, {}, { did: LEAGUE }), inLeague],
    ['by repository, though a rule says otherwise', where(ESSAY, { community: LETTERS }, { did: LEAGUE }), inLeague],
    ['of another when a group writes there', where(NSID.story, { space: LETTERS }, { did: LEAGUE }), inLetters],
    ['by a field that its collection’s rule names', where(ESSAY, { community: LEAGUE }), inLeague],
    ['by its key', where(BADGE, {}, { rkey: LETTERS }), inLetters],
    ['by what it refers to', where(COMMENT, { reply: { root: { uri: POST } } }), inLeague],
    ['in its own repository only', where(NOTE, {}, { did: LETTERS }), inLetters],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  test('by reference, as soon as what it refers to is there: until then it waits', () => {
    expect(where(COMMENT, { reply: { root: { uri: UNSEEN } } })).toEqual({ waitFor: UNSEEN });
  });
});

describe('a record belongs nowhere', () => {
  test.each<[string, Belonging]>([
    ['that names a space not followed here', where(NSID.story, { space: ELSEWHERE })],
    [
      'that names a space not followed here, in a followed one’s repository',
      where(NSID.story, { space: ELSEWHERE }, { did: LEAGUE }),
    ],
    ['that names another space than its rule', where(ESSAY, { space: ELSEWHERE, community: LEAGUE })],
    ['that is a deletion', where(NSID.story, null)],
    ['of a collection that nobody takes', where('org.example.song', { space: LETTERS })],
    ['of a collection that nobody takes, in a space’s own repository', where('org.example.song', {}, { did: LETTERS })],
    ['whose `space` is no DID', where(NSID.story, { space: 'letters' })],
    ['whose rule asks for a field that is no text', where(ESSAY, { community: [LEAGUE] })],
    ['whose rule asks for a field that is not there', where(ESSAY, {})],
    ['whose key is some other DID', where(BADGE, {}, { rkey: ELSEWHERE })],
    ['whose rule is `repo`, in another repository', where(NOTE, { community: LETTERS })],
    ['whose reference is no record’s URI', where(COMMENT, { reply: { root: { uri: `at://${AUTHOR}` } } })],
    [
      'whose reference has a handle for authority',
      where(COMMENT, { reply: { root: { uri: `at://a.example/${NSID.story}/3jzfcijpj2z2a` } } }),
    ],
  ])('%s', (_, found) => {
    expect(found).toBeNull();
  });
});

describe('a path into a record', () => {
  test.each<[JsonObject, string, string | null]>([
    [{ a: { b: 'c' } }, 'a.b', 'c'],
    [{ a: 'b' }, 'a', 'b'],
    [{ a: 'b' }, 'a.length', null],
    [{ a: ['b'] }, 'a.0', null],
    [{ a: {} }, 'a.constructor.name', null],
    [{}, '__proto__', null],
    [{ a: null }, 'a.b', null],
    [{ a: 1 }, 'a', null],
  ])('%j at %s is %j', (record, path, expected) => {
    expect(textAt(record, path)).toBe(expected);
  });
});
