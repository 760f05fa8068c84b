// Names of members: whose a name is, and which somebody has.
import { type HeldName, holderOf, isNameless, nameOf } from '../db/queries/member-names.ts';
import type { Did, SpaceDetails } from '../domain/model.ts';
import { RELEASED_AFTER_MS, splitHost } from '../domain/names.ts';
import { isRefusal } from '../domain/outcome.ts';
import type { ReadContext } from './context.ts';
import { readSpaceByHost } from './spaces.ts';

/** Whether the space gives names at all: where it is told to nobody who is in, they would tell. */
export const givesNames = async (
  { db }: Pick<ReadContext, 'db'>,
  space: Pick<SpaceDetails, 'did' | 'roster' | 'visibility'>,
): Promise<boolean> =>
  space.roster === 'public' && space.visibility !== 'private' && !(await isNameless(db, space.did));

const isReleased = ({ leftAt }: HeldName, now: number): boolean => leftAt !== null && leftAt < now - RELEASED_AFTER_MS;

export const readName = ({ db }: Pick<ReadContext, 'db'>, space: Did, did: Did): Promise<HeldName | null> =>
  nameOf(db, space, did);

/** The account behind `name.<hostname of a space>`; null where there is none. Whoever asks, it is the same. */
export async function readNamed(ctx: ReadContext, hostname: string): Promise<Did | null> {
  const parts = splitHost(hostname);
  if (!parts) return null;
  const space = await readSpaceByHost({ ...ctx, viewer: null }, parts.host);
  if (isRefusal(space) || !(await givesNames(ctx, space))) return null;
  const held = await holderOf(ctx.db, space.did, parts.label);
  return held && !isReleased(held, ctx.now) ? held.did : null;
}
