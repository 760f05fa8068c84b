// What one account is in a space. For itself alone, and for deciding what it may do.
import { memberOf } from '../db/queries/members.ts';
import type { Did, SpaceDetails } from '../domain/model.ts';
import { type Standing, standingOf } from '../domain/permission.ts';
import type { ReadContext } from './context.ts';

export const readStanding = async (
  { db }: Pick<ReadContext, 'db'>,
  space: Pick<SpaceDetails, 'did' | 'policy' | 'joinPolicy'>,
  did: Did,
): Promise<Standing> => standingOf(space, did, await memberOf(db, space.did, did));
