// The spaces that somebody joined or follows; told to nobody else.
import { isFollowed, spacesOf } from '../db/queries/mine.ts';
import { spacesByDid } from '../db/queries/spaces.ts';
import type { Did, Space } from '../domain/model.ts';
import type { ReadContext } from './context.ts';
import { spaceOf } from './space-facts.ts';

export interface MySpace {
  space: Space;
  joined: boolean;
  admitted: boolean;
  followed: boolean;
}

/** Of a private space only to those whom it concerns; by name. */
export async function readMySpaces(ctx: ReadContext, did: Did): Promise<MySpace[]> {
  const mine = new Map((await spacesOf(ctx.db, did)).map((row) => [row.space, row]));
  const rows = await spacesByDid(ctx.db, [...mine.keys()]);
  return rows
    .flatMap((row): MySpace[] => {
      const [space, how] = [spaceOf(row, ctx.allowed), mine.get(row.did)];
      const { joined, admitted, followed } = how ?? { joined: 0, admitted: 0, followed: 0 };
      const isSeen = space.visibility === 'private' ? joined + admitted > 0 : joined + followed > 0;
      return isSeen ? [{ space, joined: joined === 1, admitted: admitted === 1, followed: followed > 0 }] : [];
    })
    .sort((a, b) => (a.space.displayName < b.space.displayName ? -1 : 1));
}

export const readFollowed = ({ db }: Pick<ReadContext, 'db'>, space: Did, did: Did): Promise<boolean> =>
  isFollowed(db, space, did);
