// Whoever joined an open space by a record that another client wrote, or while its group account was out of reach, is confirmed as well.
import { isSpace } from '../db/queries/holdings.ts';
import { bannedMembers, joinedSince, lastSeq } from '../db/queries/members.ts';
import type { Did, SpaceDetails } from '../domain/model.ts';
import { isRefusal } from '../domain/outcome.ts';
import { type ReadContext, readSpace } from '../reads/index.ts';
import { confirm } from './members.ts';
import type { OwnDeps } from './own.ts';
import { dropHalf } from './roster/halves.ts';

/** In one round; those that are left come in the next. */
const MOST = 50;
const PATIENCE = 3;

export async function welcome(read: ReadContext, deps: OwnDeps): Promise<void> {
  for (const group of await deps.groups.connected()) {
    try {
      await welcomeOf(group, read, deps);
    } catch (error) {
      // The others do not wait for it.
      deps.log('a round for a group failed', { group, error: error instanceof Error ? error.message : '' });
    }
  }
}

async function welcomeOf(group: Did, read: ReadContext, deps: OwnDeps): Promise<void> {
  await deps.groups.check(group);
  const space = await readSpace(read, group);
  if (isRefusal(space)) return forgetGone(group, deps);
  if (space.roster === 'private') return;
  if (space.joinPolicy === 'open') await welcomeTo(space, read, deps);
  await showOut(space, deps);
}

/** One that was let go, or removed, before or after it was a space here. */
async function forgetGone(group: Did, { db, groups }: OwnDeps): Promise<void> {
  if (!(await isSpace(db, group)) && !(await groups.connection(group)).isConnected) await groups.forget(group);
}

/** Only what changed since the last round is looked at. Where the group's server is away, the same is looked at again. */
async function welcomeTo(space: SpaceDetails, { db }: ReadContext, deps: OwnDeps): Promise<void> {
  const { did: group } = space;
  const after = await deps.groups.welcomedUntil(group);
  const until = await lastSeq(db, group);
  if (until <= after) return;
  const joined = await joinedSince(db, group, { seq: after, now: deps.clock.now(), limit: MOST });
  let failures = 0;
  for (const { did } of joined) {
    if (await confirm(space, did, deps)) continue;
    // One who cannot be confirmed holds up nobody; a server that is away is left alone.
    if (++failures === PATIENCE) return;
  }
  if (failures > 0) return;
  const last = joined.at(-1);
  await deps.groups.setWelcomed(group, last && joined.length === MOST ? last.seq : until);
}

/** Who was banned while the group's server was away. */
async function showOut(space: SpaceDetails, deps: OwnDeps): Promise<void> {
  for (const { did, by } of await bannedMembers(deps.db, space.did, deps.clock.now(), MOST)) {
    if (await dropHalf(space, did, by, deps)) return;
  }
}
