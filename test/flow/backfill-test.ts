/** `npm run backfill-test`: 300 repositories, 100 with records of a space, read through twenty kills and after a gap. */
import { parseArgs } from 'node:util';
import { backfillTest } from './backfill.ts';

const { values } = parseArgs({
  options: {
    ...{ repositories: { type: 'string' }, ours: { type: 'string' }, records: { type: 'string' } },
    ...{ kills: { type: 'string' }, seed: { type: 'string' } },
  },
});
const number = (text: string | undefined, fallback: number): number => (text === undefined ? fallback : Number(text));
const log = (line: string): void => void process.stdout.write(`${line}\n`);
const began = Date.now();
const { killedAt, repositories, wrong } = await backfillTest({
  ...{ repositories: number(values.repositories, 300), ours: number(values.ours, 100) },
  ...{ recordsEach: number(values.records, 20), kills: number(values.kills, 20), seed: number(values.seed, 1), log },
});
for (const line of wrong.slice(0, 30)) log(`wrong: ${line}`);
const early = killedAt.filter((read) => read < repositories);
log(`${early.length} kills fell within the reading; ${Math.round((Date.now() - began) / 1000)} s`);
const failed = killedAt.length - early.length + (wrong.length > 0 ? 1 : 0);
process.exitCode = failed > 0 ? 1 : 0;
log(`${killedAt.length + 1 - failed} passed, ${failed} failed`);
