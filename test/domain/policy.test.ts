import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Json, JsonObject, SpacePolicy } from '../../src/domain/model.ts';
import { joinPolicyOf, rolesOf, spacePolicy, visibilityOf } from '../../src/domain/policy.ts';
import { isSectionId } from '../../src/domain/sections.ts';
import { LETTERS } from '../model/cast.ts';

type Allowed = (collection: string) => boolean;
const anything: Allowed = () => true;
const read = (
  profile: JsonObject | null,
  permissions: JsonObject | null = null,
  allowed: Allowed = anything,
): SpacePolicy => spacePolicy(LETTERS, profile, permissions, allowed);

describe('what a profile leaves open', () => {
  test('has the defaults of the lexicon', () => {
    const { postPolicy, relayTakedowns, rules, actions } = read(null);
    expect({ postPolicy, relayTakedowns, rules, actions }).toEqual({
      ...{ postPolicy: 'members', relayTakedowns: 'follow', rules: [], actions: {} },
    });
    expect([visibilityOf({}, null), visibilityOf(null, null)]).toEqual(['public', 'public']);
  });

  test('has one section per kind of post', () => {
    const taken = read(null).sections.map(({ collections }) => collections);
    expect(taken).toEqual([[NSID.story], [NSID.topic, NSID.crosspost]]);
  });
});

describe('a value that is not known', () => {
  test.each<[string, unknown, unknown]>([
    ['of postPolicy counts as roles', read({ postPolicy: 'the-wise' }).postPolicy, 'roles'],
    ['of postPolicy that is no text counts as roles', read({ postPolicy: 7 }).postPolicy, 'roles'],
    ['of joinPolicy counts as invite', joinPolicyOf({ joinPolicy: 'lottery' }), 'invite'],
    ['of relayTakedowns counts as follow', read({ relayTakedowns: 'perhaps' }).relayTakedowns, 'follow'],
    ['of visibility counts as unlisted', visibilityOf({ visibility: 'invisible' }, null), 'unlisted'],
    [
      'of visibility, even `private`, which no public record can say',
      visibilityOf({ visibility: 'private' }, null),
      'unlisted',
    ],
    ['of a rule counts as repo', read({ collections: [{ collection: 'a.b.c', rule: 'magic' }] }).rules[0]?.by, 'repo'],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected);
  });

  test('what the instance holds stands above the record', () => {
    expect(visibilityOf({ visibility: 'public' }, 'private')).toBe('private');
    expect(visibilityOf({ visibility: 'unlisted' }, 'public')).toBe('public');
  });
});

describe('further collections', () => {
  const rule = (collection: string, more: JsonObject = {}): JsonObject => ({ collection, rule: 'field', ...more });

  test('count only where the operator allows them', () => {
    const asked = { collections: [rule('a.b.c'), rule('a.b.d')] };
    expect(read(asked, null, (name) => name === 'a.b.d').rules).toEqual([
      { collection: 'a.b.d', by: 'field', path: 'space' },
    ]);
  });

  test('are at most twenty', () => {
    const collections = Array.from({ length: 30 }, (_, n) => rule(`a.b.c${n}`));
    expect(read({ collections }).rules).toHaveLength(20);
  });

  test('cannot bend the rules of ours', () => {
    expect(read({ collections: [rule(NSID.story, { rule: 'rkey' }), rule(NSID.membership)] }).rules).toEqual([]);
  });

  test('by reference need a path', () => {
    expect(read({ collections: [{ collection: 'a.b.c', rule: 'reference' }] }).rules).toEqual([]);
  });
});

describe('sections', () => {
  const section = (id: Json, collections: Json = []): JsonObject => ({ id, name: 'A name', collections });

  test('with a reserved or malformed id, and the second of two with one id, are left out', () => {
    const asked = ['tales', 'xrpc', 'search', 'Tales', '-x', 'a/b', '', 'x'.repeat(65), 7, 'tales', 'talk'];
    expect(read({ sections: asked.map((id) => section(id)) }).sections.map(({ id }) => id)).toEqual(['tales', 'talk']);
  });

  test('are at most twenty', () => {
    const sections = Array.from({ length: 30 }, (_, n) => section(`s${n}`));
    expect(read({ sections }).sections).toHaveLength(20);
  });
});

describe('a profile of any shape', () => {
  test('is read without a fault, and what comes of it is sound', () => {
    const field = fc.constantFrom(
      'sections',
      'collections',
      'postPolicy',
      'relayTakedowns',
      'roles',
      '__proto__',
      'labelers',
    );
    const profiles = fc.oneof(
      fc.dictionary(field, fc.jsonValue()),
      fc.dictionary(
        field,
        fc.array(
          fc.dictionary(
            fc.constantFrom('id', 'name', 'collections', 'collection', 'rule', 'path', 'role', 'actions'),
            fc.jsonValue(),
          ),
        ),
      ),
    );
    fc.assert(
      fc.property(profiles, profiles, (profile, permissions) => {
        const policy = read(profile as JsonObject, permissions as JsonObject);
        expect(policy.sections.length).toBeGreaterThan(0);
        expect(policy.sections.every(({ id, name }) => isSectionId(id) && typeof name === 'string')).toBe(true);
        expect(
          policy.sections.flatMap(({ collections }) => collections).every((name) => typeof name === 'string'),
        ).toBe(true);
        expect(
          policy.rules.every(({ collection, path }) => typeof collection === 'string' && typeof path === 'string'),
        ).toBe(true);
        expect(Object.values(policy.actions).every((actions) => Array.isArray(actions))).toBe(true);
      }),
    );
  });
});

describe('the roles of a membership', () => {
  test('are texts, each once, at most a hundred', () => {
    expect(rolesOf({ roles: ['a', 'b', 'a', 7, null, { role: 'c' }] })).toEqual(['a', 'b']);
    expect(rolesOf({ roles: Array.from({ length: 150 }, (_, n) => `r${n}`) })).toHaveLength(100);
    expect(rolesOf({ roles: 'steward' })).toEqual([]);
  });
});
