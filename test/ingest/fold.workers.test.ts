/** Whatever way a history reaches the index, the tables hold what the independent model says. */
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StreamEvent } from '../../src/domain/event.ts';
import { world } from '../model/cast.ts';
import { delivery } from '../model/delivery.ts';
import { type History, history } from '../model/generate.ts';
import { fold } from '../model/model.ts';
import { narrate } from '../model/narrate.ts';
import type { Index } from '../model/nouns.ts';
import { isRefused } from '../model/soundness.ts';
import { differences } from '../model/tables.ts';
import { assignSpaces, type Version } from '../model/versions.ts';
import { IndexUnderTest } from './index-under-test.ts';

/** `VITE_FOLD_RUNS=5000 npx vitest ... fold` for a long look. */
const RUNS = Number((import.meta as { env?: Record<string, string> }).env?.VITE_FOLD_RUNS ?? 60);
const LONG = 60_000 + RUNS * 1000;

const word = fc.nat(2 ** 32 - 1);
const choices = fc.array(word, { minLength: 1, maxLength: 80, size: 'max' });

interface Delivered {
  index: IndexUnderTest;
  tables: Index;
}

async function deliver(told: History, seed: number): Promise<Delivered> {
  const index = await IndexUnderTest.empty(env.DB);
  const batches = delivery(told, seed);
  await index.take(batches, seed % 3 === 0);
  const tables = await index.read();
  const model = fold([...told.opening, ...told.events], world());
  blame([...differences(model, tables), ...(await index.breaches())], batches);
  return { index, tables };
}

/** A counterexample that can be read: what is wrong, and what was told. */
function blame(wrong: string[], batches: StreamEvent[][]): void {
  if (wrong.length > 0) throw new Error([...wrong, narrate(batches)].join('\n'));
}

/**
 * Not what is refused, which is counted each time; nor records of which some creation belongs nowhere here: that leaves no
 * trace where nothing is stored, and one where something is.
 */
function repeatable({ opening, events }: History): Set<StreamEvent> {
  const all = [...opening, ...events];
  const sound = all.filter((event) => event.kind === 'record').filter((event) => !isRefused(event, world().now));
  const plain = [...assignSpaces(sound, world()).values()].filter((versions) => !versions.some(isCreatedNowhere));
  return new Set([...all.filter(({ kind }) => kind === 'account'), ...plain.flat().map(({ event }) => event)]);
}

const isCreatedNowhere = ({ space, event }: Version): boolean => space === null && event.operation === 'create';

describe('admission is a fold', () => {
  test(
    'tables equal the model and each other, whatever the order, the repetitions and the batches',
    async () => {
      const property = fc.asyncProperty(choices, word, word, async (chosen, one, other) => {
        const told = history(chosen);
        const first = await deliver(told, one);
        const second = await deliver(told, other);
        expect(differences(first.tables, second.tables)).toEqual([]);
      });
      await fc.assert(property, { numRuns: RUNS });
    },
    LONG,
  );

  test(
    'a repeated event writes no row',
    async () => {
      const property = fc.asyncProperty(choices, word, word, async (chosen, one, other) => {
        const told = history(chosen);
        const { index } = await deliver(told, one);
        const may = repeatable(told);
        const again = delivery(told, other).map((batch) => batch.filter((event) => may.has(event)));
        const written = await index.take(again);
        const [loud] = again.filter((_, number) => written[number]?.rowsWritten !== 0);
        blame(loud ? ['rows were written by this batch'] : [], loud ? [loud] : []);
      });
      await fc.assert(property, { numRuns: Math.ceil(RUNS / 8) });
    },
    LONG,
  );
});
