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
  private asking = false;
  /** When the next work is due, as of the last look. */
  private due: number | null = null;
  private reminder: ReturnType<typeof setTimeout> | null = null;

  constructor(deps: AskingDeps) {
    this.deps = deps;
  }

  get isBusy(): boolean {
    return this.asking;
  }

  /** Does all that is due; gives how much that was. */
  async run(alone: Alone, guests: Guests): Promise<number> {
    if (this.asking) return 0;
    this.asking = true;
    let asked = 0;
    // One look for all lanes: on a busy stream there is nothing due most of the time.
    this.due = await this.deps.jobs.due().catch(() => 0);
    if (this.due === null || this.due > this.deps.clock.now()) {
      this.asking = false;
      return 0;
    }
    const lane = async (): Promise<void> => {
      while (await this.deps.jobs.runAsking(alone, guests)) asked++;
    };
    try {
      const ends = await Promise.allSettled(Array.from({ length: ASKING_AT_ONCE }, lane));
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed) throw failed.reason;
    } catch (error) {
      this.deps.log('asking others failed', { error: String(error) });
    } finally {
      this.asking = false;
    }
    return asked;
  }

  /** Calls back when work falls due within the next minute; once, for the earliest. */
  remind(look: () => void): void {
    const wait = (this.due ?? Number.POSITIVE_INFINITY) - this.deps.clock.now();
    if (this.reminder !== null) clearTimeout(this.reminder);
    // What is overdue has just failed: the next round of the watch looks at it.
    if (wait > 0 && wait < REMIND_MS) this.reminder = setTimeout(look, Math.max(wait, REMIND_LEAST_MS));
  }
}
