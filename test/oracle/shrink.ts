/** A script that diverges, cut down to one that still does. */
import type { Script, Step } from './script.ts';

/** Whether a script still diverges: each asking is a run. */
export type Diverges = (script: Script) => Promise<boolean>;

const MOST_RUNS = 120;

/** The opening, and the quiet point after it: without them hardly anything belongs anywhere. */
const KEPT = 2;

/** Steps go first, in halves, quarters and so on; then the events within those that are left. */
export async function shrink(script: Script, diverges: Diverges): Promise<Script> {
  let runs = 0;
  const opening = script.steps.slice(0, KEPT);
  const holds = (steps: Step[]): Promise<boolean> =>
    ++runs > MOST_RUNS ? Promise.resolve(false) : diverges({ ...script, steps: [...opening, ...steps] });
  let steps = await fewer(script.steps.slice(KEPT), holds);
  for (const step of [...steps]) {
    if (!('events' in step) || step.do === 'account') continue;
    const within = (events: Step[]): Step[] =>
      steps.map((one) => (one === step ? ({ ...step, events } as never) : one));
    const events = await fewer(step.events as never[], (some) => holds(within(some)));
    const at = steps.indexOf(step);
    steps = steps.with(at, { ...step, events } as Step);
  }
  return { ...script, steps: [...opening, ...(await fewer(steps, holds))] };
}

async function fewer<T>(all: T[], holds: (some: T[]) => Promise<boolean>): Promise<T[]> {
  let left = all;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < left.length; ) {
      const without = left.toSpliced(at, size);
      if (without.length < left.length && (await holds(without))) left = without;
      else at += size;
    }
  }
  return left;
}
