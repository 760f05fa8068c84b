/** Chance that can be told again: everything drawn from one seed is the same each time. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to 1, without 1 (mulberry32). */
  roll(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to `end`, without `end`. */
  below(end: number): number {
    return Math.floor(this.roll() * end);
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  one<T>(of: readonly T[]): T {
    if (of.length === 0) throw new RangeError('nothing to choose from');
    return of[this.below(of.length)] as T;
  }

  /** One of them by weight. */
  weighted<T>(of: readonly (readonly [number, T])[]): T {
    let rest = this.roll() * of.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of of) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return (of.at(-1) as readonly [number, T])[1];
  }

  shuffled<T>(of: readonly T[]): T[] {
    const mixed = [...of];
    for (let last = mixed.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
    }
    return mixed;
  }
}
