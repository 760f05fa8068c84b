// What the record schemas promise to take and to refuse. Expectations are those of the lexicons' specification, not of the validators.
import { jsonToLex } from '@atproto/lex';
import { describe, expect, test } from 'vitest';
import { club } from '../../src/lexicons/index.ts';
import { blob, examples, image, type JsonRecord, strongRef } from './examples.ts';

type Mutation = (record: JsonRecord) => JsonRecord;
type Case = [what: string, mutate: Mutation];

/** The record with the value at a dotted path replaced; `undefined` removes the field. */
const put =
  (path: string, value: unknown): Mutation =>
  (record) => {
    const copy = structuredClone(record);
    const keys = path.split('.');
    const last = keys.pop() as string;
    let at = copy as Record<string, unknown>;
    for (const key of keys) at = at[key] as Record<string, unknown>;
    if (value === undefined) delete at[last];
    else at[last] = value;
    return copy;
  };

const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);
const without = (path: string): Case => [`without ${path}`, put(path, undefined)];
const given = (path: string, value: unknown, what = JSON.stringify(value)): Case => [
  `${path} = ${what}`,
  put(path, value),
];
const longer = (path: string, max: number, char = 'a'): Case => [
  `${path} longer than ${max}`,
  put(path, char.repeat(max + 1)),
];
const asLongAs = (path: string, max: number, char = 'a'): Case => [`${path} of ${max}`, put(path, char.repeat(max))];
const more = (path: string, max: number, item: unknown): Case => [
  `${path} of more than ${max}`,
  put(path, times(max + 1, item)),
];
const asManyAs = (path: string, max: number, item: unknown): Case => [`${path} of ${max}`, put(path, times(max, item))];

const FAMILY = '👩‍👩‍👧‍👦'; // one grapheme, 25 bytes
const KATAKANA = 'ア'; // one grapheme, 3 bytes
const DID = 'did:web:example.com';

const badStrongRef = (field: string): Case[] => [
  without(field),
  without(`${field}.cid`),
  without(`${field}.uri`),
  given(`${field}.uri`, 'https://example.com/post/1'),
  given(`${field}.cid`, 'not a cid'),
  given(field, strongRef(club.commonplace.story.$type).uri, 'a bare AT-URI'),
];
const badImages = (max: number): Case[] => [
  more('images', max, image),
  given('images', image, 'an image that is not in a list'),
  given('images', [{ image: blob() }], 'an image without alt'),
  given('images', [{ alt: '' }], 'an image without blob'),
  given('images', [{ image: blob('video/mp4'), alt: '' }], 'a video'),
  given('images', [{ image: blob('image/png', 5_000_001), alt: '' }], 'an image of more than 5,000,000 bytes'),
  given('images', [{ image: blob(), alt: 'a'.repeat(2001) }], 'an alt text of more than 2,000 graphemes'),
  given('images', [{ ...image, aspectRatio: { width: 0, height: 9 } }], 'an aspect ratio of width 0'),
];
const badLabels: Case[] = [given('labels', ['nudity']), given('labels', { values: [{ val: 'nudity' }] })];
const badLangs: Case[] = [more('langs', 3, 'en'), given('langs', 'en'), given('langs', ['not a language'])];
const badSection: Case[] = [longer('section', 64), given('section', ''), given('section', 7)];
const badLongPost: Case[] = [
  without('title'),
  without('text'),
  given('title', ''),
  longer('title', 300),
  given('title', FAMILY.repeat(121), 'fewer than 300 graphemes in more than 3,000 bytes'),
  given('title', { en: 'Hello' }),
  longer('text', 50_000),
  given('text', KATAKANA.repeat(49_999) + FAMILY.repeat(2_001), '200,022 bytes'),
  given('text', null),
  longer('summary', 500),
  ...badSection,
  ...badImages(12),
  more('tags', 8, 'a'),
  given('tags', ['a'.repeat(65)], 'a tag of more than 64 graphemes'),
  given('tags', ['']),
  ...badLabels,
  ...badLangs,
];
const goodLongPost: Case[] = [
  asLongAs('title', 300, KATAKANA),
  asLongAs('text', 50_000, KATAKANA),
  asLongAs('summary', 500),
  asLongAs('section', 64),
  asManyAs('images', 12, image),
  given('images', [{ image: blob('image/avif', 5_000_000), alt: '' }], 'a decoration, as large as allowed'),
  asManyAs('tags', 8, 'a'),
  asManyAs('langs', 3, 'en'),
];
const badNote: Case[] = [longer('note', 300), given('note', 1)];

interface Rules {
  schema: {
    $type: string;
    $safeValidate: (value: unknown) => { success: boolean };
    main: { key: string; keySchema: { matches: (value: unknown) => boolean } };
  };
  timeless?: true;
  accepts?: Case[];
  refuses: Case[];
}

const rules: Record<keyof typeof examples, Rules> = {
  story: {
    schema: club.commonplace.story,
    accepts: [...goodLongPost, given('feedback', 'line-edits')],
    refuses: [...badLongPost, given('feedback', true), longer('feedback', 64)],
  },
  topic: { schema: club.commonplace.topic, accepts: goodLongPost, refuses: badLongPost },
  reply: {
    schema: club.commonplace.reply,
    accepts: [
      asLongAs('text', 10_000),
      given('text', ''),
      asManyAs('images', 4, image),
      given('facets', [{ index: { byteStart: 90, byteEnd: 99 }, features: [] }], 'a facet beyond the text'),
    ],
    refuses: [
      ...badStrongRef('root'),
      ...badStrongRef('parent'),
      without('text'),
      longer('text', 10_000),
      given('facets', [{ features: [] }], 'a facet without index'),
      given('facets', [{ index: { byteStart: -1, byteEnd: 2 }, features: [] }], 'a facet before the text'),
      ...badImages(4),
      ...badLabels,
      ...badLangs,
    ],
  },
  like: { schema: club.commonplace.like, refuses: badStrongRef('subject') },
  crosspost: {
    schema: club.commonplace.crosspost,
    accepts: [
      asLongAs('note', 1000),
      given('subject', strongRef('com.example.anything'), 'a record of any collection'),
    ],
    refuses: [...badStrongRef('subject'), longer('note', 1000), ...badSection, ...badLangs],
  },
  join: { schema: club.commonplace.actor.join, refuses: [] },
  subscription: { schema: club.commonplace.actor.subscription, refuses: [] },
  profile: {
    schema: club.commonplace.space.profile,
    accepts: [
      given('joinPolicy', 'lottery'),
      given('postPolicy', 'anyone'),
      given('visibility', 'unlisted'),
      given('allowExternalDiscovery', false),
      asLongAs('displayName', 64, KATAKANA),
      asLongAs('description', 2000),
      asManyAs('allowedInstances', 100, DID),
      asManyAs('sections', 20, { id: 'a', name: 'A', collections: [] }),
      asManyAs('collections', 20, { collection: 'com.example.post', rule: 'field' }),
      given('collections.0.rule', 'signature'),
      given('labelers.0.mode', 'advisory'),
    ],
    refuses: [
      without('displayName'),
      given('displayName', ''),
      longer('displayName', 64),
      longer('description', 2000),
      without('joinPolicy'),
      given('joinPolicy', ['open']),
      given('postPolicy', false),
      given('url', 'scribblers'),
      given('avatar', blob('image/svg+xml'), 'an SVG'),
      given('avatar', blob('image/png', 2_000_001), 'a picture of more than 2,000,000 bytes'),
      given('banner', 'https://example.com/banner.png'),
      given('visibility', 1),
      given('allowExternalDiscovery', 'true'),
      more('allowedInstances', 100, DID),
      given('allowedInstances', ['instance.example.com']),
      more('sections', 20, { id: 'a', name: 'A', collections: [] }),
      without('sections.0.id'),
      without('sections.0.name'),
      without('sections.0.collections'),
      given('sections.0.id', ''),
      longer('sections.0.id', 64),
      given('sections.0.collections', ['story']),
      more('sections.0.collections', 20, 'com.example.post'),
      more('collections', 20, { collection: 'com.example.post', rule: 'field' }),
      without('collections.0.collection'),
      without('collections.0.rule'),
      given('collections.0.collection', 'post'),
      longer('collections.0.path', 256),
      more('labelers', 20, { did: DID, mode: 'default' }),
      without('labelers.0.mode'),
      given('labelers.0.did', 'labels.example.com'),
      given('relayTakedowns', false),
      given('owner', 'alice.example.com'),
      given('createdBy', 'alice.example.com'),
      given('hostedBy', 'https://instance.example.com'),
      given('previousHost', 'old.example.com'),
      ...badLangs,
    ],
  },
  theme: {
    schema: club.commonplace.space.theme,
    timeless: true,
    accepts: [given('radius', 0), given('radius', 24), given('light', {}), given('font', 'blackletter')],
    refuses: [
      given('light.accent', '#0a5'),
      given('light.accent', 'rgb(10, 92, 54)'),
      given('dark.text', 0xffffff),
      given('dark', '#101311'),
      given('radius', -1),
      given('radius', 25),
      given('radius', 1.5),
      given('radius', '8px'),
      given('font', 3),
      given('width', 720),
      given('createdAt', 'yesterday'),
    ],
  },
  rule: {
    schema: club.commonplace.space.rule,
    timeless: true,
    accepts: [asLongAs('title', 64), asLongAs('text', 2000)],
    refuses: [
      without('title'),
      without('text'),
      longer('title', 64),
      longer('text', 2000),
      given('order', -1),
      given('order', 'first'),
    ],
  },
  role: {
    schema: club.commonplace.space.role,
    timeless: true,
    refuses: [without('displayName'), given('displayName', ''), longer('displayName', 64), longer('description', 2000)],
  },
  permissions: {
    schema: club.commonplace.space.permissions,
    timeless: true,
    accepts: [given('roles.0.actions', ['com.example.dance']), asManyAs('defaultRoles', 100, 'reader')],
    refuses: [
      without('roles'),
      without('defaultRoles'),
      without('roles.0.role'),
      without('roles.0.actions'),
      without('roles.0.assignable'),
      given('roles.0.role', 'no/slash'),
      given('roles.0.actions', 'post'),
      given('roles.0.assignable', [' ']),
      more('roles', 100, { role: 'a', actions: [], assignable: [] }),
      more('roles.0.actions', 100, 'post'),
      more('defaultRoles', 100, 'reader'),
    ],
  },
  membership: {
    schema: club.commonplace.space.membership,
    refuses: [
      without('member'),
      given('member', 'alice.example.com'),
      without('roles'),
      given('roles', 'reader'),
      given('roles', ['']),
      more('roles', 100, 'reader'),
    ],
  },
  pin: {
    schema: club.commonplace.space.pin,
    refuses: [...badStrongRef('subject'), ...badNote, given('order', -1), given('until', 'next week')],
  },
  lock: {
    schema: club.commonplace.space.lock,
    accepts: [given('reason', 'full-moon')],
    refuses: [...badStrongRef('subject'), ...badNote, longer('reason', 64)],
  },
  feature: {
    schema: club.commonplace.space.feature,
    refuses: [...badStrongRef('subject'), ...badNote, given('until', 1_800_000_000)],
  },
};

/** Holds for every record, whatever its type. */
const everyRecord: Case[] = [
  without('space'),
  given('space', 'scribblers.example.com'),
  given('space', 'did:plc'),
  given('space', strongRef(club.commonplace.space.profile.$type, 'self').uri),
  given('space', null),
  given('$type', 'com.example.record'),
  without('$type'),
];
const everyDatedRecord: Case[] = [
  without('createdAt'),
  given('createdAt', 'yesterday'),
  given('createdAt', '2026-11-20'),
  given('createdAt', 1_800_000_000),
];
const tolerated: Case[] = [
  given('$unknownToday', 1, 'a field of a later version'),
  given('later', { anything: true }, 'a field of a later version'),
];

describe.each(Object.keys(examples) as (keyof typeof examples)[])('%s', (name) => {
  const { full, minimal, rkey } = examples[name];
  const { schema, timeless, accepts = [], refuses } = rules[name];
  const valid = (record: JsonRecord) => schema.$safeValidate(jsonToLex(record as never)).success;

  test('takes the full example and the minimal one', () => {
    expect(valid(full)).toBe(true);
    expect(valid(minimal)).toBe(true);
    expect(schema.main.keySchema.matches(rkey)).toBe(true);
  });
  test.each([...accepts, ...tolerated])('takes %s', (_, mutate) => {
    expect(valid(mutate(full))).toBe(true);
  });
  test.each([...everyRecord, ...(timeless ? [] : everyDatedRecord), ...refuses])('refuses %s', (_, mutate) => {
    expect(valid(mutate(full))).toBe(false);
  });
});

test('record keys are those of the specification', () => {
  const keys = Object.fromEntries(Object.entries(rules).map(([name, { schema }]) => [name, schema.main.key]));
  expect(keys).toEqual({
    story: 'tid',
    topic: 'tid',
    reply: 'tid',
    like: 'tid',
    crosspost: 'tid',
    join: 'any',
    subscription: 'any',
    profile: 'literal:self',
    theme: 'literal:self',
    rule: 'tid',
    role: 'any',
    permissions: 'literal:self',
    membership: 'any',
    pin: 'tid',
    lock: 'tid',
    feature: 'tid',
  });
});
