// Follows the stream into the index, which is written by one at a time: batches, work in slices, what others ask for.
import type { StreamEvent } from '../domain/event.ts';
import type { AtUri } from '../domain/model.ts';
import type { StreamStatus } from '../domain/status.ts';
import type { Admission, Admitted } from '../ingest/admit.ts';
import type { Alone, Guests, JobRunner } from '../ingest/jobs.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeepPort } from '../ports/keep.ts';
import type { Mark } from '../ports/stream.ts';
import { Asking } from './asking.ts';
import { Gathering } from './gathering.ts';
import { Intake } from './intake.ts';
import { Keeping } from './keeping.ts';
import type { Line, LineHooks, Standing } from './line.ts';
import { untilDone } from './persist.ts';
import { Queue } from './queue.ts';
import { Wanted } from './wanted.ts';

export interface FollowerDeps {
  /** Makes what leads to the servers that are followed. */
  line(hooks: LineHooks): Line;
  keep: KeepPort;
  admission: Admission;
  jobs: JobRunner;
  clock: Clock;
  /** In [0, 1). */
  random(): number;
  log(message: string, facts: Record<string, unknown>): void;
}

export class Follower {
  private readonly deps: FollowerDeps;
  private readonly queue = new Queue();
  private readonly gathering = new Gathering(this.queue);
  private readonly wanted: Wanted;
  private readonly intake: Intake;
  private readonly line: Line;
  private readonly keeping: Keeping;
  private readonly asking: Asking;
  private lock: Promise<unknown> = Promise.resolve();
  private loaded: Promise<void> | null = null;
  private pumping = false;
  private following = false;
  /** Called when records were admitted: a reason to stay awake. */
  onAdmitted: () => void = () => undefined;

  constructor(deps: FollowerDeps) {
    this.deps = deps;
    this.keeping = new Keeping(deps);
    this.asking = new Asking(deps);
    this.wanted = new Wanted(deps.admission, this.queue);
    this.intake = new Intake(this.queue, deps.admission);
    this.line = deps.line({
      wants: this.wanted.wants,
      onMessage: (message, raw, mark, instance) => this.take(message, raw, mark, instance),
      onMalformed: (detail) => this.intake.noteMalformed(detail),
      onClose: (waitMs) => this.reconnectLater(waitMs),
      admit: (events) => this.admit(events),
      alone: (work) => this.alone(work),
      pump: () => void this.pump(),
      known: () => this.wanted.known,
    });
  }

  /** Runs a piece of work while nothing else reads or writes the index. */
  alone: Alone = (work) => {
    const run = this.lock.then(work, work);
    this.lock = run.catch(() => undefined);
    return run;
  };

  /** The same for what may make others known: they are let through from then on. */
  private indexing: Alone = (work) =>
    this.alone(async () => {
      const done = await work();
      await this.refresh();
      return done;
    });

  /** Reads where the stream stands. D1's word rules, also when it is older than what is remembered here. */
  private load(): Promise<void> {
    this.loaded ??= this.readPosition().catch((error: unknown) => {
      this.loaded = null;
      throw error;
    });
    return this.loaded;
  }

  private async readPosition(): Promise<void> {
    const { stream } = await this.deps.admission.state();
    await this.line.load(stream);
    await this.keeping.compare(stream);
    await this.refresh();
  }

  /** What is known changed: who is let through, and which collections are asked for. */
  private async refresh(): Promise<void> {
    if (await this.wanted.refresh()) this.line.close();
  }

  get isConnected(): boolean {
    return this.line.isConnected;
  }

  get isFollowing(): boolean {
    return this.following;
  }

  /** Be on the stream from now on. The queue is emptied first, so that what it holds is not asked for again. */
  async follow(): Promise<void> {
    this.following = true;
    await this.load();
    if (this.queue.length > 0) return void this.pump();
    await this.line.connect(this.wanted.collections);
  }

  /** Leave the stream. */
  rest(): void {
    this.following = false;
    this.line.close();
  }

  private reconnectLater(waitMs: number): void {
    setTimeout(() => {
      if (this.following)
        void this.follow().catch((error) => this.deps.log('could not follow', { error: String(error) }));
    }, waitMs);
  }

  private take(message: unknown, raw: string, mark: Mark | null, instance: string): void {
    this.queue.push({ raw, message, mark, instance, newcomer: this.wanted.meet(message) });
    if (this.queue.isFull) this.line.close();
    this.gathering.noted();
    void this.pump();
  }

  /** Empties the queue into the index, then does due work; one run at a time. */
  async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    try {
      await this.empty();
    } finally {
      this.pumping = false;
    }
    if (this.queue.length > 0) return;
    void this.ask();
    if (this.following && !this.line.isConnected) await this.follow();
  }

  private empty(): Promise<void> {
    let turns = 0;
    return untilDone(async () => {
      await this.load();
      await this.gathering.gather(() => this.line.received);
      if (this.queue.length > 0) await this.indexing(() => this.admitNext());
      // Events go first; work is done between them as well, so that a busy stream does not starve it.
      const isTurn = this.queue.length === 0 || ++turns % 8 === 0;
      return (isTurn && (await this.deps.jobs.runSlice(this.indexing))) || this.queue.length > 0;
    }, this.deps);
  }

  private async admitNext(): Promise<void> {
    let standing: Standing = {};
    const admitted = await this.intake.next((batch) => {
      standing = this.line.after(batch, this.queue);
      return standing;
    });
    await this.committed(standing, admitted);
  }

  private async committed(standing: Standing, admitted: Admitted): Promise<void> {
    this.line.committed(standing);
    const { stream } = standing;
    if (admitted.records > 0) this.onAdmitted();
    if (stream) await this.keeping.note({ instance: stream.instance, cursor: stream.cursor, seq: admitted.seq });
  }

  /** Work that waits for others. Their answers may ask for work on the index. */
  async ask(): Promise<void> {
    try {
      if ((await this.asking.run(this.indexing, this.guests)) === 0) return this.asking.remind(() => void this.pump());
    } catch (error) {
      this.deps.log('after asking others', { error: String(error) });
    }
    await this.pump();
  }

  /** Asks an author's own server to prove a record now. */
  async prove(uri: AtUri): Promise<void> {
    await this.load();
    await this.deps.jobs.runNow('prove', uri, this.indexing, this.guests);
    void this.pump();
  }

  /** The next free seq. */
  async seq(): Promise<number> {
    return (await this.deps.admission.state()).seq;
  }

  /** To be called every second or so while connected. True when the stream is drained and all of it is in the index. */
  async beat(): Promise<boolean> {
    await this.keeping.flush();
    await this.line.beat?.();
    if (!this.line.drained() || this.queue.length > 0 || this.pumping) return false;
    await this.settle(() => this.line.drained());
    return !this.asking.isBusy;
  }

  /** Commits the position when nothing that was received since belongs. */
  async settle(to: () => Standing | null = () => this.line.whole()): Promise<void> {
    await this.load();
    await this.indexing(async () => {
      const standing = this.queue.length > 0 ? null : to();
      if (!standing || Object.keys(standing).length === 0) return;
      await this.committed(standing, await this.deps.admission.admit([], standing));
      // A gap is work.
      if (standing.gap) void this.pump();
    });
  }

  private get guests(): Guests {
    return { expect: this.wanted.expect, admit: this.admit };
  }

  /** Record events that did not come by the stream, committed with `also`. */
  admit = async (events: StreamEvent[], also: D1PreparedStatement[] = []): Promise<Admitted> => {
    await this.load();
    const release = this.wanted.expect(events.map(({ did }) => did));
    const work = (): Promise<Admitted> => this.deps.admission.admit(events, { also });
    const admitted = await this.indexing(work).finally(release);
    void this.pump();
    return admitted;
  };

  /** Spaces came or went: what is known is read anew. */
  async reload(): Promise<void> {
    this.deps.admission.forget();
    await this.refresh();
    void this.pump();
  }

  status(mode: string): StreamStatus {
    const { isOpen, instance, lastMessageAt, cursorUs } = this.line;
    return { mode, connected: isOpen, instance, lastMessageAt, cursorUs, queued: this.queue.length };
  }
}
