/** From a seed a script: authors, spaces and accounts at work, and what goes wrong meanwhile. */
import { givesPower } from '../../src/domain/collections.ts';
import type { StreamEvent } from '../../src/domain/event.ts';
import * as cast from '../model/cast.ts';
import { late } from '../model/delivery.ts';
import { Dice } from '../model/dice.ts';
import * as governing from '../model/governing.ts';
import { Scene } from '../model/scene.ts';
import * as writing from '../model/writing.ts';
import * as accounts from './acts/accounts.ts';
import * as faults from './acts/faults.ts';
import * as people from './acts/people.ts';
import type { Script, Step } from './script.ts';

const AUTHORS = 5;
const ROUNDS = 3;
/** Long enough for a batch to be committed before the next one comes. */
export const PAUSE_MS = 25;
const PACE_MS = 3 * 3_600_000;

type Write = (scene: Scene, dice: Dice) => StreamEvent[];

const WRITES: [number, Write][] = [
  [14, writing.post],
  [14, writing.reply],
  [16, writing.like],
  [6, people.likeAgain],
  [14, writing.edit],
  [10, writing.remove],
  [5, writing.recreate],
  [6, governing.membership],
  [3, governing.govern],
  [2, people.relayPolicy],
  [5, writing.spoil],
  [5, writing.further],
  [2, people.undated],
  [2, people.circle],
  [3, governing.forge],
];

/** What a script cannot have beside each other: what was lost must not be told again, nor what a removed space had forgotten. */
const THEMES = ['loss', 'switch', 'removal', 'expiry'] as const;
export type Theme = (typeof THEMES)[number];

type Act = (simulator: Simulator) => Step[];

const ACTS: [number, Act][] = [
  [10, (it) => [{ do: 'tell', events: it.some(), ...(it.dice.once(3) ? { pause: PAUSE_MS } : {}) }]],
  [9, faults.troubledStream],
  [10, faults.failingWrites],
  [2, faults.failingProof],
  [4, faults.away],
  [4, faults.junk],
  [4, faults.forgery],
  [1, faults.flood],
  [1, faults.silence],
  [0.6, faults.stall],
  [8, (it) => accounts.account(it)],
  [3, accounts.leaving],
  [2, accounts.outOfOrder],
  [3, people.identity],
  [3, people.snapshot],
  [2, people.newcomer],
  [2, people.early],
  [5, faults.ofTheme],
];

export class Simulator {
  readonly dice: Dice;
  readonly scene: Scene;
  readonly theme: Theme;
  readonly standing = new accounts.Accounts();
  readonly people = new people.Directory();
  newcomers = 0;
  hasSwitched = false;
  /** All that the stream has told, but for what it lost. */
  private readonly told: StreamEvent[] = [];
  /** What comes later than it was written. */
  private held: StreamEvent[] = [];

  constructor(seed: number, now: number) {
    this.dice = new Dice(seed);
    this.theme = THEMES[seed % THEMES.length] as Theme;
    this.scene = new Scene({ authors: AUTHORS, pace: PACE_MS, snapshots: false, now, sections: cast.SECTIONS });
  }

  script(seed: number): Script {
    const opening = this.tell([...this.scene.opening, ...people.openDoors(this)]);
    const steps: Step[] = [{ do: 'tell', events: opening }, { do: 'quiet' }];
    for (let round = 0; round < ROUNDS; round++) {
      for (let acts = 4 + this.dice.below(4); acts > 0; acts--) steps.push(...this.dice.weighted(ACTS)(this));
      steps.push({ do: 'quiet' });
    }
    if (this.theme === 'removal') steps.push(...people.removal(this), { do: 'quiet' });
    return { seed, hasOther: this.theme === 'switch', steps };
  }

  /** What is written in a few steps of the scene. */
  written(most = 14): StreamEvent[] {
    const events: StreamEvent[] = [];
    for (let steps = 1 + this.dice.below(most); steps > 0; steps--) {
      this.scene.goOn(this.dice);
      events.push(...this.dice.weighted(WRITES)(this.scene, this.dice));
    }
    return events;
  }

  /** What the stream tells next: mostly what was just written; some is late, some told before. */
  some(most = 14): StreamEvent[] {
    const { dice } = this;
    const [now, later] = [[] as StreamEvent[], [] as StreamEvent[]];
    for (const event of this.written(most)) (dice.once(7) && !isPower(event) ? later : now).push(event);
    for (const event of this.held.splice(0)) (dice.once(2) ? later : now).push(event);
    this.held = later;
    if (dice.once(3)) now.push(dice.one(this.told));
    this.told.push(...now);
    if (dice.once(3)) return dice.shuffled(now);
    return dice.once(3) ? late(now, dice, 4) : now;
  }

  /** What was late comes at last. */
  heldBack(): StreamEvent[] {
    const events = this.held.splice(0);
    this.told.push(...events);
    return events;
  }

  /** Remembered as told, so that it may be told again. */
  tell(events: StreamEvent[]): StreamEvent[] {
    this.told.push(...events);
    return events;
  }
}

/**
 * Of what gives power a repository shows how it stands at its last rev: the stream cannot tell the one and be silent on the other.
 */
export const isPower = (event: StreamEvent): boolean => event.kind === 'record' && givesPower(event.collection);

export const simulate = (seed: number, now: number): Script => new Simulator(seed, now).script(seed);
