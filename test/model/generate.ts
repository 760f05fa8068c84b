/** Histories of two communities: what people and groups do, one step after another, told as the events of their repositories. */
import type { StreamEvent } from '../../src/domain/event.ts';
import * as cast from './cast.ts';
import { Dice } from './dice.ts';
import * as governing from './governing.ts';
import type { Repository } from './repository.ts';
import { Scene, type Telling } from './scene.ts';
import * as writing from './writing.ts';

export interface History {
  /** Makes spaces, posts and authors known; to be delivered first and in this order. */
  opening: StreamEvent[];
  /** To be delivered in whatever order. */
  events: StreamEvent[];
}

const DEFAULTS: Telling = {
  authors: 5,
  pace: 3 * 3_600_000,
  snapshots: true,
  now: cast.NOW,
  sections: cast.SECTIONS,
};

/** Each choice seeds one step, so that a step can be left out and the others stay much the same. */
export function history(choices: readonly number[], telling: Partial<Telling> = {}): History {
  const teller = new Teller({ ...DEFAULTS, ...telling });
  for (const choice of choices) teller.step(new Dice(choice));
  return teller.end();
}

/** As many choices from one seed. */
export function choicesOf(seed: number, count: number): number[] {
  const dice = new Dice(seed);
  return Array.from({ length: count }, () => dice.below(2 ** 32));
}

type Step = (scene: Scene, dice: Dice) => StreamEvent[];

const STEPS: [number, Step][] = [
  [14, writing.post],
  [14, writing.reply],
  [16, writing.like],
  [14, writing.edit],
  [10, writing.remove],
  [5, writing.recreate],
  [6, governing.membership],
  [4, governing.govern],
  [6, governing.account],
  [5, writing.spoil],
  [5, writing.further],
  [3, governing.forge],
];

class Teller {
  private readonly scene: Scene;
  private readonly events: StreamEvent[] = [];
  /** Readers that asked for a repository's rev and have not seen its pages yet. */
  private readonly reading: { repository: Repository; rev: string }[] = [];

  constructor(telling: Telling) {
    this.scene = new Scene(telling);
  }

  step(dice: Dice): void {
    this.scene.goOn(dice);
    if (this.scene.telling.snapshots && dice.once(15)) this.ask(dice);
    else if (this.reading.length > 0 && dice.once(15)) this.read(dice);
    else this.events.push(...dice.weighted(STEPS)(this.scene, dice));
  }

  end(): History {
    return { opening: this.scene.opening, events: this.events };
  }

  private ask(dice: Dice): void {
    const repository = this.scene.repository(this.scene.writer(dice));
    this.reading.push({ repository, rev: repository.head });
  }

  private read(dice: Dice): void {
    for (const { repository, rev } of this.reading.splice(dice.below(this.reading.length), 1)) {
      this.events.push(...repository.snapshot(rev));
    }
  }
}
