// The total order of what is known of one record: (rev, then snapshot before event).

export interface Version {
  rev: string;
  snapshot: boolean;
}

/** Negative when `a` comes before `b`. TIDs sort as strings. */
export function compareVersions(a: Version, b: Version): number {
  if (a.rev !== b.rev) return a.rev < b.rev ? -1 : 1;
  return Number(b.snapshot) - Number(a.snapshot);
}
