// While the stream is busy more is on its way, and a large batch costs little more than a small one: it is waited for, for a moment.
import type { Queue } from './queue.ts';

/** Milliseconds between looks at whether more comes. */
const LOOKS_MS = [5, 5, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10];

export class Gathering {
  private readonly queue: Queue;
  private end: () => void = () => undefined;

  constructor(queue: Queue) {
    this.queue = queue;
  }

  /** Until there is enough for a batch, nothing more comes, or it took long enough. */
  async gather(received: () => number): Promise<void> {
    let before = -1;
    for (const ms of LOOKS_MS) {
      if (this.queue.isEnough || received() === before) return;
      before = received();
      await this.pause(ms);
    }
  }

  /** Something came. On a busy socket timers come late: what is enough is not left to them. */
  noted(): void {
    if (this.queue.isEnough) this.end();
  }

  private pause(ms: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.end = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}
