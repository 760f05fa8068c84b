import { describe, expect, test } from 'vitest';
import { microseconds, sequenceOf, timeOf } from '../../src/cloudflare/marks.ts';

const now = 1_790_000_000_000_000;

test('the time of a raw v1 message is read without parsing it', () => {
  expect(timeOf(`{"did":"did:plc:a","time_us":${now},"kind":"identity"}`)).toEqual({ timeUs: now, sequence: null });
  expect(timeOf('{"kind":"identity"}')).toBeNull();
});

test('a time is read to the microsecond', () => {
  expect(microseconds('2026-09-21T14:13:20.000001Z')).toBe(now + 1);
  expect(microseconds('2026-09-21T14:13:20Z')).toBe(now);
  expect(microseconds('2026-09-21T16:13:20.5+02:00')).toBe(now + 500_000);
  expect(microseconds('today')).toBeNull();
});

describe('a v2 message', () => {
  const frame = (payload: object): string => JSON.stringify({ $type: 'message', payload });
  test('stands at its own sequence and time, not those of what it wraps', () => {
    const account = { did: 'did:plc:a', seq: 99, time: '2020-01-01T00:00:00Z' };
    expect(sequenceOf(frame({ account, seq: 7, time: '2026-09-21T14:13:20.000002Z' }))).toEqual({
      timeUs: now + 2,
      sequence: 7,
    });
  });
  test.each([{ seq: -1 }, { seq: 1.5 }, { seq: 1e15 }, { seq: '7' }, { time: 7 }, { time: 'soon' }])(
    'that says nonsense stands nowhere: %j',
    (nonsense) => {
      expect(sequenceOf(frame({ seq: 7, time: '2026-09-21T14:13:20Z', ...nonsense }))).toBeNull();
    },
  );
  test.each(['', 'null', '7', '{"payload":null}', '{'])('that is none stands nowhere: %j', (raw) => {
    expect(sequenceOf(raw)).toBeNull();
  });
});
