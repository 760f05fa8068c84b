/** A deliberate bug that fits the source no more would show nothing. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HASTE } from './alterations.ts';
import { MUTANTS } from './mutants.ts';

test('every alteration of the source finds its passage, once', () => {
  const stale = [...MUTANTS, ...HASTE].filter(({ file, find }) => readFileSync(file, 'utf8').split(find).length !== 2);
  expect(stale).toEqual([]);
});
