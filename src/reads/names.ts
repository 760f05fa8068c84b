// Names to choose from, for who begins to write their own.
import { namesBeginning } from '../db/queries/names.ts';
import type { ReadContext } from './context.ts';

const MOST = 8;
/** Fewer letters than these would list everybody. */
const BEGINNING = /^[a-z0-9][a-z0-9.-]{1,60}$/;

/** The same for everybody who asks; none where it is no beginning of a handle. */
export function readNames({ db }: Pick<ReadContext, 'db'>, given: string): Promise<string[]> {
  const beginning = given.trim().replace(/^@/, '').toLowerCase();
  return BEGINNING.test(beginning) ? namesBeginning(db, beginning, MOST) : Promise.resolve([]);
}
