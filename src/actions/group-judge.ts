// What members want of the group account, judged by what is true now: who they are, what it is, and whether it is a valid record.
import type { GroupWish } from '../auth/group.ts';
import { isOfTheGroup, NSID } from '../domain/collections.ts';
import { refuseCollection, refuseToken } from '../domain/group-acts.ts';
import type { Did, SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import { refusalOf, type Standing } from '../domain/permission.ts';
import type { RepoAct } from '../ports/accounts.ts';
import type { GroupWrites } from '../ports/groups.ts';
import { type ReadContext, readSpace, readStanding, SpaceCache } from '../reads/index.ts';
import { refuseMembership } from './group-members.ts';
import { refuseInvalid } from './own.ts';

const MAX_WRITES = 200;
/** Half of what an object can be sent at once. */
export const MAX_BLOB = 16_000_000;

export interface JudgeDeps extends Omit<ReadContext, 'spaces' | 'viewer'> {
  /** The names this instance goes by. */
  here: Did[];
}

export async function judge(group: Did, by: Did, wish: GroupWish, deps: JudgeDeps): Promise<Refusal | null> {
  if (wish.wants !== 'token' && wish.isOwn) return refuseOwn(group, wish, deps.now);
  // What was kept a moment ago may be from before the last act.
  const viewer = { did: by, handle: null, by: 'service' as const };
  const ctx: ReadContext = { ...deps, viewer, spaces: new SpaceCache() };
  const space = await readSpace(ctx, group);
  if (isRefusal(space)) return space;
  const standing = await readStanding(ctx, space, by);
  switch (wish.wants) {
    case 'upload':
      return refuseLong(wish.bytes) ?? refusalOf(standing, { do: 'upload-as-group' });
    case 'token':
      return refusalOf(standing, { do: 'sign-as-group' }) ?? refuseToken(wish.token, deps.here, deps.now);
    case 'write':
      return refuseWrites(space.did, wish.writes, deps.now, (act) => refuseAct(act, space, standing, deps.db));
  }
}

/** The house itself writes for somebody, who has been asked before; also for a group that is no space yet. */
const refuseOwn = async (
  group: Did,
  wish: Exclude<GroupWish, { wants: 'token' }>,
  now: number,
): Promise<Refusal | null> =>
  wish.wants === 'upload' ? refuseLong(wish.bytes) : refuseWrites(group, wish.writes, now, refuseForeign);

const refuseLong = (bytes: number): Refusal | null =>
  bytes > MAX_BLOB ? refuse('BlobTooLarge', `a blob must not be longer than ${MAX_BLOB} bytes`) : null;

async function refuseWrites(
  group: Did,
  { acts }: GroupWrites,
  now: number,
  refuseOne: (act: RepoAct) => Promise<Refusal | null> | Refusal | null,
): Promise<Refusal | null> {
  if (acts.length === 0 || acts.length > MAX_WRITES)
    return refuse('InvalidRequest', `there must be 1 to ${MAX_WRITES} writes`);
  for (const act of acts) {
    const refused =
      refuseCollection(act.collection) ??
      (await refuseOne(act)) ??
      (act.act === 'delete' ? null : refuseInvalid(act, now, group));
    if (refused) return refused;
  }
  return null;
}

const refuseAct = (act: RepoAct, space: SpaceDetails, standing: Standing, db: D1Database): Promise<Refusal | null> =>
  act.collection === NSID.membership && !standing.paused
    ? refuseMembership(act, space, standing, db)
    : Promise.resolve(refusalOf(standing, { do: 'write-as-group', collection: act.collection }));

/** The house itself writes nothing for a group but the records of a space. */
const refuseForeign = ({ collection }: RepoAct): Refusal | null =>
  isOfTheGroup(collection) ? null : refuse('NotPermitted', `${collection} is not written by this site`);
