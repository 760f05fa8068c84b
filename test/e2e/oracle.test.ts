/** A short version of `npm run oracle`: some seeds of it, and some of the deliberate bugs. */
import { describe, expect, test } from 'vitest';
import { campaign, hunt } from '../oracle/campaign.ts';
import { MUTANTS } from '../oracle/mutants.ts';

const LONG = { timeout: 240_000 };

test('whatever goes wrong, the index holds and shows what the model says', LONG, async () => {
  const lines: string[] = [];
  const log = (line: string): unknown => lines.push(line);
  const { passed, diverged, missing } = await campaign({ from: 1, seeds: 6, log });
  expect(diverged, lines.join('\n')).toEqual([]);
  expect(passed).toBe(6);
  // So few seeds cannot hold everything that a whole campaign must.
  expect(missing.length, `never happened: ${missing}`).toBeLessThan(15);
});

describe('a deliberate bug is caught', () => {
  test.each([
    'the first event of a record in a batch is taken for the last',
    'a stale rev is accepted',
    'identity events are passed over',
  ])('%s', LONG, async (name) => {
    const mutant = MUTANTS.find((one) => one.name === name);
    if (!mutant) throw new Error('it is not among the bugs');
    expect(await hunt(mutant, [1, 2, 3, 4, 5, 6])).toMatchObject({ is: 'caught' });
  });

  test('and one that fits the source no more says so', LONG, async () => {
    const stale = { name: 'nothing', file: 'src/domain/order.ts', find: 'no such words', replace: '' };
    expect(await hunt(stale, [1])).toMatchObject({ is: 'stale' });
  });
});
