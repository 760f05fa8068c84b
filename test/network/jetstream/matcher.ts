/** Judges which lines of the log one subscriber wants. */
import { type EventLog, NO_COLLECTION } from './log.ts';
import { type Filter, wantsCollection } from './options.ts';

export class Matcher {
  readonly wantsAll: boolean;
  private readonly verdicts: boolean[] = [];

  constructor(
    private readonly log: EventLog,
    private readonly filter: Filter,
  ) {
    const { collections, dids, maxMessageSizeBytes } = filter;
    this.wantsAll = collections === undefined && dids === undefined && maxMessageSizeBytes === 0;
  }

  wants(number: number): boolean {
    const { dids, maxMessageSizeBytes } = this.filter;
    if (!this.wantsCollection(this.log.collection(number))) return false;
    if (dids !== undefined && !dids.has(this.log.did(number) ?? '')) return false;
    return maxMessageSizeBytes === 0 || this.log.lineLength(number) <= maxMessageSizeBytes;
  }

  /** Each collection is judged once per filter; everything but commits passes whatever the filter. */
  private wantsCollection(collection: number): boolean {
    const { collections } = this.filter;
    if (collections === undefined || collection === NO_COLLECTION) return true;
    const known = this.verdicts[collection];
    if (known !== undefined) return known;
    const verdict = wantsCollection(collections, this.log.collections[collection] ?? '');
    this.verdicts[collection] = verdict;
    return verdict;
  }
}
