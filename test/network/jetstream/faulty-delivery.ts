/** Sends one connection's messages one by one, with the faults that are switched on. */
import { type Faults, MALFORMED_KINDS } from './faults.ts';
import { textFrame } from './frames.ts';
import type { EventLog } from './log.ts';
import { malformedFrame, oversizedFrame } from './malformed.ts';
import type { Reordering } from './reordering.ts';

const DEFAULT_HOLD_MS = 100;
const INTERRUPTIONS = ['kill', 'drop', 'stall'] as const;

export interface Interruption {
  kind: (typeof INTERRUPTIONS)[number];
  /** Of the close frame that a drop sends, when it sends one. */
  code?: number;
}

export class FaultyDelivery {
  private sent = 0;
  private version = -1;
  /** Lasts until the faults are changed, though the fault may have switched itself off. */
  isStalled = false;
  private malformedSoFar = 0;
  private heldSince: number | undefined;
  private recent: Buffer[] = [];

  constructor(
    private readonly log: EventLog,
    private readonly faults: Faults,
    private readonly reordering: Reordering,
    /** How a line is told at a sequence; as it is stored when absent. */
    private readonly render?: (line: Buffer, sequence: number, timeUs: number) => Buffer,
  ) {}

  /** What befalls the connection now, if anything; a stall is reported as long as it lasts. */
  interruption(): Interruption | undefined {
    if (this.version !== this.faults.version) {
      this.version = this.faults.version;
      this.sent = 0;
      this.isStalled = false;
    }
    if (this.isStalled) return { kind: 'stall' };
    const { code } = this.faults.current.drop ?? {};
    const kind = this.due();
    if (kind === undefined) return undefined;
    this.isStalled = kind === 'stall';
    this.faults.fire(kind);
    return code === undefined ? { kind } : { kind, code };
  }

  due(): Interruption['kind'] | undefined {
    const { current } = this.faults;
    return INTERRUPTIONS.find((kind) => this.sent >= (current[kind]?.after ?? Number.POSITIVE_INFINITY));
  }

  /** @returns the number of the message to tell at a position, or for how many ms to wait for others to mix it with */
  choose(position: number): { number: number } | { waitMs: number } {
    const { reorder } = this.faults.current;
    if (reorder === undefined || this.reordering.isDecided(position)) return { number: this.reordering.at(position) };
    const open = this.reordering.open(position, reorder.window);
    this.heldSince ??= Date.now();
    const waitMs = this.heldSince + (reorder.holdMs ?? DEFAULT_HOLD_MS) - Date.now();
    const mayGrow = open < reorder.window && position + open === this.log.length;
    if (mayGrow && waitMs > 0) return { waitMs };
    this.heldSince = undefined;
    if (this.reordering.decide(position, open)) this.faults.fire('reorder');
    return { number: this.reordering.at(position) };
  }

  /** The frames for one wanted message: itself, and whatever faults add to it. */
  frames(number: number, position: number): Buffer[] {
    this.sent++;
    const timeUs = this.log.timeUs(position);
    const line = this.log.line(number);
    const frame = this.frame(number, position, line, timeUs);
    return [frame, ...this.repeated(frame), ...this.oversized(number, timeUs), ...this.malformed(line, timeUs)];
  }

  private frame(number: number, position: number, line: Buffer, timeUs: number): Buffer {
    if (number === position && !this.render) return this.log.frames(number, number + 1);
    const told = number === position ? line : Buffer.from(retimed(line, timeUs));
    return this.render?.(told, position + 1, timeUs) ?? textFrame(told);
  }

  private repeated(frame: Buffer): Buffer[] {
    const { duplicate } = this.faults.current;
    if (duplicate === undefined) return [];
    this.recent.push(frame);
    this.recent = this.recent.slice(-1 - (duplicate.lag ?? 0));
    const again = this.recent[0];
    if (again === undefined || this.sent % duplicate.every !== 0) return [];
    this.faults.fire('duplicate');
    return [again];
  }

  private oversized(number: number, timeUs: number): Buffer[] {
    const { oversized } = this.faults.current;
    if (oversized === undefined || this.sent % oversized.every !== 0) return [];
    this.faults.fire('oversized');
    const collection = this.log.collections[this.log.collection(number)] || 'example.oversized.record';
    return [oversizedFrame(collection, timeUs, oversized.bytes)];
  }

  private malformed(line: Buffer, timeUs: number): Buffer[] {
    const { malformed } = this.faults.current;
    if (malformed === undefined || this.sent % malformed.every !== 0) return [];
    const kinds = malformed.kinds ?? MALFORMED_KINDS;
    const kind = kinds[this.malformedSoFar++ % kinds.length];
    if (kind === undefined) return [];
    this.faults.fire('malformed');
    return [malformedFrame(kind, line, timeUs)];
  }
}

function retimed(line: Buffer, timeUs: number): string {
  return line.toString().replace(/"time_us":\d+/, `"time_us":${timeUs}`);
}
