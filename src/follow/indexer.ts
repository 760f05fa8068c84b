// The indexer: on the stream while somebody reads or something happens, asleep otherwise; and what others may ask of it.
import { auditSome, beginReading, cancelReading } from '../db/backfill.ts';
import { archiveRound, reviveSpace } from '../db/dormancy.ts';
import { dropForgotten, putForgotten } from '../db/forget.ts';
import { ensureJob, jobNow, nextDue } from '../db/jobs.ts';
import { dropBlock, putBlock } from '../db/media.ts';
import { renewNames } from '../db/names.ts';
import { prune } from '../db/prune.ts';
import { keepOrder } from '../db/roster.ts';
import { dropSpace, pauseSpace, putSpace, resumeSpace } from '../db/spaces.ts';
import { renewTop } from '../db/top.ts';
import type { RosterOrder } from '../domain/admission.ts';
import type { RecordEvent } from '../domain/event.ts';
import type { StaffChange } from '../domain/lockout.ts';
import type { AtUri, Did, StreamStatus, TopWindow } from '../domain/model.ts';
import type { Refusal } from '../domain/outcome.ts';
import type { Keepers } from '../ingest/keepers.ts';
import type { AlarmPort } from '../ports/alarm.ts';
import type { Clock } from '../ports/clock.ts';
import type { IndexerPort, NewSpace, OperatorOrder } from '../ports/indexer.ts';
import type { Follower } from './follower.ts';
import type { Listening } from './listening.ts';
import { Proofs } from './proofs.ts';

export interface IndexerDeps {
  follower: Follower;
  db: D1Database;
  clock: Clock;
  alarm: AlarmPort;
  listening: Listening;
  keepers: Keepers;
  /** `live` stays on the stream, `drain` only wakes to empty it, `adaptive` does what the readers need. */
  mode: 'adaptive' | 'live' | 'drain';
  /** How often a sleeping indexer wakes to drain the stream. */
  drainMs: number;
  log(message: string, facts: Record<string, unknown>): void;
}

/** Of what was archived, that is taken back, too. */
const resume: typeof pauseSpace = async (db, did, now) =>
  [await resumeSpace(db, did, now), await reviveSpace(db, did, now)].includes(true);

/** An object with an outgoing socket is evicted after 15 minutes without a call: the alarm is one. */
const KEEP_ALIVE_MS = 30_000;
const AWAKE_MS = 10 * 60_000;
const BEAT_MS = 1_000;
const PRUNE_MS = 3_600_000;
/** Each hour, one repository that was last read a day ago or longer: about as many a day as there are hours. */
const AUDIT = { repos: 1, afterMs: 24 * 3_600_000 };

const CHANGES_WHO_MAY_POST: ReadonlySet<RosterOrder['order']> = new Set(['hold', 'ban', 'unban', 'conceal']);

export class IndexerService implements IndexerPort {
  private readonly deps: IndexerDeps;
  private readonly proofs: Proofs;
  private awakeUntil = 0;
  private beating = false;
  private prunedAt = 0;

  constructor(deps: IndexerDeps) {
    this.deps = deps;
    this.proofs = new Proofs(deps);
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
      await this.pruneNowAndThen();
    } catch (error) {
      log('a tick failed', { error: String(error) });
    } finally {
      await alarm.set(clock.now() + KEEP_ALIVE_MS);
    }
  }

  private async pruneNowAndThen(): Promise<void> {
    const { clock, db, follower } = this.deps;
    if (clock.now() - this.prunedAt < PRUNE_MS) return;
    this.prunedAt = clock.now();
    await follower.alone(() => prune(db, clock.now()));
    await follower.alone(() => ensureJob(db, 'sweep', '', clock.now()).run());
    const { repos, afterMs } = AUDIT;
    await follower.alone(() => db.batch(auditSome(db, repos, clock.now() - afterMs, clock.now())));
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
    if (drained && !this.isAwake) return this.sleep();
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

  async addSpace(space: NewSpace): Promise<void> {
    const { follower, db, clock } = this.deps;
    await follower.alone(() => putSpace(db, space, clock.now()));
    await this.deps.listening.changed([space.did]);
    await follower.reload();
    await this.wake();
  }

  async removeSpace(did: Did): Promise<void> {
    const { follower, db, clock } = this.deps;
    await follower.alone(() => dropSpace(db, did, clock.now()));
    await this.deps.listening.changed([did]);
    await follower.reload();
  }

  async operate(order: OperatorOrder): Promise<boolean> {
    switch (order.order) {
      case 'backfill':
        await this.backfill(order.space, order.act);
        return true;
      case 'pause':
      case 'resume':
        return this.pause(order.space, order.order === 'pause' ? pauseSpace : resume);
      case 'archive':
        return this.archive(order.afterMs);
      case 'revive':
        return this.pause(order.space, reviveSpace);
      case 'sweep':
        await this.sweep();
        return true;
      case 'block':
        await this.block(order.subject, order.why);
        return true;
      case 'unblock':
        return this.unblock(order.subject);
      case 'forget':
        return this.forget(order.did);
      case 'return':
        return this.letReturn(order.did);
    }
  }

  private async backfill(space: Did | null, act: 'start' | 'cancel'): Promise<void> {
    const { follower, db, clock } = this.deps;
    const begins = act === 'start';
    const statements = begins ? beginReading(db, space, clock.now()) : cancelReading(db, space);
    await follower.alone(() => db.batch(statements));
    if (begins) await this.wake();
    void follower.pump();
  }

  async roster(order: RosterOrder): Promise<boolean> {
    const { follower, db, clock } = this.deps;
    const done = await follower.alone(() => keepOrder(db, order, clock.now()));
    // Who may post now is seen with the next page.
    if (CHANGES_WHO_MAY_POST.has(order.order)) {
      if (order.order === 'conceal') await follower.reload();
      await this.wake();
      void follower.pump();
    }
    return done;
  }

  spare(space: Did, change: StaffChange): Promise<Refusal | null> {
    return this.deps.follower.alone(() => this.deps.keepers.spare(space, change));
  }

  private async pause(space: Did, change: typeof pauseSpace): Promise<boolean> {
    const { follower, db, clock } = this.deps;
    const changed = await follower.alone(() => change(db, space, clock.now()));
    await follower.reload();
    if (change !== pauseSpace) await this.wake();
    return changed;
  }

  private async archive(afterMs: number | null): Promise<boolean> {
    const { follower, db, clock, log } = this.deps;
    const archived = await follower.alone(() => archiveRound(db, clock.now(), afterMs));
    if (archived.length === 0) return false;
    log('spaces were archived, for nobody has written there', { spaces: archived });
    await follower.reload();
    return true;
  }

  async renewTop(space: Did, section: string, window: TopWindow): Promise<void> {
    const { follower, db, clock } = this.deps;
    await follower.alone(() => renewTop(db, space, section, window, clock.now()));
  }

  async listen(space: Did): Promise<void> {
    await this.deps.listening.add(space);
  }

  private async sweep(): Promise<void> {
    const { follower, db, clock } = this.deps;
    await follower.alone(() => jobNow(db, 'sweep', '', clock.now()).run());
    await this.wake();
    void follower.pump();
  }

  private async block(subject: string, why: string): Promise<void> {
    const { follower, db, clock, log } = this.deps;
    const at = clock.now();
    log('the operator blocks', { subject, why });
    await follower.alone(() => putBlock(db, { subject, why, at }));
    await follower.alone(() => jobNow(db, 'block', subject, at).run());
    await follower.reload();
    await this.wake();
  }

  private async unblock(subject: string): Promise<boolean> {
    const { follower, db, log } = this.deps;
    log('the operator blocks no more', { subject });
    const dropped = await follower.alone(() => dropBlock(db, subject));
    await follower.reload();
    return dropped;
  }

  private async forget(did: Did): Promise<boolean> {
    const { follower, db, clock } = this.deps;
    const at = clock.now();
    await follower.alone(() => putForgotten(db, did, at));
    await follower.alone(() => jobNow(db, 'block', did, at).run());
    await follower.reload();
    await this.wake();
    return true;
  }

  private async letReturn(did: Did): Promise<boolean> {
    const { follower, db } = this.deps;
    const { meta } = await follower.alone(() => dropForgotten(db, did).run());
    await follower.reload();
    return meta.changes > 0;
  }

  verify(uri: AtUri): Promise<boolean> {
    return this.proofs.verify(uri);
  }

  async status(): Promise<StreamStatus> {
    return this.deps.follower.status(this.deps.mode);
  }
}
