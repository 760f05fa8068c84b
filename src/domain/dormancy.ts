// Spaces without life: warned, then archived, which is read-only and can be taken back.

const DAY = 86_400_000;
/** From the warning on its site until a space is archived; never less, however long nobody has written. */
export const WARNED_MS = 30 * DAY;

/** What the page of a space tells of it: archived since, or will be archived at. */
export type Dormancy = { archivedAt: number } | { archivedFrom: number } | null;

export function dormancyOf(warnedAt: number | null, archivedAt: number | null): Dormancy {
  if (archivedAt !== null) return { archivedAt };
  return warnedAt === null ? null : { archivedFrom: warnedAt + WARNED_MS };
}
