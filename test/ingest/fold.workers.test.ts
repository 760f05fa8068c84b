/** Whatever way a history reaches the index, the tables hold what the independent model says. */
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { world } from '../model/cast.ts';
import { delivery } from '../model/delivery.ts';
import { type History, history } from '../model/generate.ts';
import { fold } from '../model/model.ts';
import { isRefused } from '../model/soundness.ts';
import { differences } from '../model/tables.ts';
import { IndexUnderTest } from './index-under-test.ts';

const RUNS = 30;
const LIMIT = { numRuns: RUNS };
const MINUTES = 60_000 * 15;

const word = fc.nat(2 ** 32 - 1);
const histories = fc.array(word, { minLength: 20, maxLength: 80 }).map((choices) => history(choices));

async function deliver(told: History, seed: number): Promise<IndexUnderTest> {
  const index = await IndexUnderTest.empty(env.DB);
  await index.take(delivery(told, seed), seed % 3 === 0);
  return index;
}

describe('admission is a fold', () => {
  test('tables equal the model and each other, whatever the order, the repetitions and the batches', async () => {
    await fc.assert(
      fc.asyncProperty(histories, word, word, async (told, one, other) => {
        const model = fold([...told.opening, ...told.events], world());
        const first = await deliver(told, one);
        const tables = await first.read();
        expect(differences(model, tables)).toEqual([]);
        expect(await first.breaches()).toEqual([]);
        expect(differences(tables, await (await deliver(told, other)).read())).toEqual([]);
      }),
      LIMIT,
    );
  }, MINUTES);

  test('a repeated event writes no row', async () => {
    await fc.assert(
      fc.asyncProperty(histories, word, word, async (told, one, other) => {
        const index = await deliver(told, one);
        const again = delivery(told, other).map((batch) =>
          batch.filter((event) => event.kind === 'account' || (event.kind === 'record' && !isRefused(event, world().now))),
        );
        const written = await index.take(again);
        expect(written.map(({ rowsWritten }) => rowsWritten).filter((rows) => rows !== 0)).toEqual([]);
      }),
      { numRuns: Math.ceil(RUNS / 8) },
    );
  }, MINUTES);
});
