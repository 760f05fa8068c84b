// Memberships, roles and permissions written as the group by members themselves: judged by whom they concern, and never so that nobody
// is left who could act for the space.

import { valuesOf } from '../db/queries/recompute.ts';
import { isHeld } from '../domain/admission.ts';
import { NSID } from '../domain/collections.ts';
import type { StaffChange } from '../domain/lockout.ts';
import type { Did, JsonObject, SpaceDetails } from '../domain/model.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import { refusalOf, type Standing } from '../domain/permission.ts';
import { rolesOf, spacePolicy } from '../domain/policy.ts';
import { makeUri } from '../domain/uri.ts';
import type { RepoAct } from '../ports/accounts.ts';
import type { IndexerPort } from '../ports/indexer.ts';

/** Roles before and after; null where there is no membership. */
interface Change {
  before: string[] | null;
  after: string[] | null;
}

export async function refuseMembership(
  act: RepoAct,
  space: SpaceDetails,
  standing: Standing,
  db: D1Database,
): Promise<Refusal | null> {
  if (isHeld(space)) return refuse('NotPermitted', 'who is in this space is kept in no record');
  const before = act.rkey === undefined ? null : await rolesBefore(db, space.did, act.rkey);
  return refusedChange({ before, after: act.act === 'delete' ? null : rolesOf(act.record) }, space, standing);
}

async function rolesBefore(db: D1Database, space: Did, member: Did): Promise<string[] | null> {
  const uri = makeUri(space, NSID.membership, member);
  const value = (await valuesOf(db, space, [uri])).get(uri);
  return value === undefined ? null : rolesOf(JSON.parse(value) as JsonObject);
}

/** Whoever admits gives what every new member is given, and what else they may give. */
function refusedChange({ before, after }: Change, space: SpaceDetails, standing: Standing): Refusal | null {
  if (after === null) return refusalOf(standing, { do: 'eject', roles: before ?? [] });
  if (before !== null) return refusalOf(standing, { do: 'assign', before, after });
  const given = space.roles.filter(({ isDefault }) => isDefault).map(({ id }) => id);
  const more = after.filter((role) => !given.includes(role));
  return (
    refusalOf(standing, { do: 'admit' }) ??
    (more.length === 0 ? null : refusalOf(standing, { do: 'assign', before: [], after: more }))
  );
}

/** What of it may take somebody from the space who keeps it. */
function staffChanges(space: Did, act: RepoAct): StaffChange[] {
  if (act.collection === NSID.permissions) {
    const { actions } = spacePolicy(space, null, act.act === 'delete' ? null : act.record, () => false);
    return [{ change: 'permissions', actions: { ...actions } }];
  }
  if (act.collection !== NSID.membership || act.rkey === undefined) return [];
  return act.act === 'delete'
    ? [{ change: 'out', did: act.rkey }]
    : [{ change: 'roles', did: act.rkey, roles: rolesOf(act.record) }];
}

/** Asked last: what is let through counts as done. */
export async function spareKeepers(
  space: Did,
  acts: RepoAct[],
  indexer: Pick<IndexerPort, 'spare'>,
): Promise<Refusal | null> {
  for (const change of acts.flatMap((act) => staffChanges(space, act))) {
    const refused = await indexer.spare(space, change);
    if (refused) return refused;
  }
  return null;
}
