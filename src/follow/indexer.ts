// The indexer: on the stream while somebody reads or something happens, asleep otherwise; and what others may ask of it.
import { auditSome } from '../db/backfill.ts';
import { ensureJob, nextDue } from '../db/jobs.ts';
import { renewNames } from '../db/names.ts';
import { prune } from '../db/prune.ts';
import { renewTop } from '../db/top.ts';
import type { RosterOrder } from '../domain/admission.ts';
import type { RecordEvent } from '../domain/event.ts';
import type { StaffChange } from '../domain/lockout.ts';
import type { AtUri, Did } from '../domain/model.ts';
import type { Refusal } from '../domain/outcome.ts';
import type { TopWindow } from '../domain/post.ts';
import type { StreamStatus } from '../domain/status.ts';
import type { Keepers } from '../ingest/keepers.ts';
import type { AlarmPort } from '../ports/alarm.ts';
import type { IndexerPort, NewSpace, OperatorOrder } from '../ports/indexer.ts';
import { Orders, type OrdersDeps } from './orders.ts';
import { Proofs } from './proofs.ts';

export interface IndexerDeps extends OrdersDeps {
  alarm: AlarmPort;
  keepers: Keepers;
  /** `live` stays on the stream, `drain` only wakes to empty it, `adaptive` does what the readers need. */
  mode: 'adaptive' | 'live' | 'drain';
  /** How often a sleeping indexer wakes to drain the stream. */
  drainMs: number;
}

/** An object with an outgoing socket is evicted after 15 minutes without a call: the alarm is one. */
const KEEP_ALIVE_MS = 30_000;
const AWAKE_MS = 10 * 60_000;
const BEAT_MS = 1_000;
const PRUNE_MS = 3_600_000;
/** More than so much at a time is a flood, and goes on with the next hour's. */
const MOST_SLICES = 40;
/** Each hour, one repository that was last read a day ago or longer: about as many a day as there are hours. */
const AUDIT = { repos: 1, afterMs: 24 * 3_600_000 };

export class IndexerService implements IndexerPort {
  private readonly deps: IndexerDeps;
  private readonly proofs: Proofs;
  private readonly orders: Orders;
  private awakeUntil = 0;
  private beating = false;
  private prunedAt = 0;
  private readonly beganAt: number;

  constructor(deps: IndexerDeps) {
    this.deps = deps;
    this.beganAt = deps.clock.now();
    this.proofs = new Proofs(deps);
    this.orders = new Orders(deps, () => this.wake());
    deps.follower.onAdmitted = () => this.stayAwake();
  }

  private stayAwake(): void {
    if (this.deps.mode === 'adaptive') this.awakeUntil = this.deps.clock.now() + AWAKE_MS;
  }

  private get isAwake(): boolean {
    return this.deps.mode === 'live' || this.deps.clock.now() < this.awakeUntil;
  }

  async wake(): Promise<void> {
    this.stayAwake();
    if (!this.deps.follower.isConnected || (await this.deps.alarm.get()) === null) await this.tick();
  }

  async watch(): Promise<void> {
    const { alarm, clock } = this.deps;
    const at = await alarm.get();
    if (at === null || at < clock.now() - KEEP_ALIVE_MS) await this.tick();
  }

  /** The alarm: keeps the object alive and the stream connected, or drains it and sleeps again. */
  async tick(): Promise<void> {
    const { follower, alarm, clock, db, log } = this.deps;
    try {
      await follower.follow();
      this.beat();
      await follower.settle();
      await follower.alone(() => renewNames(db, clock.now()));
      await this.proofs.sampleNowAndThen();
      void follower.pump();
      if (clock.now() - this.beganAt >= KEEP_ALIVE_MS) await this.pruneNowAndThen();
    } catch (error) {
      log('a tick failed', { error: String(error) });
    } finally {
      await alarm.set(clock.now() + KEEP_ALIVE_MS);
    }
  }

  /**
   * Not while a stream is caught up with that was left alone for long: once it is drained, or after a while of following it.
   * Whether it was time for it, and there is work to be done.
   */
  private async pruneNowAndThen(): Promise<boolean> {
    const { clock, db, follower } = this.deps;
    if (clock.now() - this.prunedAt < PRUNE_MS) return false;
    this.prunedAt = clock.now();
    let more = true;
    for (let slices = 0; more && slices < MOST_SLICES; slices++)
      more = await follower.alone(() => prune(db, clock.now()));
    await follower.alone(() => ensureJob(db, 'sweep', '', clock.now()).run());
    const { repos, afterMs } = AUDIT;
    await follower.alone(() => db.batch(auditSome(db, repos, clock.now() - afterMs, clock.now())));
    return true;
  }

  /** Looks at the stream every second until there is nothing more to stay for. */
  private beat(): void {
    if (this.beating) return;
    this.beating = true;
    setTimeout(() => {
      this.beating = false;
      this.oneBeat().catch((error: unknown) => this.deps.log('a beat failed', { error: String(error) }));
    }, BEAT_MS);
  }

  private async oneBeat(): Promise<void> {
    const { follower } = this.deps;
    const drained = await follower.beat();
    const hasWork = drained && (await this.pruneNowAndThen());
    if (hasWork) void follower.pump();
    else if (drained && !this.isAwake) return this.sleep();
    if (follower.isFollowing) this.beat();
  }

  private async sleep(): Promise<void> {
    const { follower, alarm, clock, db, drainMs } = this.deps;
    follower.rest();
    const due = await nextDue(db);
    const next = clock.now() + drainMs;
    await alarm.set(due === null ? next : Math.max(clock.now() + BEAT_MS, Math.min(due, next)));
  }

  async admit(events: RecordEvent[]): Promise<{ records: number; refused: number }> {
    const { records, refused } = await this.deps.follower.admit(events);
    return { records, refused };
  }

  addSpace(space: NewSpace): Promise<void> {
    return this.orders.addSpace(space);
  }

  removeSpace(did: Did): Promise<void> {
    return this.orders.removeSpace(did);
  }

  operate(order: OperatorOrder): Promise<boolean> {
    return this.orders.operate(order);
  }

  roster(order: RosterOrder): Promise<boolean> {
    return this.orders.roster(order);
  }

  spare(space: Did, change: StaffChange): Promise<Refusal | null> {
    return this.deps.follower.alone(() => this.deps.keepers.spare(space, change));
  }

  async renewTop(space: Did, section: string, window: TopWindow): Promise<void> {
    const { follower, db, clock } = this.deps;
    await follower.alone(() => renewTop(db, space, section, window, clock.now()));
  }

  async listen(space: Did): Promise<void> {
    await this.deps.listening.add(space);
  }

  verify(uri: AtUri): Promise<boolean> {
    return this.proofs.verify(uri);
  }

  async status(): Promise<StreamStatus> {
    return this.deps.follower.status(this.deps.mode);
  }
}
