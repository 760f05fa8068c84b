// What was missed is read from the repositories again.
import { beginHealing, readAgain } from '../db/backfill.ts';
import type { JobHandler } from './jobs.ts';

/** A gap was found: all repositories of all spaces. */
export const heal: JobHandler = async (_job, { db, clock }) => ({
  writes: [],
  also: beginHealing(db, clock.now()),
  next: null,
});

/** One repository is not as the stream told it. Key: the DID. */
export const reread: JobHandler = async ({ key }, { db, clock }) => ({
  writes: [],
  also: readAgain(db, key, clock.now()),
  next: null,
});
