import { beforeEach, describe, expect, test } from 'vitest';
import { Link } from '../../src/follow/link.ts';
import { ScriptedStream } from './stream.ts';

const START = Date.UTC(2026, 10, 21);
const [ONE, TWO] = ['wss://one.example/subscribe', 'wss://two.example/subscribe'];

let now: number;
let stream: ScriptedStream;
let link: Link;
beforeEach(() => {
  now = START;
  stream = new ScriptedStream();
  const deps = { streams: stream, clock: { now: () => now }, random: () => 0.5, urls: [ONE, TWO], log: () => {} };
  const hooks = { wants: () => true, onMessage: () => {}, onMalformed: () => {}, onClose: () => {}, onLost: () => {} };
  link = new Link({ ...deps, lookbackMs: 24 * 3_600_000 }, hooks);
});

/** Connects, where it may, and lets time pass until the connection is given up for its silence. */
function silence(): string | null {
  const before = stream.connections.length;
  link.connect(null, []);
  if (stream.connections.length === before) return null;
  link.idle();
  now += 61_000;
  link.idle();
  expect(stream.last.isClosed).toBe(true);
  return stream.last.options.url;
}

describe('a stream on which nothing happens', () => {
  test('is connected anew at once, however often, and every other time elsewhere', () => {
    expect([silence(), silence(), silence(), silence(), silence()]).toEqual([ONE, ONE, TWO, TWO, ONE]);
  });

  test('is no failure: the next one waits no longer for it', () => {
    for (let times = 0; times < 4; times++) silence();
    link.connect(null, []);
    stream.last.fail();
    expect(link.retryAt - now).toBeLessThanOrEqual(1_000);
  });
});

test('who fails is asked again after longer and longer, and then another', () => {
  const waited: number[] = [];
  const asked: string[] = [];
  for (let times = 0; times < 4; times++) {
    now = Math.max(now, link.retryAt);
    link.connect(null, []);
    asked.push(stream.last.options.url);
    stream.last.fail();
    waited.push(link.retryAt - now);
  }
  expect(asked).toEqual([ONE, ONE, TWO, TWO]);
  expect(waited).toEqual([750, 1_500, 3_000, 6_000]);
});
