/** One subscriber: pulls from the log at the speed of its socket, so that a slow reader costs no memory. */
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Faults } from './faults.ts';
import { FaultyDelivery } from './faulty-delivery.ts';
import type { EventLog } from './log.ts';
import { Matcher } from './matcher.ts';
import { type Filter, InvalidOptions, parseUpdate } from './options.ts';
import type { Reordering } from './reordering.ts';
import { frameV2, infoFrame } from './v2.ts';

/** At most this much is handed to the socket before it has taken what came before. */
const BATCH_BYTES = 512 * 1024;
/** And as many lines are looked at in one go when faults are on: the others want their turn. */
const FAULTY_LINES = 2000;
/** More pieces than this are copied into one before they are written. */
const MAX_PIECES = 16;

export interface SubscriberContext {
  readonly log: EventLog;
  readonly faults: Faults;
  readonly reordering: Reordering;
  readonly closeAtEnd: boolean;
  readonly counters: { messages: number };
}

export interface Subscription {
  readonly protocol: 'v1' | 'v2';
  readonly filter: Filter;
  readonly requireHello: boolean;
  /** Number of the first line. */
  readonly from: number;
  /** It begins later than was asked for, and v2 says so. */
  readonly outdated: boolean;
}

export class Subscriber {
  private matcher: Matcher;
  private position: number;
  private readonly delivery: FaultyDelivery;
  private waitingForHello: boolean;
  private scheduled: NodeJS.Immediate | undefined;
  private held: NodeJS.Timeout | undefined;
  private draining = false;
  private closed = false;
  private readonly stopListening: (() => void)[];

  /** The raw socket carries the data frames; `ws` keeps control frames and what the client says. */
  constructor(
    private readonly context: SubscriberContext,
    private readonly webSocket: WebSocket,
    private readonly socket: Duplex,
    private readonly subscription: Subscription,
  ) {
    const { log, faults, reordering } = context;
    const { protocol, filter, requireHello, from, outdated } = subscription;
    this.position = from;
    this.matcher = new Matcher(log, filter);
    this.delivery = new FaultyDelivery(log, faults, reordering, protocol === 'v2' ? frameV2 : undefined);
    this.waitingForHello = requireHello;
    if (outdated) socket.write(infoFrame('OutdatedCursor', `resumed from ${from + 1}`));
    this.stopListening = [log.onAppend(() => this.wake()), faults.onChange(() => this.wake())];
    webSocket.on('message', (data, isBinary) => {
      if (!isBinary) this.hear(data.toString());
    });
    webSocket.on('close', () => this.end());
    // A client that breaks the connection is simply gone.
    webSocket.on('error', () => {});
    this.wake();
  }

  close(code: number, reason: string): void {
    this.end();
    this.webSocket.close(code, reason);
  }

  private end(): void {
    this.closed = true;
    clearImmediate(this.scheduled);
    clearTimeout(this.held);
    for (const stop of this.stopListening) stop();
  }

  private hear(text: string): void {
    if (this.subscription.protocol === 'v2') {
      this.close(1008, 'this stream takes no messages');
      return;
    }
    try {
      const filter = parseUpdate(text);
      if (filter === undefined) return;
      this.matcher = new Matcher(this.context.log, filter);
      this.waitingForHello = false;
      this.wake();
    } catch (error) {
      if (!(error instanceof InvalidOptions)) throw error;
      this.close(error.closeCode, error.message.slice(0, 120));
    }
  }

  private wake(): void {
    if (this.closed || this.draining) return;
    this.scheduled ??= setImmediate(() => {
      this.scheduled = undefined;
      this.pump();
    });
  }

  private pump(): void {
    if (this.closed || this.waitingForHello || this.webSocket.readyState !== WebSocket.OPEN) return;
    const { log, faults, reordering, closeAtEnd } = this.context;
    const isFaulty = faults.anyDelivered || !reordering.isPlain || this.delivery.isStalled;
    if (isFaulty && this.isInterrupted()) return;
    if (this.position >= log.length) {
      if (closeAtEnd) this.close(1000, 'end of the file');
      return;
    }
    const before = this.position;
    const pieces = isFaulty ? this.faultyBatch() : this.batch();
    const taken = this.write(pieces);
    if (!taken) this.waitForDrain();
    else if (this.position > before) this.wake();
  }

  private waitForDrain(): void {
    this.draining = true;
    this.socket.once('drain', () => {
      this.draining = false;
      this.wake();
    });
  }

  /** Runs of wanted lines that lie side by side leave as they are stored. */
  private batch(): Buffer[] {
    const { log, counters } = this.context;
    const from = this.position;
    const to = log.batchEnd(from, BATCH_BYTES);
    this.position = to;
    if (this.matcher.wantsAll) {
      counters.messages += to - from;
      return [log.frames(from, to)];
    }
    if (this.subscription.protocol === 'v2') return this.batchV2(from, to);
    const pieces: Buffer[] = [];
    let run = -1;
    for (let number = from; number <= to; number++) {
      const wanted = number < to && this.matcher.wants(number);
      if (wanted) {
        counters.messages++;
        if (run === -1) run = number;
      } else if (run !== -1) {
        pieces.push(log.frames(run, number));
        run = -1;
      }
    }
    return pieces;
  }

  private batchV2(from: number, to: number): Buffer[] {
    const { log, counters } = this.context;
    const pieces: Buffer[] = [];
    for (let number = from; number < to; number++) {
      if (!this.matcher.wants(number)) continue;
      counters.messages++;
      pieces.push(frameV2(log.line(number), number + 1, log.timeUs(number)));
    }
    return pieces;
  }

  private faultyBatch(): Buffer[] {
    const { log, counters } = this.context;
    const pieces: Buffer[] = [];
    let bytes = 0;
    const end = Math.min(this.position + FAULTY_LINES, log.length);
    while (bytes < BATCH_BYTES && this.position < end) {
      const choice = this.delivery.choose(this.position);
      if ('waitMs' in choice) {
        clearTimeout(this.held);
        this.held = setTimeout(() => this.wake(), choice.waitMs);
        break;
      }
      const position = this.position++;
      if (!this.matcher.wants(choice.number)) continue;
      counters.messages++;
      const frames = this.delivery.frames(choice.number, position);
      pieces.push(...frames);
      for (const frame of frames) bytes += frame.length;
      if (this.delivery.due() !== undefined) break;
    }
    return pieces;
  }

  private isInterrupted(): boolean {
    const interruption = this.delivery.interruption();
    if (interruption === undefined) return false;
    const { kind, code } = interruption;
    if (kind === 'stall') return true;
    this.end();
    if (kind === 'kill' && this.socket instanceof Socket) this.socket.resetAndDestroy();
    else if (code === undefined) this.socket.end();
    else this.webSocket.close(code, 'dropped');
    return true;
  }

  private write(pieces: Buffer[]): boolean {
    if (pieces.length === 0) return true;
    if (pieces.length > MAX_PIECES) return this.socket.write(Buffer.concat(pieces));
    this.socket.cork();
    const results = pieces.map((piece) => this.socket.write(piece));
    this.socket.uncork();
    return results.every(Boolean);
  }
}
