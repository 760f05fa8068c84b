// What the object remembers of what it committed: enough to see that the database was restored from an earlier day.
import type { Admission } from '../ingest/admit.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeepPort, Kept } from '../ports/keep.ts';

/** Not more often than this: each time is a row written. */
const EVERY_MS = 1_000;
/** More than can be handed out between two times of keeping. */
const SEQS_BETWEEN = 1_000_000;

interface KeepingDeps {
  keep: KeepPort;
  clock: Clock;
  admission: Pick<Admission, 'raiseSeq' | 'admit'>;
  log(message: string, facts: Record<string, unknown>): void;
}

export class Keeping {
  private readonly deps: KeepingDeps;
  private next: Kept | null = null;
  private keptAt = 0;

  constructor(deps: KeepingDeps) {
    this.deps = deps;
  }

  /** Where the database stands before what was kept, it was restored: the next seq is one that was never handed out. */
  async compare(stream: Kept | null): Promise<void> {
    const { keep, clock, admission, log } = this.deps;
    const kept = await keep.get();
    if (!kept || (stream && kept.seq <= stream.seq)) return;
    log('the database was restored', { stream });
    admission.raiseSeq(kept.seq + SEQS_BETWEEN);
    // What was read from repositories since is lost as well: a gap like any other, though the stream may still tell its part.
    const { instance = '', cursor: fromUs = 0 } = stream ?? {};
    await admission.admit([], { gap: { instance, fromUs, toUs: clock.now() * 1000, reason: 'restored' } });
  }

  /** Keeps the last commit, unless one was kept a moment ago: then the next beat does it. */
  async note(kept: Kept): Promise<void> {
    this.next = kept;
    if (this.deps.clock.now() - this.keptAt >= EVERY_MS) await this.flush();
  }

  async flush(): Promise<void> {
    const kept = this.next;
    if (!kept) return;
    this.next = null;
    this.keptAt = this.deps.clock.now();
    await this.deps.keep.put(kept);
  }
}
