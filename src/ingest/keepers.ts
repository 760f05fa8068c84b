// Whether something may be done that could leave a space without a keeper. What was let through a moment ago counts as done, for
// the index hears of it later: two stewards who remove each other at once do not both succeed.
import { isOfWeight, staffOf } from '../db/queries/staff.ts';
import { lockoutRefusal, type StaffChange } from '../domain/lockout.ts';
import type { Did } from '../domain/model.ts';
import type { Refusal } from '../domain/outcome.ts';
import type { Clock } from '../ports/clock.ts';
import type { Admission } from './admit.ts';

const PENDING_MS = 60_000;

export class Keepers {
  private readonly pending = new Map<Did, { change: StaffChange; until: number }[]>();
  private readonly deps: { db: D1Database; clock: Clock; admission: Admission };

  constructor(deps: Keepers['deps']) {
    this.deps = deps;
  }

  /** Null when it may be done; it is then taken to be on its way. */
  async spare(space: Did, change: StaffChange): Promise<Refusal | null> {
    const { db, clock, admission } = this.deps;
    const policy = (await admission.state()).spaces.get(space);
    if (!policy) return null;
    if (change.change !== 'permissions' && !(await isOfWeight(db, policy, change.did))) return null;
    const now = clock.now();
    const pending = (this.pending.get(space) ?? []).filter(({ until }) => until > now);
    const staff = await staffOf(db, policy, change, now);
    const refused = lockoutRefusal(
      staff,
      change,
      pending.map((one) => one.change),
    );
    if (!refused) this.pending.set(space, [...pending, { change, until: now + PENDING_MS }]);
    return refused;
  }
}
