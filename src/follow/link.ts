// The one connection to the stream: which instance, from where, what it has shown, and what it could not show.
import type { Clock } from '../ports/clock.ts';
import type { StreamConnection, StreamOptions, StreamPort } from '../ports/stream.ts';
import {
  afterIdle,
  backoffMs,
  believable,
  countsAnew,
  type Gap,
  gapBefore,
  type Position,
  positionAt,
  resumeAt,
} from './position.ts';

export interface LinkDeps {
  streams: StreamPort;
  clock: Clock;
  /** In [0, 1). */
  random(): number;
  /** Tried in turn. */
  urls: string[];
  lookbackMs: number;
  /** Silence after which a socket is taken to be dead. */
  stallMs?: number;
  log(message: string, facts: Record<string, unknown>): void;
}

export interface LinkHooks extends Pick<StreamOptions, 'wants' | 'onMessage' | 'onMalformed'> {
  onClose(): void;
  /** Sequences of this instance mean nothing any more: it is to be resumed by time. */
  onLost(instance: string): void;
}

interface Open {
  socket: StreamConnection;
  instance: string;
  /** Our clock, in microseconds. */
  connectedUs: number;
  from: Position | null;
  gapChecked: boolean;
  /** The server goes on from later than it was asked for. */
  outdated: boolean;
  heardAt: number;
  /** Silent for too long. */
  isDead: boolean;
  answered: boolean;
  received: number;
}

/** Silence after which the stream is taken to be drained. */
const IDLE_MS = 2_000;
/** The whole network is never silent for so long. */
const STALL_MS = 60_000;
/** Time to accept the connection. */
const ANSWER_MS = 15_000;

export class Link {
  private readonly deps: LinkDeps;
  private readonly hooks: LinkHooks;
  private open: Open | null = null;
  private gap: Gap | null = null;
  private last: Position | null = null;
  /** What the connection shows is no position: it must be resumed from before. */
  isLost = false;
  private failures = 0;
  /** Connections that were accepted, said nothing, and were given up. */
  private silences = 0;
  private turn = 0;
  /** Not before this time is another connection tried. */
  retryAt = 0;
  lastMessageAt: number | null = null;

  constructor(deps: LinkDeps, hooks: LinkHooks) {
    this.deps = deps;
    this.hooks = hooks;
  }

  get isOpen(): boolean {
    return this.open !== null;
  }

  /** The other side has accepted the connection. */
  get isAccepted(): boolean {
    return this.open?.socket.isOpen() ?? false;
  }

  /** Messages received on this connection, wanted or not. */
  get received(): number {
    return this.open?.socket.received() ?? 0;
  }

  get instance(): string | null {
    return this.open?.instance ?? null;
  }

  /** The last message received on this or, while there is none, the last connection. */
  get seen(): Position | null {
    if (this.isLost) return null;
    if (!this.open) return this.last;
    const mark = this.open.socket.last();
    return mark && believable(positionAt(this.open.instance, mark), this.deps.clock.now());
  }

  connect(from: Position | null, wantedCollections: string[]): void {
    const { clock, urls, streams } = this.deps;
    const instance = urls[this.turn % urls.length];
    const now = clock.now();
    if (this.open || !instance || now < this.retryAt) return;
    const { wants, onMessage, onMalformed } = this.hooks;
    const cursor = resumeAt(from, instance);
    this.isLost = false;
    this.last = null;
    const socket = streams.open({
      ...{ url: instance, cursor, wantedCollections, wants, onMessage, onMalformed },
      onClose: (detail) => this.closed(detail),
      onLost: (why) => (why === 'refused' ? this.lost(instance) : this.outdated()),
    });
    this.open = {
      socket,
      instance,
      connectedUs: now * 1000,
      from,
      gapChecked: from === null,
      outdated: false,
      heardAt: now,
      ...{ isDead: false, answered: false },
      received: 0,
    };
  }

  private outdated(): void {
    if (this.open) this.open.outdated = true;
  }

  private lost(instance: string): void {
    this.isLost = true;
    this.hooks.onLost(instance);
  }

  close(): void {
    this.open?.socket.close();
  }

  private closed(detail: string): void {
    const { open, deps } = this;
    if (!open) return;
    this.checkGap(open, false);
    this.last = this.seen;
    this.open = null;
    const isMute = open.socket.received() === 0;
    const here = detail === 'closed here' && !(open.isDead && isMute);
    // Nothing may have happened, which is no failure: it is connected anew at once, after two silences elsewhere.
    const isSilent = isMute && open.isDead && open.answered;
    if (isSilent || !isMute) this.failures = 0;
    if (isSilent ? ++this.silences % 2 === 0 : isMute && !here && ++this.failures % 2 === 0) this.turn++;
    this.retryAt = here || isSilent ? 0 : deps.clock.now() + backoffMs(this.failures, deps.random());
    deps.log('stream closed', { instance: open.instance, detail, received: open.socket.received() });
    this.hooks.onClose();
  }

  private checkGap(open: Open, idle: boolean): void {
    const first = open.socket.first();
    if (open.gapChecked || (first === null && !idle)) return;
    open.gapChecked = true;
    const { from: position, instance, connectedUs, outdated } = open;
    const found = gapBefore({ position, instance, connectedUs, first, outdated, lookbackMs: this.deps.lookbackMs });
    if (found) this.gap = this.gap ? { ...found, fromUs: Math.min(found.fromUs, this.gap.fromUs) } : found;
    if (!countsAnew(position, instance, first)) return;
    this.lost(instance);
    open.socket.close();
  }

  /** What was missed and is not yet written down. */
  get missed(): Gap | null {
    if (this.open) this.checkGap(this.open, false);
    return this.gap;
  }

  /** The gap is committed. */
  noted(gap: Gap): void {
    if (this.gap === gap) this.gap = null;
  }

  /** Where the stream stands after a silence that shows it drained; null before. A dead socket is closed. */
  idle(): Position | null {
    const { open, deps } = this;
    if (!open) return null;
    const now = deps.clock.now();
    const received = open.socket.received();
    if (received !== open.received) {
      open.received = received;
      open.heardAt = now;
      this.lastMessageAt = now;
    }
    const patience = open.socket.isOpen() ? (deps.stallMs ?? STALL_MS) : ANSWER_MS;
    if (now - open.heardAt > patience) {
      open.isDead = true;
      open.socket.close();
      return null;
    }
    if (!open.answered && open.socket.isOpen()) {
      // Silence is counted from the answer: that of one who has not even answered shows nothing.
      open.answered = true;
      open.heardAt = now;
    }
    if (now - open.heardAt < IDLE_MS || !open.answered) return null;
    this.checkGap(open, true);
    const from = open.from?.cursor ?? Number.MAX_SAFE_INTEGER;
    return this.isLost ? null : afterIdle(open.instance, open.connectedUs, open.socket.last(), from);
  }
}
