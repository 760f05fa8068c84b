import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Filter } from '../../src/follow/filter.ts';

const SPACE = 'did:plc:spaceaaaaaaaaaaaaaaaaaaa';
const MEMBER = 'did:web:member.example.com%3A8080';

function filter(): Filter {
  const made = new Filter();
  made.update(new Set([SPACE, MEMBER]), ['app.other.like']);
  return made;
}

const raw = (message: object): string => JSON.stringify(message);

describe('the filter lets through', () => {
  test.each([
    ['a record that names the space', { did: 'did:plc:x', commit: { record: { space: SPACE } } }],
    ['a record whose key is the space', { did: 'did:plc:x', commit: { rkey: SPACE } }],
    ['a reference to a known repository', { commit: { record: { subject: { uri: `at://${MEMBER}/a.b.c/d` } } } }],
    ['anything of a known account', { did: MEMBER, kind: 'account', account: { active: false } }],
    ['a collection that belongs by reference', { did: 'did:plc:x', commit: { collection: 'app.other.like' } }],
  ])('%s', (_, message) => expect(filter().wants(raw(message))).toBe(true));

  test('an author whose first record is still on its way', () => {
    const made = filter();
    const deletion = raw({ did: 'did:plc:newcomer', commit: { operation: 'delete' } });
    expect(made.wants(deletion)).toBe(false);
    expect(made.meet({ did: 'did:plc:newcomer', commit: { record: { space: SPACE } } })).toBe('did:plc:newcomer');
    expect(made.wants(deletion)).toBe(true);
  });

  test('whoever speaks of such an author, and whatever else they say of the space themselves', () => {
    const made = filter();
    const post = { did: 'did:plc:newcomer', commit: { record: { space: SPACE } } };
    const answer = { did: 'did:plc:other', commit: { record: { subject: { uri: 'at://did:plc:newcomer/a.b.c/d' } } } };
    made.meet(post);
    expect(made.wants(raw(answer))).toBe(true);
    expect(made.meet(answer)).toBe('did:plc:other');
    expect(made.meet(post)).toBe('did:plc:newcomer');
  });

  test('the same for DIDs of every length', () => {
    const did = fc.stringMatching(/^did:(?:plc|web):[a-z0-9.%-]{1,30}$/);
    fc.assert(
      fc.property(fc.uniqueArray(did, { minLength: 2, maxLength: 8 }), fc.string(), (dids, text) => {
        const made = new Filter();
        made.update(new Set(dids.slice(1)), []);
        for (const known of dids.slice(1)) expect(made.wants(raw({ text, did: 'did:plc:x', space: known }))).toBe(true);
        expect(made.wants(raw({ did: dids[0] }))).toBe(false);
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
  made.update(known, []);
  known.add(SPACE);
  made.update(known, []);
  expect(made.wants(raw({ did: SPACE }))).toBe(true);
});

test('the filter keeps out what names nobody known', () => {
  expect(filter().wants(raw({ did: 'did:plc:stranger', commit: { record: { space: 'did:plc:elsewhere' } } }))).toBe(
    false,
  );
  expect(filter().wants(raw({ did: `${SPACE}x`, kind: 'identity' }))).toBe(false);
  expect(filter().wants(raw({ did: 'did:plc:stranger', text: '<b> & "quotes" \\ and é' }))).toBe(false);
});
