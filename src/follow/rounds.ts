// Repositories that are on no stream are asked for their rev in turn: those that changed are read again.
import type { KnownRepository } from '../db/sources.ts';
import type { StreamEvent } from '../domain/event.ts';
import type { Did } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { PdsPort } from '../ports/pds.ts';
import { backoffMs } from './position.ts';

export interface RoundsDeps {
  pds: PdsPort;
  clock: Clock;
  random(): number;
  /** How often each is asked. */
  everyMs: number;
  reread(dids: Did[]): Promise<unknown>;
  admit(events: StreamEvent[]): Promise<unknown>;
}

/** Questions that wait for their answers at the same time. */
const AT_ONCE = 4;
/** A server that fails so often in a row is left until a later round. */
const GIVE_UP_AFTER = 3;

const ASK_ANEW_MS = 3_600_000;

interface Trouble {
  failures: number;
  retryAt: number;
}

export class Rounds {
  private readonly deps: RoundsDeps;
  private readonly troubles = new Map<string, Trouble>();
  private dueAt = 0;
  isRunning = false;

  constructor(deps: RoundsDeps) {
    this.deps = deps;
  }

  get isDue(): boolean {
    return this.deps.clock.now() >= this.dueAt;
  }

  /** A round for all that are on no stream begins. */
  begin(): void {
    this.dueAt = this.deps.clock.now() + this.deps.everyMs;
  }

  /** Gives the servers of which everyone was asked. */
  async run(repositories: KnownRepository[]): Promise<Set<string>> {
    const left = new Map<string, number>();
    for (const { pds } of repositories) left.set(pds, (left.get(pds) ?? 0) + 1);
    const waiting = [...repositories];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        if (await this.look(next)) left.set(next.pds, (left.get(next.pds) ?? 0) - 1);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return new Set([...left].flatMap(([pds, open]) => (open === 0 ? [pds] : [])));
  }

  /** Whether there was an answer, and all that follows from it is in the index or asked for. */
  private async look(repository: KnownRepository): Promise<boolean> {
    const { clock, random } = this.deps;
    const trouble = this.troubles.get(repository.pds);
    if (trouble && trouble.failures >= GIVE_UP_AFTER && clock.now() < trouble.retryAt) return false;
    try {
      await this.compare(repository);
      this.troubles.delete(repository.pds);
      return true;
    } catch {
      // The server's failure, or its answer for this account: either is asked for again.
      const failures = (this.troubles.get(repository.pds)?.failures ?? 0) + 1;
      this.troubles.set(repository.pds, { failures, retryAt: clock.now() + backoffMs(failures, random()) });
      return false;
    }
  }

  private async compare({ did, pds, rev, status, resolvedAt }: KnownRepository): Promise<void> {
    const { reread, admit, clock } = this.deps;
    const latest = await this.deps.pds.latestRev(pds, did);
    // Only then, and for those held to be inactive, is there anything to learn of the account.
    const said = latest === null || status !== 'active' ? await this.deps.pds.repoStatus(pds, did) : status;
    if (said !== status) await admit([{ kind: 'account', did, status: said, at: clock.now() }]);
    // One who is not there may live somewhere else by now.
    const isLeft = latest === null && (said !== status || clock.now() - resolvedAt > ASK_ANEW_MS);
    if (isLeft) await admit([{ kind: 'identity', did }]);
    if (latest !== null && latest !== rev) await reread([did]);
  }
}
