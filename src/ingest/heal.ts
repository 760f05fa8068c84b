// A gap was found: all repositories of all spaces are read again.
import { beginHealing } from '../db/backfill.ts';
import type { JobHandler } from './jobs.ts';

export const heal: JobHandler = async (_job, { db, clock }) => ({
  writes: [],
  also: beginHealing(db, clock.now()),
  next: null,
});
