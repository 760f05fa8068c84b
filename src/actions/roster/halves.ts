// The group's half of a membership: a record in its repository, or, where the roster is private, a row that is kept here.
import { valuesOf } from '../../db/queries/recompute.ts';
import { isHeld } from '../../domain/admission.ts';
import { NSID } from '../../domain/collections.ts';
import { membershipRecord } from '../../domain/compose.ts';
import type { GroupCause } from '../../domain/group-deed.ts';
import type { Did, JsonObject, SpaceDetails } from '../../domain/model.ts';
import { type Refusal, refuse } from '../../domain/outcome.ts';
import type { Standing } from '../../domain/permission.ts';
import { makeUri } from '../../domain/uri.ts';
import type { NotWritten, RepoAct } from '../../ports/accounts.ts';
import { writeAsGroup } from '../group-write.ts';
import type { OwnDeps } from '../own.ts';

/** Who acts, and where; however they said who they are. */
export interface Actor {
  space: SpaceDetails;
  standing: Standing;
}

/** Null when it is done. */
export type Acted = Promise<Refusal | null>;

/** What every new member is given, and more. */
export const rolesWith = (space: SpaceDetails, more: string | null): string[] => [
  ...new Set([
    ...space.roles.filter(({ isDefault }) => isDefault).map(({ id }) => id),
    ...(more === null ? [] : [more]),
  ]),
];

/** Makes it, or gives it other roles; what else the record says stays. Whether `by` may do this has been asked before. */
export async function putHalf(space: SpaceDetails, member: Did, roles: string[], by: Did, deps: OwnDeps): Acted {
  const { did: group } = space;
  if (isHeld(space)) return held(deps, { order: 'hold', space: group, did: member, admitted: true, roles });
  const uri = makeUri(group, NSID.membership, member);
  const before = (await valuesOf(deps.db, group, [uri])).get(uri);
  const createdAt = new Date(deps.clock.now()).toISOString();
  const record = {
    ...membershipRecord(group, { member, roles, createdAt }),
    ...(before === undefined ? {} : (JSON.parse(before) as JsonObject)),
    roles,
  };
  const act = { act: 'put' as const, collection: NSID.membership, rkey: member, record };
  return byGroup(space, act, { by, deed: 'admit', about: member }, deps);
}

/** Takes it back. Where it is held here, theirs goes along: nothing else keeps it. */
export async function dropHalf(space: SpaceDetails, member: Did, by: Did, deps: OwnDeps): Acted {
  const { did: group } = space;
  if (isHeld(space)) {
    return held(deps, { order: 'hold', space: group, did: member, joined: false, admitted: false, roles: [] });
  }
  const act = { act: 'delete' as const, collection: NSID.membership, rkey: member };
  return byGroup(space, act, { by, deed: 'eject', about: member }, deps);
}

async function held(deps: OwnDeps, order: Parameters<OwnDeps['indexer']['roster']>[0]): Acted {
  await deps.indexer.roster(order);
  return null;
}

async function byGroup(space: SpaceDetails, act: RepoAct, cause: GroupCause, deps: OwnDeps): Acted {
  const written = await writeAsGroup(space.did, act, cause, deps);
  return 'failed' in written ? refusedByGroup(written) : null;
}

const refusedByGroup = ({ failed, message }: NotWritten): Refusal =>
  failed === 'signed-out' || failed === 'refused'
    ? refuse('GroupNotConnected', 'the group account is not connected: whoever may configure it must connect it first')
    : refuse('UpstreamFailure', `the server of the group account did not do it: ${message}`);
