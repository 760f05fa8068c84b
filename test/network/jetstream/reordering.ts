/**
 * The order in which a faulty server tells its log. It is decided once per place and then kept for every
 * connection: a consumer that resumes at an inclusive cursor must find the same order, or would miss messages.
 */
import type { EventLog } from './log.ts';

export class Reordering {
  private readonly numberAt = new Map<number, number>();

  constructor(private readonly log: EventLog) {}

  get isPlain(): boolean {
    return this.numberAt.size === 0;
  }

  isDecided(position: number): boolean {
    return this.numberAt.has(position);
  }

  /** The number of the message told at a position. */
  at(position: number): number {
    return this.numberAt.get(position) ?? position;
  }

  /** How many places of a window from here on are filled and open to change. */
  open(position: number, window: number): number {
    let end = position;
    while (end < this.log.length && end < position + window && !this.isDecided(end)) end++;
    return end - position;
  }

  /**
   * Puts the authors of `count` messages in the opposite order.
   * @returns whether that changed anything
   */
  decide(position: number, count: number): boolean {
    const byAuthor = new Map<string, number[]>();
    for (let number = position; number < position + count; number++) {
      const did = this.log.did(number) ?? '';
      const numbers = byAuthor.get(did) ?? [];
      numbers.push(number);
      byAuthor.set(did, numbers);
    }
    const told = [...byAuthor.values()].reverse().flat();
    for (const [offset, number] of told.entries()) this.numberAt.set(position + offset, number);
    return byAuthor.size > 1;
  }
}
