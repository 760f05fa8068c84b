// Follows the stream into the index, which is written by one at a time: batches, work in slices, what others ask for.
import { BASE_WANTED } from '../domain/collections.ts';
import type { RecordEvent } from '../domain/event.ts';
import type { StreamStatus } from '../domain/model.ts';
import type { Admission, Admitted, CommitParts } from '../ingest/admit.ts';
import type { Alone, JobRunner } from '../ingest/jobs.ts';
import type { KeepPort } from '../ports/keep.ts';
import { Filter } from './filter.ts';
import { Intake } from './intake.ts';
import { Keeping } from './keeping.ts';
import { Link, type LinkDeps } from './link.ts';
import { backoffMs, believable, later, type Position } from './position.ts';
import { lastTime, Queue, type Queued, timeIn } from './queue.ts';

export interface FollowerDeps extends LinkDeps {
  keep: KeepPort;
  admission: Admission;
  jobs: JobRunner;
}

type Standing = Pick<CommitParts, 'stream' | 'gap'>;

const GIVE_UP_AFTER = 20;
const GATHER_MS = 5;
const GATHER_STEPS = 20;

export class Follower {
  private readonly deps: FollowerDeps;
  private readonly filter = new Filter();
  private readonly queue = new Queue();
  private readonly intake: Intake;
  private readonly link: Link;
  private readonly keeping: Keeping;
  private lock: Promise<unknown> = Promise.resolve();
  /** What is committed. */
  private position: Position | null = null;
  private loaded: Promise<void> | null = null;
  private pumping = false;
  private asking = false;
  private following = false;
  private wanted: string[] = [];
  /** Given to `admit` and not yet in the index. */
  private readonly arriving = new Set<RecordEvent[]>();
  /** Called when records were admitted: a reason to stay awake. */
  onAdmitted: () => void = () => undefined;

  constructor(deps: FollowerDeps) {
    this.deps = deps;
    this.keeping = new Keeping(deps.keep, deps.clock);
    this.intake = new Intake(this.queue, deps.admission);
    this.link = new Link(deps, {
      wants: (raw) => this.filter.wants(raw),
      onMessage: (message, raw) => this.take(message, raw),
      onMalformed: (detail) => this.intake.noteMalformed(detail),
      onClose: () => this.reconnectLater(),
    });
  }

  /** Runs a piece of work while nothing else reads or writes the index. */
  alone: Alone = (work) => {
    const run = this.lock.then(work, work);
    this.lock = run.catch(() => undefined);
    return run;
  };

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
    // A cursor from the future would hold the stream at the live tip: what came since its commit is asked for again.
    const asOfCommit = stream && { instance: stream.instance, cursor: stream.committedAt * 1000, exact: false };
    this.position = stream && (believable(stream, stream.committedAt) ?? asOfCommit);
    const unused = await this.keeping.restoredFrom(stream);
    if (unused !== null) {
      this.deps.log('the database was restored', { stream });
      this.deps.admission.raiseSeq(unused);
    }
    await this.refresh();
  }

  /** What is known changed: who is let through, and which collections are asked for. */
  private async refresh(): Promise<void> {
    const { concerns } = await this.deps.admission.state();
    const further = await this.deps.admission.furtherCollections();
    const wanted = [...BASE_WANTED, ...further.all];
    this.filter.update(concerns, further.byReference);
    const changed = this.wanted.length > 0 && wanted.join() !== this.wanted.join();
    this.wanted = wanted;
    if (changed) this.link.close();
  }

  get isConnected(): boolean {
    return this.link.isOpen;
  }

  get isFollowing(): boolean {
    return this.following;
  }

  /** Be on the stream from now on. The queue is emptied first, so that what it holds is not asked for again. */
  async follow(): Promise<void> {
    this.following = true;
    await this.load();
    if (this.queue.length > 0) return void this.pump();
    this.link.connect(later(this.position, this.link.seen), this.wanted);
  }

  /** Leave the stream. */
  rest(): void {
    this.following = false;
    this.link.close();
  }

  private reconnectLater(): void {
    const wait = Math.max(0, this.link.retryAt - this.deps.clock.now());
    setTimeout(() => {
      if (this.following)
        void this.follow().catch((error) => this.deps.log('could not follow', { error: String(error) }));
    }, wait);
  }

  /** The text waits, not what it was parsed to: that is many objects for the collector to carry along. */
  private take(message: unknown, raw: string): void {
    this.queue.push({ raw, timeUs: timeIn(message), newcomer: this.filter.meet(message) });
    if (this.queue.isFull) this.link.close();
    void this.pump();
  }

  /** Where the stream stands once a batch is committed: at all that was received, if the batch is all that was wanted. */
  private standingAfter(batch: Queued[]): Standing {
    const seen = this.link.seen;
    const time = batch.length === this.queue.length ? null : lastTime(batch);
    const instance = seen?.instance ?? this.position?.instance;
    const told = time !== null && instance ? { instance, cursor: time, exact: true } : null;
    const partial = told && believable(told, this.deps.clock.now());
    const next = later(this.position, batch.length === this.queue.length ? seen : partial);
    const gap = this.link.missed;
    return { ...(next ? { stream: next } : {}), ...(gap ? { gap } : {}) };
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
    if (this.following && !this.link.isOpen) await this.follow();
  }

  private async empty(): Promise<void> {
    let [failures, turns] = [0, 0];
    for (let more = true; more && failures < GIVE_UP_AFTER; ) {
      try {
        await this.load();
        await this.gather();
        if (this.queue.length > 0) await this.alone(() => this.admitNext());
        // Events go first; work is done between them as well, so that a busy stream does not starve it.
        const isTurn = this.queue.length === 0 || ++turns % 8 === 0;
        more = (isTurn && (await this.deps.jobs.runSlice(this.alone))) || this.queue.length > 0;
        failures = 0;
      } catch (error) {
        failures++;
        this.deps.log('the index could not be written', { error: String(error), failures });
        await new Promise((done) => setTimeout(done, backoffMs(failures, this.deps.random())));
      }
    }
  }

  /** While the stream is busy more is on its way, and a larger batch costs little more than a small one. */
  private async gather(): Promise<void> {
    let received = -1;
    for (let waits = 0; waits < GATHER_STEPS && !this.queue.isBatch && this.link.received > received; waits++) {
      received = this.link.received;
      await new Promise((done) => setTimeout(done, GATHER_MS));
    }
  }

  private async admitNext(): Promise<void> {
    let standing: Standing = {};
    const admitted = await this.intake.next((batch) => {
      standing = this.standingAfter(batch);
      return standing;
    });
    await this.committed(standing, admitted);
  }

  private async committed({ stream, gap }: Standing, admitted: Admitted): Promise<void> {
    if (stream) this.position = stream;
    if (gap) this.link.noted(gap as NonNullable<Link['missed']>);
    if (admitted.records > 0) this.onAdmitted();
    this.filter.relearn(this.onTheirWay());
    if (stream) await this.keeping.note({ instance: stream.instance, cursor: stream.cursor, seq: admitted.seq });
    await this.refresh();
  }

  /** Whose records are received and not yet in the index. */
  private *onTheirWay(): Iterable<string> {
    for (const { newcomer } of this.queue.all()) if (newcomer !== null) yield newcomer;
    for (const events of this.arriving) for (const { did } of events) yield did;
  }

  /** Work that waits for others: names, account states. Their answers may ask for work on the index. */
  async ask(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    let asked = 0;
    try {
      while (await this.deps.jobs.runAsking(this.alone)) asked++;
    } catch (error) {
      this.deps.log('asking others failed', { error: String(error) });
    } finally {
      this.asking = false;
    }
    if (asked > 0) await this.pump();
  }

  /** To be called every second or so while connected. True when the stream is drained and all of it is in the index. */
  async beat(): Promise<boolean> {
    await this.keeping.flush();
    const idle = this.link.idle();
    if (!idle || this.queue.length > 0 || this.pumping) return false;
    await this.settle(idle);
    return !this.asking;
  }

  /** Commits the position when nothing that was received since belongs. */
  async settle(to: Position | null = this.link.seen): Promise<void> {
    await this.load();
    await this.alone(async () => {
      const stream = later(this.position, to);
      const gap = this.link.missed;
      if (this.queue.length > 0 || !stream || (stream === this.position && !gap)) return;
      const standing = { stream, ...(gap ? { gap } : {}) };
      await this.committed(standing, await this.deps.admission.admit([], standing));
    });
  }

  /** Record events that did not come by the stream. */
  async admit(events: RecordEvent[]): Promise<Admitted> {
    await this.load();
    for (const { did } of events) this.filter.learn(did);
    this.arriving.add(events);
    const admitted = await this.alone(() => this.deps.admission.admit(events)).finally(() =>
      this.arriving.delete(events),
    );
    await this.refresh();
    void this.pump();
    return admitted;
  }

  /** Spaces came or went: what is known is read anew. */
  async reload(): Promise<void> {
    this.deps.admission.forget();
    await this.refresh();
    void this.pump();
  }

  status(mode: string): StreamStatus {
    const { isOpen, instance, lastMessageAt } = this.link;
    return {
      ...{ mode, connected: isOpen, instance: instance ?? this.position?.instance ?? null, lastMessageAt },
      ...{ cursorUs: this.position?.cursor ?? null, queued: this.queue.length },
    };
  }
}
