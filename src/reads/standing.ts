// What one account is in a space, and what it likes there: for itself alone, and for deciding what it may do.
import { likesOf } from '../db/queries/likes.ts';
import { memberOf } from '../db/queries/members.ts';
import type { AtUri, Did, SpaceDetails } from '../domain/model.ts';
import { type Standing, standingOf } from '../domain/permission.ts';
import type { ReadContext } from './context.ts';

export const readStanding = async (
  { db }: Pick<ReadContext, 'db'>,
  space: Pick<SpaceDetails, 'did' | 'policy' | 'joinPolicy' | 'visibility' | 'paused'>,
  did: Did,
): Promise<Standing> => standingOf(space, did, await memberOf(db, space.did, did));

/** Which of these the account likes, by their address: the like's own. */
export const readLikes = (
  { db }: Pick<ReadContext, 'db'>,
  space: Did,
  did: Did,
  subjects: AtUri[],
): Promise<Map<AtUri, AtUri>> => likesOf(db, space, did, subjects);
