/**
 * `npm run oracle -- --seeds 200`: what the real indexer holds and shows, beside the model, whatever goes wrong meanwhile.
 * `--from 1` begins at another seed; `--script file` does again what a divergence printed; `--mutants` builds deliberate bugs,
 * each of which must be caught, and `--mutants --only words` those whose names hold the words.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { campaign, hunt, replay } from './campaign.ts';
import { MUTANTS } from './mutants.ts';
import type { Script } from './script.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string' },
    script: { type: 'string' },
    mutants: { type: 'boolean' },
    only: { type: 'string' },
  },
});

function number(name: 'seeds' | 'from', fallback: number): number {
  const value = values[name] ?? String(fallback);
  if (!/^\d+$/.test(value)) throw new TypeError(`--${name} must be a whole number, not ${value}`);
  return Number(value);
}

const log = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

interface Counts {
  passed: number;
  failed: number;
}

async function seeds(): Promise<Counts> {
  const began = Date.now();
  const count = number('seeds', 20);
  const { passed, diverged, coverage, missing } = await campaign({ from: number('from', 1), seeds: count, log });
  for (const { seed, script } of diverged) {
    const file = join(tmpdir(), `oracle-${seed}.json`);
    writeFileSync(file, JSON.stringify(script));
    log(`seed ${seed} in ${script.steps.length} steps, for --script ${file}:`);
    log(JSON.stringify(script));
  }
  log(`what was survived, in ${passed} of ${count} seeds and ${seconds(began)}:`);
  for (const line of coverage.table()) log(line);
  for (const kind of missing) log(`never happened: ${kind}`);
  return { passed, failed: diverged.length + missing.length };
}

async function mutants(): Promise<Counts> {
  const counts = { passed: 0, failed: 0 };
  const tried = Array.from({ length: number('seeds', 40) }, (_, n) => number('from', 1) + n);
  for (const mutant of MUTANTS.filter(({ name }) => name.includes(values.only ?? ''))) {
    const began = Date.now();
    const verdict = await hunt(mutant, tried);
    const how = verdict.is === 'caught' ? `seed ${verdict.seed}: ${verdict.wrong.slice(0, 160)}` : '';
    log(`${verdict.is.padEnd(8)} ${mutant.name} (${seconds(began)}) ${how}`);
    counts[verdict.is === 'caught' ? 'passed' : 'failed']++;
  }
  return counts;
}

async function script(file: string): Promise<Counts> {
  const wrong = await replay(JSON.parse(readFileSync(file, 'utf8')) as Script);
  for (const line of wrong) log(line);
  return wrong.length > 0 ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 };
}

const { passed, failed } = await (values.script === undefined
  ? values.mutants
    ? mutants()
    : seeds()
  : script(values.script));
process.exitCode = failed > 0 ? 1 : 0;
log(`${passed} passed, ${failed} failed`);
