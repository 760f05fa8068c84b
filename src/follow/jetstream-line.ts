// One Jetstream at a time: its position is the stream's row in the database.

import type { Clock } from '../ports/clock.ts';
import type { Line, LineHooks, Standing } from './line.ts';
import { Link, type LinkDeps } from './link.ts';
import { believable, type Gap, later, type Position, positionAt, rewound } from './position.ts';
import { lastMark, type Queue, type Queued } from './queue.ts';

export class JetstreamLine implements Line {
  private readonly link: Link;
  private readonly clock: Clock;
  /** What is committed. */
  private position: Position | null = null;

  constructor(deps: LinkDeps, hooks: LineHooks) {
    this.clock = deps.clock;
    this.link = new Link(deps, {
      wants: hooks.wants,
      onMessage: (message, raw, mark) => hooks.onMessage(message, raw, mark, this.link.instance ?? ''),
      onMalformed: hooks.onMalformed,
      onClose: () => hooks.onClose(Math.max(0, this.link.retryAt - deps.clock.now())),
      onLost: () => {
        this.position &&= rewound(this.position);
      },
    });
  }

  get isConnected(): boolean {
    return this.isOpen;
  }

  get isOpen(): boolean {
    return this.link.isOpen;
  }

  get received(): number {
    return this.link.received;
  }

  get instance(): string | null {
    return this.link.instance ?? this.position?.instance ?? null;
  }

  get lastMessageAt(): number | null {
    return this.link.lastMessageAt;
  }

  get cursorUs(): number | null {
    return this.position?.cursor ?? null;
  }

  async load(stream: (Position & { committedAt: number }) | null): Promise<void> {
    this.position = null;
    if (!stream) return;
    // A cursor from the future would hold the stream at the live tip: what came since its commit is asked for again.
    const { instance, committedAt } = stream;
    const asOfCommit = { instance, cursor: committedAt * 1000, sequence: null, exact: false };
    this.position = believable(stream, committedAt) ?? asOfCommit;
  }

  async connect(wantedCollections: string[]): Promise<void> {
    this.link.connect(later(this.position, this.link.seen), wantedCollections);
  }

  close(): void {
    this.link.close();
  }

  after(batch: Queued[], queue: Queue): Standing {
    const gap = this.link.missed;
    const seen = this.link.seen;
    if (batch.length === queue.length) return this.standing(seen, gap);
    const mark = lastMark(batch);
    const instance = seen?.instance ?? this.position?.instance;
    const told = mark && instance ? positionAt(instance, mark) : null;
    return this.standing(told && believable(told, this.clock.now()), gap);
  }

  whole(): Standing | null {
    return this.news(this.link.seen);
  }

  drained(): Standing | null {
    const idle = this.link.idle();
    return idle && (this.news(idle) ?? {});
  }

  private news(to: Position | null): Standing | null {
    const gap = this.link.missed;
    const stream = later(this.position, to);
    return stream && (stream !== this.position || gap) ? this.standing(stream, gap) : null;
  }

  private standing(to: Position | null, gap: Gap | null): Standing {
    const stream = later(this.position, to);
    return { ...(stream && !this.link.isLost ? { stream } : {}), ...(gap ? { gap } : {}) };
  }

  committed({ stream, gap }: Standing): void {
    if (stream) this.position = stream;
    if (gap) this.link.noted(gap as Gap);
  }
}
