/** The stream's instances of one script: all that run tell the same. */
import type { FaultChanges } from '../network/jetstream/faults.ts';
import type { Jetstream } from '../network/jetstream/server.ts';
import type { Message } from '../network/jetstream/wire.ts';
import type { Coverage } from './coverage.ts';

const HOUR_MS = 3_600_000;

export class Streams {
  private readonly all: readonly Jetstream[];
  private readonly running: Set<Jetstream>;
  private readonly coverage: Coverage;

  constructor(all: readonly Jetstream[], coverage: Coverage) {
    this.all = all;
    this.running = new Set(all);
    this.coverage = coverage;
  }

  inject(messages: Message[]): void {
    for (const stream of this.running) stream.inject(messages);
  }

  trouble(changes: FaultChanges): void {
    for (const { faults } of this.running) faults.set(changes);
  }

  calm(): void {
    for (const { faults } of this.running) faults.clear();
  }

  get connections(): number {
    return this.all.reduce((sum, { counters }) => sum + counters.connections, 0);
  }

  get open(): number {
    return this.all.reduce((sum, { counters }) => sum + counters.open, 0);
  }

  /** Whether a committed cursor is at the last that was told. One from the future has been set here, and nothing is committed yet. */
  isEnd(instance: unknown, cursor: number): boolean {
    const last = [...this.running].find(({ url }) => url === instance)?.feed.log.lastTimeUs();
    return last !== undefined && cursor >= last && cursor < (Date.now() + HOUR_MS) * 1000;
  }

  /** Whether there is another instance to go over to. */
  get hasOther(): boolean {
    return this.running.size > 1;
  }

  /** The first instance hears of nothing more; what is given back ends it. */
  leaveFirst(): () => Promise<void> {
    const [first] = this.running;
    if (first) this.running.delete(first);
    return async () => {
      if (first) await this.close(first);
    };
  }

  async stop(): Promise<void> {
    for (const stream of this.running) await this.close(stream);
  }

  private async close(stream: Jetstream): Promise<void> {
    const { fired } = stream.faults;
    const { coverage } = this;
    coverage.count('reconnect mid-batch', fired.drop);
    coverage.count('reset mid-batch', fired.kill);
    coverage.count('stalled connection', fired.stall);
    coverage.count('replayed and duplicate events', fired.duplicate);
    coverage.count('other order across authors', fired.reorder);
    coverage.count('malformed frames', fired.malformed);
    coverage.count('oversized frames', fired.oversized);
    coverage.count('cursor clamped', fired.clamp);
    this.running.delete(stream);
    await stream.stop();
  }
}
