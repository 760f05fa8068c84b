/** Plays a script, and gives what differed from the model at the first quiet point where anything did. */
import type { StreamEvent } from '../../src/domain/event.ts';
import { withTrueCids } from '../flow/signing.ts';
import type { Coverage } from './coverage.ts';
import { judge } from './judge.ts';
import type { Rig } from './rig.ts';
import type { Of, Script, Step } from './script.ts';
import { NotQuiet, Stage } from './stage.ts';
import * as people from './steps/people.ts';
import * as stream from './steps/stream.ts';

export interface Result {
  wrong: string[];
  /** The step at which it showed. */
  at: number;
  /** It did not come to rest: nothing was compared. */
  isUnrest: boolean;
  coverage: Coverage;
}

const PATIENCE_MS = 10_000;

type Kind = Exclude<Step['do'], 'quiet'>;

const PLAYS: { [K in Kind]: (stage: Stage, step: Of<K>) => Promise<void> | void } = {
  ...{ tell: stream.tell, away: stream.away, lose: stream.lose, stall: stream.stall, silence: stream.silence },
  ...{
    snapshot: stream.snapshot,
    junk: stream.junk,
    forge: stream.forge,
    flood: stream.flood,
    switch: stream.switchOver,
  },
  ...{ account: people.account, word: people.word, slow: people.slow, identity: people.identity },
  ...{ 'remove-space': people.removeSpace, 'add-space': people.addSpace },
};

export async function runScript(rig: Rig, script: Script, patienceMs = PATIENCE_MS): Promise<Result> {
  const stage = new Stage(rig, await rig.startStreams(script.hasOther ? 2 : 1), patienceMs);
  const { coverage } = stage;
  try {
    await stage.begin();
    for (const [at, step] of (await trueCids(script.steps)).entries()) {
      const { wrong, isUnrest } = await play(stage, step);
      coverage.countStep(step);
      if (wrong.length > 0) return { wrong, at, isUnrest, coverage };
    }
    return { wrong: [], at: script.steps.length, isUnrest: false, coverage };
  } finally {
    await stage.end();
  }
}

/** What gives power is proven by its CID: there each has the one that its record has. */
async function trueCids(steps: Step[]): Promise<Step[]> {
  const events: StreamEvent[] = steps.flatMap((step) => ('events' in step ? step.events : []));
  const truly = await withTrueCids(events);
  const by = new Map(events.map((event, n) => [event, truly[n]]));
  return steps.map((step) =>
    'events' in step ? ({ ...step, events: step.events.map((event) => by.get(event)) } as Step) : step,
  );
}

/** What is wrong after the step; only quiet points are looked at. */
async function play(stage: Stage, step: Step): Promise<Pick<Result, 'wrong' | 'isUnrest'>> {
  try {
    if (step.do === 'quiet') {
      await stage.quiet();
      stage.rig.servers.delayMs = 0;
      stage.turn++;
      return { wrong: await judge(stage), isUnrest: false };
    }
    // The table is typed kind by kind; here a kind and its own step are put together again.
    await PLAYS[step.do](stage, step as never);
    return { wrong: [], isUnrest: false };
  } catch (error) {
    if (error instanceof NotQuiet) return { wrong: [error.message], isUnrest: true };
    throw error;
  }
}
