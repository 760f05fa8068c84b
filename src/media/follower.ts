// One who reads a blob while it is being fetched. Whoever is too slow for the fetch goes on from the store when it is there,
// so that nobody holds up the others and nothing heaps up.
import type { ByteRange } from '../ports/media.ts';

/** How far a reader may lag behind before it is let go. The pieces are the same for all readers. */
const MOST_LAG = 4_000_000;

/** The rest of a blob that is kept by now. */
export type FromStore = (range: ByteRange) => Promise<ReadableStream<Uint8Array> | null>;

export class Follower {
  readonly body: ReadableStream<Uint8Array>;
  private readonly queue: Uint8Array[] = [];
  private queued = 0;
  private position = 0;
  private behind = false;
  private over: { size: number } | { broken: Error } | null = null;
  private rest: ReadableStreamDefaultReader<Uint8Array> | null = null;
  private wake: () => void = () => undefined;
  private gone = false;
  private readonly fromStore: FromStore;

  constructor(fromStore: FromStore) {
    this.fromStore = fromStore;
    this.body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => this.pull(controller),
        cancel: () => {
          this.gone = true;
          this.queue.length = 0;
        },
      },
      { highWaterMark: 0 },
    );
  }

  offer(chunk: Uint8Array): void {
    if (this.behind || this.gone) return;
    if (this.queued + chunk.length > MOST_LAG) {
      this.behind = true;
      return;
    }
    this.queue.push(chunk);
    this.queued += chunk.length;
    this.wake();
  }

  /** All was fetched, proven and kept. */
  finish(size: number): void {
    this.over ??= { size };
    this.wake();
  }

  break(error: Error): void {
    this.over ??= { broken: error };
    this.queue.length = 0;
    this.wake();
  }

  private async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    for (;;) {
      const chunk = this.queue.shift();
      if (chunk) {
        this.queued -= chunk.length;
        this.position += chunk.length;
        return controller.enqueue(chunk);
      }
      if (this.over && 'broken' in this.over) return controller.error(this.over.broken);
      if (this.over) return this.last(controller, this.over.size);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  private async last(controller: ReadableStreamDefaultController<Uint8Array>, size: number): Promise<void> {
    if (this.position >= size) return controller.close();
    this.rest ??= (await this.fromStore({ start: this.position, end: size - 1 }))?.getReader() ?? null;
    const part = await this.rest?.read();
    if (!part || part.done) return controller.error(new Error('the store has not all of it'));
    this.position += part.value.length;
    controller.enqueue(part.value);
  }
}
