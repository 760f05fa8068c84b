/** Many scripts, each against the model; and deliberate bugs, each to be caught by a few scripts. */
import { type Alteration, Stale } from './alterations.ts';
import { Coverage, type FaultKind } from './coverage.ts';
import type { Mutant } from './mutants/mutant.ts';
import { type Rig, startRig } from './rig.ts';
import { type Result, runScript } from './run.ts';
import type { Script } from './script.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

export interface CampaignOptions {
  from: number;
  seeds: number;
  /** A line about what happened. */
  log(line: string): void;
}

export interface CampaignResult {
  /** Seeds without divergence. */
  passed: number;
  diverged: { seed: number; wrong: string[]; script: Script }[];
  coverage: Coverage;
  missing: FaultKind[];
}

/** So many divergences are cut down to small scripts. */
const SHRUNK = 3;
const TOLD = 12;
const IMPATIENCE_MS = 5_000;

export async function campaign({ from, seeds, log }: CampaignOptions): Promise<CampaignResult> {
  const result: CampaignResult = { passed: 0, diverged: [], coverage: new Coverage(), missing: [] };
  const rig = await startRig();
  try {
    for (let seed = from; seed < from + seeds; seed++) {
      const began = Date.now();
      const script = simulate(seed, began);
      const { wrong, at, coverage } = await runScript(rig, script);
      result.coverage.add(coverage);
      if (wrong.length === 0) {
        result.passed++;
        log(`seed ${seed}: ${script.steps.length} steps, ${Date.now() - began} ms`);
        continue;
      }
      log(`seed ${seed} diverges at step ${at} of ${script.steps.length}:`);
      for (const line of wrong.slice(0, TOLD)) log(`  ${line}`);
      const small = result.diverged.length < SHRUNK ? await shrunk(rig, script, at, wrong) : script;
      result.diverged.push({ seed, wrong, script: small });
    }
  } finally {
    await rig.stop();
  }
  result.missing = result.coverage.missing;
  return result;
}

/** What comes after the divergence has no part in it; one that shows otherwise is another one. */
const shrunk = (rig: Rig, script: Script, at: number, wrong: string[]): Promise<Script> =>
  shrink({ ...script, steps: script.steps.slice(0, at + 1) }, async (less) => {
    const again = await runScript(rig, less, IMPATIENCE_MS);
    return again.wrong.some((line) => wrong.includes(line));
  });

export async function replay(script: Script): Promise<string[]> {
  const rig = await startRig();
  try {
    return (await runScript(rig, script)).wrong;
  } finally {
    await rig.stop();
  }
}

export type Verdict =
  | { mutant: Mutant; is: 'caught'; seed: number; wrong: string }
  | { mutant: Mutant; is: 'survived' | 'stale' };

/** @param seeds that are tried until one of them diverges */
export async function hunt(mutant: Mutant, seeds: readonly number[]): Promise<Verdict> {
  const { file, find, replace }: Alteration = mutant;
  try {
    const rig = await startRig([{ file, find, replace }]);
    try {
      for (const seed of seeds) {
        const run = async (): Promise<Result> => runScript(rig, simulate(seed, Date.now()), IMPATIENCE_MS);
        let result = await run();
        // A machine that is too busy must not pass for a bug that was caught.
        if (result.isUnrest) result = await run();
        const [wrong] = result.wrong;
        if (wrong !== undefined) return { mutant, is: 'caught', seed, wrong };
      }
      return { mutant, is: 'survived' };
    } finally {
      await rig.stop();
    }
  } catch (error) {
    if (error instanceof Stale) return { mutant, is: 'stale' };
    throw error;
  }
}
