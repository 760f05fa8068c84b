/** The replayable log: lines kept as ready WebSocket frames in large buffers, found again by time and by number. */
import { headerLength, writeHeader } from './frames.ts';
import { didOf, type Scan } from './wire.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;
const FIRST_CHUNK_BYTES = 64 * 1024;

/** Collection number of whatever is no commit of a named collection. */
export const NO_COLLECTION = 0;
/** Stands where a collection would: no NSID begins so. */
const KIND = '$';

export class EventLog {
  length = 0;
  syncs = 0;
  private readonly chunks: Buffer[] = [];
  private chunkFill = 0;
  private chunkOf = new Uint32Array(1024);
  private startOf = new Uint32Array(1024);
  private endOf = new Uint32Array(1024);
  private timeOf = new Float64Array(1024);
  private collectionOf = new Uint32Array(1024);
  private readonly collectionNumbers = new Map<string, number>();
  readonly collections: string[] = [''];
  private readonly listeners = new Set<() => void>();

  /** @param timeUs the place in time by which a cursor finds the line: never less than the one before */
  append(line: Buffer, timeUs: number, scan: Scan): void {
    if (this.length === this.chunkOf.length) this.grow();
    const header = headerLength(line.length);
    const chunk = this.chunkWithRoom(header + line.length);
    const number = this.length;
    writeHeader(chunk, this.chunkFill, line.length);
    line.copy(chunk, this.chunkFill + header);
    this.chunkOf[number] = this.chunks.length - 1;
    this.startOf[number] = this.chunkFill;
    this.chunkFill += header + line.length;
    this.endOf[number] = this.chunkFill;
    this.timeOf[number] = timeUs;
    const filed = scan.collection ?? (scan.kind === undefined ? undefined : KIND + scan.kind);
    this.collectionOf[number] = filed === undefined ? NO_COLLECTION : this.numberOf(filed);
    if (scan.kind === 'sync') this.syncs++;
    this.length++;
    for (const listener of this.listeners) listener();
  }

  onAppend(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  timeUs(number: number): number {
    return this.timeOf[number] ?? Number.NaN;
  }

  lastTimeUs(): number {
    return this.length === 0 ? 0 : this.timeUs(this.length - 1);
  }

  collection(number: number): number {
    return this.collectionOf[number] ?? NO_COLLECTION;
  }

  /** `commit` also for what names no kind: such a message was injected as it is. */
  kind(number: number): string {
    const filed = this.collections[this.collection(number)] ?? '';
    return filed.startsWith(KIND) ? filed.slice(KIND.length) : 'commit';
  }

  did(number: number): string | undefined {
    return didOf(this.line(number));
  }

  line(number: number): Buffer {
    const frame = this.frames(number, number + 1);
    const second = frame[1] ?? 0;
    return frame.subarray(second < 126 ? 2 : second === 126 ? 4 : 10);
  }

  lineLength(number: number): number {
    return this.line(number).length;
  }

  /** The frames of lines `from` until `to`, which must lie in one chunk (see `batchEnd`). */
  frames(from: number, to: number): Buffer {
    const chunk = this.chunks[this.chunkOf[from] ?? -1];
    if (chunk === undefined) throw new RangeError(`line ${from} is not in the log of ${this.length}`);
    return chunk.subarray(this.startOf[from], this.endOf[to - 1]);
  }

  /** Where a batch from here must end, to be one piece of memory of about `bytes` or less. */
  batchEnd(from: number, bytes: number): number {
    const limit = (this.startOf[from] ?? 0) + bytes;
    const chunk = this.chunkOf[from];
    let end = from + 1;
    while (end < this.length && this.chunkOf[end] === chunk && (this.endOf[end] ?? 0) <= limit) end++;
    return end;
  }

  /** The first line at or after a time: a cursor is inclusive. */
  indexAt(timeUs: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.timeOf[middle] ?? 0) < timeUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private numberOf(collection: string): number {
    const known = this.collectionNumbers.get(collection);
    if (known !== undefined) return known;
    const number = this.collections.push(collection) - 1;
    this.collectionNumbers.set(collection, number);
    return number;
  }

  private chunkWithRoom(bytes: number): Buffer {
    const last = this.chunks.at(-1);
    if (last !== undefined && this.chunkFill + bytes <= last.length) return last;
    const usual = last === undefined ? FIRST_CHUNK_BYTES : CHUNK_BYTES;
    const chunk = Buffer.allocUnsafeSlow(Math.max(usual, bytes));
    this.chunks.push(chunk);
    this.chunkFill = 0;
    return chunk;
  }

  private grow(): void {
    const larger = <T extends Uint32Array | Float64Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    const size = this.chunkOf.length * 2;
    this.chunkOf = larger(this.chunkOf, new Uint32Array(size));
    this.startOf = larger(this.startOf, new Uint32Array(size));
    this.endOf = larger(this.endOf, new Uint32Array(size));
    this.timeOf = larger(this.timeOf, new Float64Array(size));
    this.collectionOf = larger(this.collectionOf, new Uint32Array(size));
  }
}
