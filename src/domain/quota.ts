// How often something may be done in a while, and how that is told.

export interface Quota {
  limit: number;
  remaining: number;
  windowMs: number;
  /** When it begins anew, in milliseconds since 1970. */
  resetAt: number;
  isOver: boolean;
}

export interface Bound {
  most: number;
  perMs: number;
}

export interface Tally {
  since: number;
  count: number;
}

/** One more. */
export function counted(before: Tally | undefined, bound: Bound, now: number): { tally: Tally; quota: Quota } {
  const { most, perMs } = bound;
  const isOn = before !== undefined && before.since > now - perMs;
  const tally = isOn ? { since: before.since, count: before.count + 1 } : { since: now, count: 1 };
  const remaining = Math.max(most - tally.count, 0);
  const quota = { limit: most, remaining, windowMs: perMs, resetAt: tally.since + perMs, isOver: tally.count > most };
  return { tally, quota };
}

/** Of several the one that is felt first. */
export function tightest(quotas: (Quota | null)[]): Quota | null {
  const [first = null] = quotas
    .filter((quota) => quota !== null)
    .toSorted((a, b) => Number(b.isOver) - Number(a.isOver) || a.remaining - b.remaining || b.resetAt - a.resetAt);
  return first;
}

/** As Bluesky's servers tell it: draft-ietf-httpapi-ratelimit-headers-03, with the reset as unix time. */
export function quotaHeaders({ limit, remaining, windowMs, resetAt, isOver }: Quota, now: number): [string, string][] {
  return [
    ['ratelimit-limit', String(limit)],
    ['ratelimit-remaining', String(remaining)],
    ['ratelimit-reset', String(Math.ceil(resetAt / 1000))],
    ['ratelimit-policy', `${limit};w=${windowMs / 1000}`],
    ...(isOver ? [['retry-after', String(Math.max(Math.ceil((resetAt - now) / 1000), 1))] as [string, string]] : []),
  ];
}
