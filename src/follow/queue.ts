// Messages received and not yet admitted. Bounded: when it is full the socket is closed, and nothing is dropped.

import type { Mark } from '../ports/stream.ts';

export interface Queued {
  raw: string;
  /** What was parsed of it, while few wait: many such objects are a burden, and are parsed anew. */
  message: unknown;
  /** Where it stands there; null when it does not say. */
  mark: Mark | null;
  /** Who told it. */
  instance: string;
  /** Its author, when nothing of them is in the index yet. */
  newcomer: string | null;
}

const MAX_MESSAGES = 20_000;
const MAX_LENGTH = 16_000_000;
/** `length` in characters of JSON: a commit's parameters must stay below 1 MB each after escaping. */
export const BATCH = { messages: 1_000, length: 650_000 };

export class Queue {
  private items: Queued[] = [];
  private head = 0;
  private total = 0;
  private readonly counts = new Map<string, number>();
  private readonly coming: string[] = [];

  /** Messages of one instance. */
  countOf(instance: string): number {
    return this.counts.get(instance) ?? 0;
  }

  get length(): number {
    return this.items.length - this.head;
  }

  get isFull(): boolean {
    return this.length >= MAX_MESSAGES || this.total >= MAX_LENGTH;
  }

  /** For a whole batch. */
  get isEnough(): boolean {
    return this.length >= BATCH.messages || this.total >= BATCH.length;
  }

  push(item: Queued): void {
    this.items.push(this.isEnough ? { ...item, message: null } : item);
    this.total += item.raw.length;
    this.counts.set(item.instance, this.countOf(item.instance) + 1);
    if (item.newcomer !== null) this.coming.push(item.newcomer);
  }

  /** The next batch, at most `limit` messages; they stay until `done`. At least one, however long. */
  peek(limit: number): Queued[] {
    let length = 0;
    let end = this.head;
    const last = Math.min(this.items.length, this.head + Math.min(limit, BATCH.messages));
    while (end < last) {
      length += this.items[end]?.raw.length ?? 0;
      if (length > BATCH.length && end > this.head) break;
      end++;
    }
    return this.items.slice(this.head, end);
  }

  /** Of whom nothing is in the index yet, in the order in which they came. */
  get newcomers(): readonly string[] {
    return this.coming;
  }

  done(batch: Queued[]): void {
    let met = 0;
    for (const { raw, instance, newcomer } of batch) {
      this.total -= raw.length;
      if (newcomer !== null) met++;
      this.counts.set(instance, this.countOf(instance) - 1);
    }
    this.coming.splice(0, met);
    this.head += batch.length;
    if (this.head === this.items.length || this.head > 10_000) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
  }
}

/** Where the last message of a batch stands that says so. */
export const lastMark = (batch: Queued[]): Mark | null => batch.findLast(({ mark }) => mark !== null)?.mark ?? null;
