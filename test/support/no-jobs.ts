/** Work in slices that is not done. */
import type { JobHandlers } from '../../src/ingest/jobs.ts';

export const none = async (): Promise<{ writes: []; next: null }> => ({ writes: [], next: null });

export const NO_JOBS: JobHandlers = {
  ...{ thread: none, author: none, account: none, space: none, sections: none, dependants: none },
  ...{ erase: none, leave: none, heal: none, reread: none, block: none, unban: none },
  ...{ resolve: none, confirm: none, prove: none, discover: none, backfill: none, sweep: none, prefetch: none },
};
