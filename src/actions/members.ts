// A member's own half of a membership: a record in their own repository; and the group's, where that takes whoever comes.
import { NSID } from '../domain/collections.ts';
import { beginRecord, membershipRecord } from '../domain/compose.ts';
import type { Did, SpaceDetails } from '../domain/model.ts';
import { confirmsAtOnce } from '../domain/permission.ts';
import { writeAsGroup } from './group-write.ts';
import { isDone, type Outcome, type OwnDeps, type Writer, writeOwn } from './own.ts';

export async function join(writer: Writer, deps: OwnDeps): Promise<Outcome> {
  const { did: space } = writer.space;
  const record = beginRecord(NSID.join, space, new Date(deps.clock.now()).toISOString());
  const act = { act: 'put' as const, collection: NSID.join, rkey: space, record };
  const outcome = await writeOwn(writer, { do: 'join' }, act, deps);
  if (isDone(outcome) && confirmsAtOnce(writer.standing)) await confirm(writer.space, writer.standing.did, deps);
  return outcome;
}

/** False where the group account is not connected, or its server is away: the join stands by itself until it is confirmed. */
export async function confirm(space: SpaceDetails, member: Did, deps: OwnDeps): Promise<boolean> {
  const { did: group } = space;
  if (!(await deps.groups.connection(group)).isConnected) return false;
  const roles = space.roles.filter(({ isDefault }) => isDefault).map(({ id }) => id);
  const createdAt = new Date(deps.clock.now()).toISOString();
  const record = membershipRecord(group, { member, roles, createdAt });
  const act = { act: 'put' as const, collection: NSID.membership, rkey: member, record };
  return !('failed' in (await writeAsGroup(group, act, { by: member, deed: 'admit', about: member }, deps)));
}

export const leave = (writer: Writer, deps: OwnDeps): Promise<Outcome> =>
  writeOwn(writer, { do: 'leave' }, { act: 'delete', collection: NSID.join, rkey: writer.space.did }, deps);
