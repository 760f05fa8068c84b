// What is remembered for a time by one isolate. Values only: in workerd a promise that one request began cannot be awaited by another.
import type { Clock } from '../ports/clock.ts';

interface Entry<V> {
  value: V;
  until: number;
}

/** Bounded: the entry that was put longest ago makes room. */
export class Expiring<V> {
  private readonly entries = new Map<string, Entry<V>>();
  private readonly clock: Clock;
  private readonly most: number;

  constructor(clock: Clock, most: number) {
    this.clock = clock;
    this.most = most;
  }

  get(key: string): V | undefined {
    const entry = this.entries.get(key);
    return entry && entry.until > this.clock.now() ? entry.value : undefined;
  }

  put(key: string, value: V, ms: number): void {
    this.entries.delete(key);
    this.entries.set(key, { value, until: this.clock.now() + ms });
    const [oldest] = this.entries.keys();
    if (this.entries.size > this.most && oldest !== undefined) this.entries.delete(oldest);
  }
}
