/** The part of a file that was asked for. */
import { describe, expect, test } from 'vitest';
import { partOf, rangeOf } from '../../src/media/range.ts';

test.each<[string | null, ReturnType<typeof rangeOf>]>([
  [null, null],
  ['bytes=0-99', { start: 0, end: 99 }],
  ['bytes=0-', { start: 0, end: 999 }],
  ['bytes=990-', { start: 990, end: 999 }],
  ['bytes=5-5', { start: 5, end: 5 }],
  ['bytes=900-5000', { start: 900, end: 999 }],
  ['bytes=-1', { start: 999, end: 999 }],
  ['bytes=-5000', { start: 0, end: 999 }],
  ['bytes=1000-', 'outside'],
  ['bytes=-0', 'outside'],
  ['bytes=9-5', null],
  ['bytes=0-1,5-6', null],
  ['items=0-1', null],
  ['bytes=a-b', null],
  ['bytes=0-99999999999999999999', null],
])('%s of a thousand bytes', (header, range) => {
  expect(rangeOf(header, 1000)).toEqual(range);
});

test('nothing of nothing', () => {
  expect(rangeOf('bytes=0-', 0)).toBe('outside');
  expect(rangeOf('bytes=-5', 0)).toBe('outside');
});

describe('a part of a stream', () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
  const stream = (): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start(controller) {
        for (let at = 0; at < 100; at += 7) controller.enqueue(bytes.slice(at, at + 7));
        controller.close();
      },
    });
  test.each([
    [0, 99],
    [0, 0],
    [99, 99],
    [6, 7],
    [13, 77],
  ])('%i to %i', async (start, end) => {
    const part = new Uint8Array(await new Response(partOf(stream(), { start, end })).arrayBuffer());
    expect(part).toEqual(bytes.slice(start, end + 1));
  });
});
