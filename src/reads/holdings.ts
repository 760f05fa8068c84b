// How much of what an account wrote is held, for itself alone.
import { type RecordCount, recordCounts } from '../db/queries/holdings.ts';
import type { Did } from '../domain/model.ts';
import type { ReadContext } from './context.ts';

export const readHeldRecords = ({ db }: Pick<ReadContext, 'db'>, did: Did): Promise<RecordCount[]> =>
  recordCounts(db, did);
