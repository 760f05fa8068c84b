/** A short version of `npm run crash-test`. */
import { expect, test } from 'vitest';
import { crashTest } from '../flow/crash.ts';

test('kill -9 in the middle of a replay loses nothing and doubles nothing', { timeout: 180_000 }, async () => {
  const lines: string[] = [];
  const log = (line: string): unknown => lines.push(line);
  const { killedAt, events, wrong } = await crashTest({ events: 3_000, kills: 3, seed: 7, log });
  expect(wrong, lines.join('\n')).toEqual([]);
  expect(killedAt).toHaveLength(3);
  for (const admitted of killedAt) expect(admitted, 'a kill must fall within the replay').toBeLessThan(events);
});
