/** What a client of the stream may ask for, and what that lets through. */
import { describe, expect, test } from 'vitest';
import { readSubscription, readUpdate, wantsOf } from '../../src/domain/subscription.ts';

const [ANN, BEN] = ['did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', 'did:plc:bbbbbbbbbbbbbbbbbbbbbbbb'];
const read = (query: string) => readSubscription(new URLSearchParams(query));
const update = (payload: unknown) => readUpdate(JSON.stringify({ type: 'options_update', payload }));

test('without parameters all is wanted, from now on', () => {
  expect(read('')).toEqual({ filter: { collections: [], dids: [], maxBytes: 0 }, waitsForHello: false, cursor: null });
});

test('each is named once', () => {
  expect(read(`wantedDids=${ANN}&wantedDids=${ANN}&wantedCollections=a.b.c&wantedCollections=a.b.c`)).toMatchObject({
    filter: { collections: ['a.b.c'], dids: [ANN] },
  });
});

test.each([
  'cursor=x',
  'cursor=1.5',
  'cursor=-3',
  'cursor=99999999999999999',
  'wantedCollections=x',
  'wantedCollections=*',
  'wantedCollections=a.*.c',
  'wantedCollections=.*',
  'wantedDids=ann',
  'wantedDids=did:plc:',
  'compress=true',
])('%s is refused', (query) => expect(read(query)).toMatchObject({ refusal: 'InvalidRequest' }));

test('a size that is nonsense is no limit', () => {
  expect(read('maxMessageSizeBytes=lots')).toMatchObject({ filter: { maxBytes: 0 } });
  expect(read('maxMessageSizeBytes=500')).toMatchObject({ filter: { maxBytes: 500 } });
});

describe('a message', () => {
  test('of another type is passed over', () => {
    expect(readUpdate('{"type":"hello"}')).toBeNull();
    expect(readUpdate('{}')).toBeNull();
  });

  test('takes 10,000 DIDs and no more', () => {
    const dids = (count: number) => Array.from({ length: count }, (_, i) => `did:web:a${i}.example`);
    expect(update({ wantedDids: dids(10_000) })).toMatchObject({ dids: { length: 10_000 } });
    expect(update({ wantedDids: dids(10_001) })).toMatchObject({ refusal: 'InvalidRequest' });
  });

  test.each([
    ['nonsense', 'nonsense'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no payload', '{"type":"options_update"}'],
    ['a payload that is a list', '{"type":"options_update","payload":[]}'],
    ['DIDs that are no list', '{"type":"options_update","payload":{"wantedDids":"x"}}'],
    ['numbers', '{"type":"options_update","payload":{"wantedCollections":[1]}}'],
    ['a size that is no number', '{"type":"options_update","payload":{"maxMessageSizeBytes":"x"}}'],
  ])('of %s is refused', (_, text) => expect(readUpdate(text)).toMatchObject({ refusal: 'InvalidRequest' }));
});

describe('a filter', () => {
  const wants = (filter: { collections?: string[]; dids?: string[] }) =>
    wantsOf({ collections: [], dids: [], maxBytes: 0, ...filter });

  test('lets collections through by name or beginning', () => {
    const judge = wants({ collections: ['a.b.c', 'x.y.'] });
    const judged = ['a.b.c', 'a.b.cd', 'a.b.c.d', 'x.y.z', 'x.y', 'x.yz.z'].map((name) => judge(ANN, name));
    expect(judged).toEqual([true, false, false, true, false, false]);
  });

  test('lets accounts through whatever collections are wanted, and only those wanted', () => {
    expect(wants({ collections: ['a.b.c'] })(ANN, null)).toBe(true);
    expect(wants({ dids: [BEN] })(ANN, null)).toBe(false);
    expect(wants({ dids: [BEN] })(BEN, 'a.b.c')).toBe(true);
  });
});
