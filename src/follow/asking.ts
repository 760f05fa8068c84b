// Work that waits for others: names, account states, proofs. Some of it at once, so that nobody slow holds up the rest.
import { type Alone, ASKING_AT_ONCE, type Guests, type JobRunner } from '../ingest/jobs.ts';
import type { Clock } from '../ports/clock.ts';

export interface AskingDeps {
  jobs: JobRunner;
  clock: Clock;
  log(message: string, facts: Record<string, unknown>): void;
}

/** What is due sooner is not left until somebody happens to look. */
const REMIND_MS = 60_000;
const REMIND_LEAST_MS = 250;

export class Asking {
  private readonly deps: AskingDeps;
  private looking = false;
  private isCalled = false;
  private lanes = 0;
  /** When the next work is due, as of the last look. */
  private due: number | null = null;
  private reminder: ReturnType<typeof setTimeout> | null = null;

  constructor(deps: AskingDeps) {
    this.deps = deps;
  }

  get isBusy(): boolean {
    return this.looking || this.lanes > 0;
  }

  /** Does all that is due, as far as others are not at it already; gives how much that was. */
  async run(alone: Alone, guests: Guests): Promise<number> {
    if (!(await this.look())) return 0;
    let asked = 0;
    const lane = async (): Promise<void> => {
      this.lanes++;
      try {
        while (await this.deps.jobs.runAsking(alone, guests)) asked++;
      } catch (error) {
        this.deps.log('asking others failed', { error: String(error) });
      } finally {
        this.lanes--;
      }
    };
    await Promise.all(Array.from({ length: ASKING_AT_ONCE - this.lanes }, lane));
    return asked;
  }

  /** Whether anything is due. One look for all lanes: on a busy stream there is nothing most of the time. */
  private async look(): Promise<boolean> {
    // What was written since the look that is under way began is not passed over.
    this.isCalled = true;
    if (this.looking) return false;
    this.looking = true;
    try {
      while (this.isCalled) {
        this.isCalled = false;
        this.due = await this.deps.jobs.due();
      }
    } finally {
      this.looking = false;
    }
    return this.due !== null && this.due <= this.deps.clock.now();
  }

  /** Calls back when work falls due within the next minute; once, for the earliest. */
  remind(look: () => void): void {
    const wait = (this.due ?? Number.POSITIVE_INFINITY) - this.deps.clock.now();
    if (this.reminder !== null) clearTimeout(this.reminder);
    // What is overdue has just failed: the next round of the watch looks at it.
    if (wait > 0 && wait < REMIND_MS) this.reminder = setTimeout(look, Math.max(wait, REMIND_LEAST_MS));
  }
}
