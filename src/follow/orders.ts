// What is asked of the indexer from outside the stream: spaces that come and go, the operator's orders, who comes and goes in a space.
// Each is written while nothing else is, and what is known is read anew after it.
import { beginReading, cancelReading } from '../db/backfill.ts';
import { archiveRound, reviveSpace } from '../db/dormancy.ts';
import { dropForgotten, putForgotten } from '../db/forget.ts';
import { jobNow } from '../db/jobs.ts';
import { dropBlock, putBlock } from '../db/media.ts';
import { keepOrder } from '../db/roster.ts';
import { dropSpace, pauseSpace, putSpace, resumeSpace } from '../db/spaces.ts';
import type { RosterOrder } from '../domain/admission.ts';
import type { Did } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { NewSpace, OperatorOrder } from '../ports/indexer.ts';
import type { Follower } from './follower.ts';
import type { Listening } from './listening.ts';

export interface OrdersDeps {
  follower: Follower;
  db: D1Database;
  clock: Clock;
  listening: Listening;
  log(message: string, facts: Record<string, unknown>): void;
}

/** Of what was archived, that is taken back, too. */
const resume: typeof pauseSpace = async (db, did, now) =>
  [await resumeSpace(db, did, now), await reviveSpace(db, did, now)].includes(true);

const CHANGES_WHO_MAY_POST: ReadonlySet<RosterOrder['order']> = new Set(['hold', 'ban', 'unban', 'conceal']);

export class Orders {
  private readonly deps: OrdersDeps;
  /** There may be something to do now. */
  private readonly wake: () => Promise<void>;

  constructor(deps: OrdersDeps, wake: () => Promise<void>) {
    this.deps = deps;
    this.wake = wake;
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
}
