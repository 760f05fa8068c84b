/** Who may found, what the forms may give, and the records that come of it. */
import { jsonToLex } from '@atproto/lex';
import { describe, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import { type Founder, type Founding, type FoundingPolicy, newFounding, nextStep } from '../../src/domain/founding.ts';
import { aboutFrom, type Given, kindOf, waysFrom } from '../../src/domain/founding-input.ts';
import { type Decided, foundingRecords } from '../../src/domain/founding-records.ts';
import { isRefusal } from '../../src/domain/outcome.ts';
import { refusalToFound } from '../../src/domain/permission.ts';
import { ACTIONS } from '../../src/domain/roles.ts';
import { DEFAULT_SECTIONS } from '../../src/domain/sections.ts';
import { THEME_PRESETS, themeOf } from '../../src/domain/theme-presets.ts';
import * as lexicons from '../../src/lexicons/index.ts';
import { DARK, LIGHT, themeStylesheet } from '../../src/web/theme.ts';
import { blob } from '../lexicons/examples.ts';

const [ADA, BERT, CLUB] = ['did:plc:ada', 'did:plc:bert', 'did:plc:z72i7hdynmk6r22z27h6tvur'];
const HERE = 'did:web:home.example';

describe('who may found', () => {
  const founder = (more: Partial<Founder> = {}, byCode = false): Founder => ({
    ...{ isApproved: false, founding: byCode ? newFounding(ADA, 0, true) : null, opened: { byThem: 0, byAll: 0 } },
    ...more,
  });
  const POLICIES: FoundingPolicy[] = ['operator', 'approved', 'anyone'];
  /** Where the operator alone, where the approved, where anyone may. */
  test.each([
    ['nobody special', founder(), [false, false, true]],
    ['who is approved', founder({ isApproved: true }), [false, true, true]],
    ['who has a code', founder({}, true), [true, true, true]],
    ['who founded today', founder({ isApproved: true, opened: { byThem: 1, byAll: 1 } }), [false, false, false]],
    ['who founded today, with a code', founder({ opened: { byThem: 1, byAll: 1 } }, true), [true, true, true]],
    ['on a busy day', founder({ isApproved: true, opened: { byThem: 0, byAll: 20 } }), [false, false, false]],
  ])('%s', (_, who, may) => {
    expect(POLICIES.map((policy) => refusalToFound(policy, who) === null)).toEqual(may);
  });
});

const givenOf =
  (fields: Record<string, string>): Given =>
  (name) =>
    fields[name] ?? '';

describe('the name', () => {
  test('is taken without tricks, on one line', () => {
    const fields = { name: ' The\u202e\nClub ', description: ' For\r\nall \u200b', lang: 'pt-BR' };
    expect(aboutFrom(givenOf(fields))).toEqual({ displayName: 'The Club', description: 'For\nall', lang: 'pt-BR' });
  });
  test.each([
    ['empty', { name: ' \u200b ' }],
    ['too long', { name: 'x'.repeat(65) }],
    ['a description that is too long', { name: 'x', description: 'y'.repeat(2001) }],
    ['no language', { name: 'x', lang: 'en" onload="' }],
  ])('is refused: %s', (_, fields: Record<string, string>) => {
    expect(isRefusal(aboutFrom(givenOf(fields)))).toBe(true);
  });
});

const WAYS = { join: 'approval', post: 'roles', visibility: 'unlisted', theme: 'ink', external: '1' };

describe('the ways', () => {
  test('have the usual sections where none is named', () => {
    expect(waysFrom(givenOf({ ...WAYS, instances: 'other.example did:web:third.example\nother.example' }))).toEqual({
      ...{ joinPolicy: 'approval', postPolicy: 'roles', visibility: 'unlisted', theme: 'ink', external: true },
      ...{ instances: ['did:web:other.example', 'did:web:third.example'], sections: DEFAULT_SECTIONS },
    });
  });
  test('make the address of a section from its name', () => {
    const fields = {
      'section-2': 'Été & Hiver',
      'kind-2': 'stories',
      'section-4': '議論',
      'id-4': 'talk',
      'kind-4': 'both',
    };
    expect(waysFrom(givenOf({ ...WAYS, ...fields }))).toMatchObject({
      sections: [
        { id: 'ete-hiver', name: 'Été & Hiver', collections: [NSID.story] },
        { id: 'talk', name: '議論', collections: [NSID.story, NSID.topic, NSID.crosspost] },
      ],
    });
  });
  test('show the usual sections as what they take', () => {
    expect(DEFAULT_SECTIONS.map(kindOf)).toEqual(['stories', 'topics']);
    expect(kindOf({ id: 'a', name: 'A', collections: [NSID.topic] })).toBe('topics');
    expect(kindOf({ id: 'a', name: 'A', collections: [] })).toBe('none');
  });
  test('sent as they are offered, have the usual sections', () => {
    const rows = DEFAULT_SECTIONS.flatMap((section, i) => [
      [`section-${i + 1}`, section.name],
      [`kind-${i + 1}`, kindOf(section)],
      [`id-${i + 1}`, section.id],
    ]);
    expect(waysFrom(givenOf({ ...WAYS, ...Object.fromEntries(rows) }))).toMatchObject({ sections: DEFAULT_SECTIONS });
  });
  test.each([
    ['a policy', { join: 'toString' }],
    ['a look', { theme: '__proto__' }],
    ['a kind of section', { 'section-1': 'A', 'kind-1': 'constructor' }],
    ['a section whose address is the site’s own', { 'section-1': 'Setup', 'kind-1': 'both' }],
    ['a section without an address', { 'section-1': '議論', 'kind-1': 'both' }],
    ['two sections with one address', { 'section-1': 'A', 'kind-1': 'both', 'section-2': 'a', 'kind-2': 'both' }],
    ['an instance', { instances: 'https://other.example/' }],
  ])('are refused: %s', (_, fields: Record<string, string>) => {
    expect(isRefusal(waysFrom(givenOf({ ...WAYS, ...fields })))).toBe(true);
  });
});

const decided = (ways: Partial<Decided['ways']> = {}): Decided => ({
  ...{ by: ADA, begunAt: Date.UTC(2026, 0, 1), byCode: false, named: [], pictures: [] },
  group: { did: CLUB, handle: 'club.test', pds: 'https://pds.example', recoveryKey: null, isConnected: true },
  host: { name: 'club.example', isVerified: true },
  about: { displayName: 'The club', description: 'For all.', lang: 'en' },
  ways: {
    ...{ joinPolicy: 'open', postPolicy: 'members', visibility: 'public', external: true, instances: [] },
    ...{ sections: DEFAULT_SECTIONS, theme: 'paper', ...ways },
  },
  stewards: [{ did: BERT, handle: null }],
});

test('the steps come one after another; an account or a host that is not proven is not decided', () => {
  const founding: Founding = decided();
  expect(nextStep(founding)).toBeNull();
  expect(nextStep(newFounding(ADA, 0, false))).toBe('group');
  expect(nextStep({ ...founding, group: founding.group && { ...founding.group, isConnected: false } })).toBe('group');
  expect(nextStep({ ...founding, host: { name: 'club.example', isVerified: false } })).toBe('host');
  expect(nextStep({ ...founding, stewards: [] })).toBeNull();
});

describe('the first records', () => {
  const LEXICONS = lexicons.club.commonplace.space as unknown as Record<
    string,
    { $safeValidate(v: unknown): { success: boolean } }
  >;
  const pictures = { avatar: blob('image/png') };

  test('are valid, the same every time, and the profile is the last', () => {
    const records = foundingRecords(decided(), pictures, HERE);
    expect(records).toEqual(foundingRecords(decided(), pictures, HERE));
    for (const { collection, record } of records) {
      expect(record.$type).toBe(collection);
      const name = collection.split('.').at(-1) ?? '';
      expect([
        name,
        LEXICONS[name]?.$safeValidate(jsonToLex(record as Parameters<typeof jsonToLex>[0])).success,
      ]).toEqual([name, true]);
    }
    expect(records.at(-1)?.collection).toBe(NSID.profile);
    const addresses = records.map(({ collection, rkey }) => `${collection}/${rkey}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('give the founder and those named all actions, and members none but to post', () => {
    const records = foundingRecords(decided(), {}, HERE);
    const of = (collection: string) => records.filter((record) => record.collection === collection);
    expect(of(NSID.membership).map(({ rkey, record }) => [rkey, record.roles])).toEqual([
      [ADA, ['steward', 'member']],
      [BERT, ['steward', 'member']],
    ]);
    expect(of(NSID.permissions)[0]?.record).toMatchObject({
      roles: [
        { role: 'steward', actions: [...ACTIONS] },
        { role: 'member', actions: ['post'], assignable: [] },
      ],
      defaultRoles: ['member'],
    });
  });

  test('tell nobody that a space is private, and let nobody list it', () => {
    const profile = foundingRecords(decided({ visibility: 'private' }), {}, HERE).at(-1)?.record;
    expect(profile).toMatchObject({
      visibility: 'unlisted',
      allowExternalDiscovery: false,
      hostedBy: HERE,
      createdBy: ADA,
    });
    expect(JSON.stringify(profile)).not.toContain('private');
  });
});

describe('every look', () => {
  test.each(THEME_PRESETS)('$id is shown as it is, for all of it can be read', (preset) => {
    const css = themeStylesheet(themeOf(preset));
    for (const palette of [preset.light, preset.dark])
      for (const [name, colour] of Object.entries(palette)) expect(css).toContain(`--${name}:${colour};`);
  });
  test('the first one is the house’s own', () => {
    expect(THEME_PRESETS[0]).toMatchObject({ light: LIGHT, dark: DARK });
  });
});
