// What one account is in a space, and what it likes there: for itself alone, and for deciding what it may do.
import { likesOf } from '../db/queries/likes.ts';
import { standingRow } from '../db/queries/roster.ts';
import type { AtUri, Did, SpaceDetails } from '../domain/model.ts';
import { type Standing, type StandingSpace, standingOf } from '../domain/permission.ts';
import type { ReadContext } from './context.ts';

export const readStanding = async (
  { db, now }: Pick<ReadContext, 'db' | 'now'>,
  space: StandingSpace & Pick<SpaceDetails, 'did'>,
  did: Did,
): Promise<Standing> => {
  const { member, banned } = await standingRow(db, space.did, did, now);
  return standingOf(space, did, member, banned);
};

/** Which of these the account likes, by their address: the like's own. */
export const readLikes = (
  { db }: Pick<ReadContext, 'db'>,
  space: Did,
  did: Did,
  subjects: AtUri[],
): Promise<Map<AtUri, AtUri>> => likesOf(db, space, did, subjects);
