// What the object remembers of what it committed: enough to see that the database was restored from an earlier day.
import type { Clock } from '../ports/clock.ts';
import type { KeepPort, Kept } from '../ports/keep.ts';

/** Not more often than this: each time is a row written. */
const EVERY_MS = 1_000;
/** More than can be handed out between two times of keeping. */
const SEQS_BETWEEN = 1_000_000;

export class Keeping {
  private readonly port: KeepPort;
  private readonly clock: Clock;
  private next: Kept | null = null;
  private keptAt = 0;

  constructor(port: KeepPort, clock: Clock) {
    this.port = port;
    this.clock = clock;
  }

  /** When the database stands before what was kept: from which seq on none was ever handed out. Null when it was not restored. */
  async restoredFrom(stream: { seq: number } | null): Promise<number | null> {
    const kept = await this.port.get();
    return kept && (!stream || kept.seq > stream.seq) ? kept.seq + SEQS_BETWEEN : null;
  }

  /** Keeps the last commit, unless one was kept a moment ago: then the next beat does it. */
  async note(kept: Kept): Promise<void> {
    this.next = kept;
    if (this.clock.now() - this.keptAt >= EVERY_MS) await this.flush();
  }

  async flush(): Promise<void> {
    const kept = this.next;
    if (!kept) return;
    this.next = null;
    this.keptAt = this.clock.now();
    await this.port.put(kept);
  }
}
