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
    made.learn('did:plc:newcomer');
    expect(made.wants(deletion)).toBe(true);
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

test('the filter keeps out what names nobody known', () => {
  expect(filter().wants(raw({ did: 'did:plc:stranger', commit: { record: { space: 'did:plc:elsewhere' } } }))).toBe(
    false,
  );
  expect(filter().wants(raw({ did: `${SPACE}x`, kind: 'identity' }))).toBe(false);
  expect(filter().wants(raw({ did: 'did:plc:stranger', text: '<b> & "quotes" \\ and é' }))).toBe(false);
});
