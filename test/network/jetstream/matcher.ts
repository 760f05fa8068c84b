/** Judges which lines of the log one subscriber wants. */
import { type EventLog, NO_COLLECTION } from './log.ts';
import { type Filter, wantsCollection } from './options.ts';

export class Matcher {
  private readonly isUnlimited: boolean;
  private readonly verdicts: boolean[] = [];

  constructor(
    private readonly log: EventLog,
    private readonly filter: Filter,
  ) {
    const { collections, dids, maxMessageSizeBytes } = filter;
    this.isUnlimited = collections === undefined && dids === undefined && maxMessageSizeBytes === 0;
  }

  /** Of v1, whose lines leave as they are stored. */
  get wantsAll(): boolean {
    return this.isUnlimited && this.filter.kinds === undefined && this.log.syncs === 0;
  }

  wants(number: number): boolean {
    const { dids, kinds, maxMessageSizeBytes } = this.filter;
    const kind = this.log.kind(number);
    if (kinds ? !kinds.has(kind) : kind === 'sync') return false;
    if (!this.wantsCollection(this.log.collection(number))) return false;
    if (dids !== undefined && !dids.has(this.log.did(number) ?? '')) return false;
    return maxMessageSizeBytes === 0 || this.log.lineLength(number) <= maxMessageSizeBytes;
  }

  private isKind(collection: number): boolean {
    return this.log.collections[collection]?.startsWith('$') ?? false;
  }

  /** Each collection is judged once per filter; everything but commits passes whatever the filter. */
  private wantsCollection(collection: number): boolean {
    const { collections } = this.filter;
    if (collections === undefined || collection === NO_COLLECTION || this.isKind(collection)) return true;
    const known = this.verdicts[collection];
    if (known !== undefined) return known;
    const verdict = wantsCollection(collections, this.log.collections[collection] ?? '');
    this.verdicts[collection] = verdict;
    return verdict;
  }
}
