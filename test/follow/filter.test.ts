import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Filter } from '../../src/follow/filter.ts';

const SPACE = 'did:plc:spaceaaaaaaaaaaaaaaaaaaa';
const MEMBER = 'did:web:member.example.com%3A8080';

function filter(further: string[] = []): Filter {
  const made = new Filter();
  const spaces = [SPACE, ...further];
  made.update({ known: new Set([...spaces, MEMBER]), spaces, collections: ['app.other.like'] });
  return made;
}

/** More than are looked for one by one. */
const MANY = Array.from({ length: 20 }, (_, n) => `did:plc:${'abcdefghijklmnopqrst'[n]}nother23456723456723456`);

const raw = (message: object): string => JSON.stringify(message);

describe.each([
  ['of few spaces', []],
  ['of many spaces', MANY],
])('the filter %s lets through', (_, further) => {
  test.each([
    ['a record that names the space', { did: 'did:plc:x', commit: { record: { space: SPACE } } }],
    ['a record whose key is the space', { did: 'did:plc:x', commit: { rkey: SPACE } }],
    ['a record that names the space, its author last', { commit: { record: { space: SPACE } }, did: 'did:plc:x' }],
    ['a space right after the beginning of a DID', { did: 'did:plc:x', commit: { record: { s: ['did:', SPACE] } } }],
    ['anything of a known account', { did: MEMBER, kind: 'account', account: { active: false } }],
    ['the same, wherever the account stands', { kind: 'account', account: { active: false }, did: MEMBER }],
    ['the same in an envelope', { $type: 'message', seq: 1, payload: { did: MEMBER, operation: 'delete' } }],
    ['a collection that belongs by reference', { did: 'did:plc:x', commit: { collection: 'app.other.like' } }],
  ])('%s', (_, message) => {
    expect(filter(further).wants(raw(message))).toBe(true);
    expect(filter(further).wants(JSON.stringify(message, null, 1))).toBe(true);
  });

  test('no stranger who names nobody', () => {
    const message = { did: 'did:plc:stranger', commit: { record: { space: 'did:plc:elsewhere' } } };
    expect(filter(further).wants(raw(message))).toBe(false);
    expect(filter(further).wants(JSON.stringify(message, null, 1))).toBe(false);
  });
});

describe('the filter lets through', () => {
  test('an author whose first record is still on its way', () => {
    const made = filter();
    const deletion = raw({ did: 'did:plc:newcomer', commit: { operation: 'delete' } });
    expect(made.wants(deletion)).toBe(false);
    expect(made.meet({ did: 'did:plc:newcomer', commit: { record: { space: SPACE } } })).toBe('did:plc:newcomer');
    expect(made.wants(deletion)).toBe(true);
  });

  test('whatever else such an author says of the space', () => {
    const made = filter();
    const post = { did: 'did:plc:newcomer', commit: { record: { space: SPACE } } };
    expect(made.meet(post)).toBe('did:plc:newcomer');
    expect(made.wants(raw(post))).toBe(true);
    expect(made.meet(post)).toBe('did:plc:newcomer');
  });

  test('the same for DIDs of every length', () => {
    const did = fc.stringMatching(/^did:(?:plc|web):[a-z0-9.%-]{1,30}$/);
    fc.assert(
      fc.property(fc.uniqueArray(did, { minLength: 3, maxLength: 14 }), fc.string(), (dids, text) => {
        const [stranger, member, ...spaces] = dids as [string, string, ...string[]];
        const made = new Filter();
        made.update({ known: new Set([member, ...spaces]), spaces, collections: [] });
        for (const known of [member, ...spaces]) {
          expect(made.wants(raw({ did: known }))).toBe(true);
          expect(made.wants(raw({ text, did: known }))).toBe(true);
        }
        for (const space of spaces) {
          expect(made.wants(raw({ did: stranger, text, space }))).toBe(true);
          expect(made.wants(raw({ text, did: stranger, at: `at://${space}/a.b.c/d` }))).toBe(true);
        }
      }),
    );
  });

  test('a whole DID, and no other that begins like it', () => {
    const did = fc.stringMatching(/^did:plc:[a-z2-7]{24}$/);
    fc.assert(
      fc.property(did, did, did, (stranger, member, space) => {
        fc.pre(new Set([stranger, member, space]).size === 3);
        const made = new Filter();
        made.update({ known: new Set([member, space]), spaces: [space], collections: [] });
        expect(made.wants(raw({ did: stranger, space: member }))).toBe(false);
        expect(made.wants(raw({ did: `${member}x`, space: stranger }))).toBe(false);
        expect(made.wants(raw({ kind: 'identity', did: `${member}x` }))).toBe(false);
      }),
    );
  });

  test('a known DID however its characters are escaped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: SPACE.length - 1 }), fc.boolean(), (index, upper) => {
        const code = SPACE.charCodeAt(index).toString(16).padStart(4, '0');
        const escaped = `\\u${upper ? code.toUpperCase() : code}`;
        const text = `{"did":"did:plc:x","space":"${SPACE.slice(0, index)}${escaped}${SPACE.slice(index + 1)}"}`;
        expect(JSON.parse(text).space).toBe(SPACE);
        expect(filter().wants(text)).toBe(true);
      }),
    );
  });
});

test('an author whose record has arrived, and who does not belong, is not held the door', () => {
  const made = filter();
  const mention = { did: 'did:plc:newcomer', commit: { record: { text: `of ${SPACE}` } } };
  const another = { did: 'did:plc:newcomer', commit: { record: { text: 'of nobody' } } };
  const newcomers = [made.meet(mention), made.meet(another)];
  expect(newcomers).toEqual(['did:plc:newcomer', null]);
  made.relearn(newcomers.slice(1).filter((did) => did !== null));
  expect(made.wants(raw(another))).toBe(false);
});

test('a known DID that came since is let through', () => {
  const made = new Filter();
  const known = new Set<string>();
  made.update({ known, spaces: [], collections: [] });
  known.add(SPACE);
  made.update({ known, spaces: [], collections: [] });
  expect(made.wants(raw({ did: SPACE }))).toBe(true);
});

test('the filter keeps out what names nobody known', () => {
  expect(filter().wants(raw({ did: 'did:plc:stranger', commit: { record: { space: 'did:plc:elsewhere' } } }))).toBe(
    false,
  );
  expect(filter().wants(raw({ did: 'did:plc:stranger', text: '<b> & "quotes" \\ and é' }))).toBe(false);
});
