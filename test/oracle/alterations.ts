/** Changes of the source that only the oracle builds: each names a passage that stands in its file exactly once. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Alteration {
  file: string;
  find: string;
  replace: string;
}

/** The passage has changed: the alteration says nothing any more. */
export class Stale extends Error {}

export function alter(root: string, { file, find, replace }: Alteration): void {
  const path = join(root, file);
  const [before, after, ...more] = readFileSync(path, 'utf8').split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Stale(`${file} must hold this exactly once: ${find}`);
  }
  writeFileSync(path, before + replace + after);
}

/** Waits are shortened, so that what takes the indexer minutes takes the oracle moments; what they are waited for stays. */
export const HASTE: Alteration[] = [
  { file: 'src/follow/position.ts', find: 'Math.min(60_000, 500 * 2 **', replace: 'Math.min(200, 8 * 2 **' },
  { file: 'src/follow/link.ts', find: 'const IDLE_MS = 2_000;', replace: 'const IDLE_MS = 250;' },
  { file: 'src/follow/link.ts', find: 'const STALL_MS = 60_000;', replace: 'const STALL_MS = 900;' },
  { file: 'src/follow/indexer.ts', find: 'const BEAT_MS = 1_000;', replace: 'const BEAT_MS = 40;' },
  { file: 'src/follow/keeping.ts', find: 'const EVERY_MS = 1_000;', replace: 'const EVERY_MS = 40;' },
  { file: 'src/sync/jobs.ts', find: 'Math.min(6 * 3_600_000, 5_000 *', replace: 'Math.min(60, 10 *' },
  {
    file: 'src/ingest/jobs.ts',
    find: 'export const GIVE_UP_AFTER = 12;',
    replace: 'export const GIVE_UP_AFTER = 10_000;',
  },
  { file: 'src/reads/space-cache.ts', find: 'const KEPT_MS = 5000;', replace: 'const KEPT_MS = 0;' },
  { file: 'src/ingest/jobs.ts', find: 'const FAULT_RETRY_MS = 30_000;', replace: 'const FAULT_RETRY_MS = 20;' },
  { file: 'src/follow/asking.ts', find: 'const REMIND_LEAST_MS = 250;', replace: 'const REMIND_LEAST_MS = 5;' },
  { file: 'src/sync/backfill.ts', find: 'const RETRY_MS = 5_000;', replace: 'const RETRY_MS = 20;' },
];
