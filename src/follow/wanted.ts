// What is wanted of the stream: whose events are let through, and which collections are asked for.
import { BASE_WANTED } from '../domain/collections.ts';
import type { Admission } from '../ingest/admit.ts';
import { Filter } from './filter.ts';
import type { Queue } from './queue.ts';

export class Wanted {
  private readonly filter = new Filter();
  private readonly admission: Admission;
  private readonly queue: Queue;
  /** Whose records are being fetched or given to `admit`, and not yet in the index. */
  private readonly expected = new Set<string[]>();
  collections: string[] = [];

  constructor(admission: Admission, queue: Queue) {
    this.admission = admission;
    this.queue = queue;
  }

  /** How many the instance has to do with. */
  get known(): number {
    return this.filter.size;
  }

  wants = (raw: string): boolean => this.filter.wants(raw);

  meet: Filter['meet'] = (message) => this.filter.meet(message);

  /**
   * Reads what is known anew; of those who were not known, who is on the way still is let through. True where other collections
   * are to be asked for than before.
   */
  async refresh(): Promise<boolean> {
    const further = await this.admission.furtherCollections();
    const { concerns, spaces } = await this.admission.state();
    const before = this.collections;
    this.collections = [...BASE_WANTED, ...further.all];
    this.filter.update({ known: concerns, spaces: [...spaces.keys()], collections: further.byReference });
    this.filter.relearn(this.onTheirWay());
    return before.length > 0 && before.join() !== this.collections.join();
  }

  /** Until it is taken back, whatever these write or delete is let through. */
  expect = (dids: string[]): (() => void) => {
    for (const did of dids) this.filter.learn(did);
    this.expected.add(dids);
    return () => this.expected.delete(dids);
  };

  /** Whose records are received and not yet in the index. */
  private *onTheirWay(): Iterable<string> {
    yield* this.queue.newcomers;
    for (const dids of this.expected) yield* dids;
  }
}
