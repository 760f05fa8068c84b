/** Times of sample content: told backwards from now, so that a new network always looks lived in. */
const HOUR = 3_600_000;
const now = Date.now();

export const daysAgo = (days: number): string => new Date(now - days * 24 * HOUR).toISOString();

/** Never in the future. */
export const hoursAfter = (time: string, hours: number): string =>
  new Date(Math.min(Date.parse(time) + hours * HOUR, now - 60_000)).toISOString();
