// Taking somebody out, keeping somebody out for a time, and giving roles: never so that nobody is left who can act for the space.
import { tell } from '../../db/personal.ts';
import { standingRow } from '../../db/queries/roster.ts';
import { ADMISSION } from '../../domain/admission.ts';
import type { Did } from '../../domain/model.ts';
import { refuse } from '../../domain/outcome.ts';
import { refusalOf } from '../../domain/permission.ts';
import type { OwnDeps } from '../own.ts';
import { type Acted, type Actor, dropHalf, putHalf } from './halves.ts';

const NO_MEMBER = refuse('MemberNotFound', 'nobody of this name is a member here');

export async function eject({ space, standing }: Actor, did: Did, deps: OwnDeps): Acted {
  const { member } = await standingRow(deps.db, space.did, did, deps.clock.now());
  const refused = refusalOf(standing, { do: 'eject', roles: member?.roles ?? [] });
  if (refused) return refused;
  if (!member?.admitted) return NO_MEMBER;
  const kept = await deps.indexer.spare(space.did, { change: 'out', did });
  const failed = kept ?? (await dropHalf(space, did, standing.did, deps));
  // Somebody invited who has not come is not invited any more.
  if (!failed && !member.joined) await deps.indexer.roster({ order: 'unname', space: space.did, did });
  return failed;
}

export interface NewBan {
  did: Did;
  /** Milliseconds since 1970. */
  until: number;
  told: string;
  reason: string;
}

/** They are a member no more, and may not join, ask or write here until it ends. */
export async function ban({ space, standing }: Actor, { did, until, told, reason }: NewBan, deps: OwnDeps): Acted {
  const at = deps.clock.now();
  const { member } = await standingRow(deps.db, space.did, did, at);
  const refused = refusalOf(standing, { do: 'ban', roles: member?.roles ?? [] });
  if (refused) return refused;
  if (did === space.did || did === standing.did) return refuse('InvalidRequest', 'nobody bans themselves or the group');
  if (!(until > at && until <= at + ADMISSION.banMs)) {
    return refuse('InvalidRequest', 'a ban ends in the future, within ten years');
  }
  const kept = member ? await deps.indexer.spare(space.did, { change: 'out', did }) : null;
  if (kept) return kept;
  await deps.indexer.roster({
    order: 'ban',
    space: space.did,
    did,
    ban: { by: standing.did, at, until, told, reason },
  });
  // It holds without this. Where the group's server is away the next round does it.
  if (member?.admitted) await dropHalf(space, did, standing.did, deps);
  await tell(deps.db, { did, space: space.did, reason: 'banned', detail: told }, at);
  return null;
}

export async function unban({ space, standing }: Actor, did: Did, deps: OwnDeps): Acted {
  const refused = refusalOf(standing, { do: 'see-bans' });
  if (refused) return refused;
  const lifted = await deps.indexer.roster({ order: 'unban', space: space.did, did });
  return lifted ? null : refuse('NotFound', 'nobody of this name is banned here');
}

const MAX_ROLES = 20;

export async function setRoles(
  { space, standing }: Actor,
  { did, roles }: { did: Did; roles: string[] },
  deps: OwnDeps,
): Acted {
  const { member, banned } = await standingRow(deps.db, space.did, did, deps.clock.now());
  const after = [...new Set(roles)];
  const refused = refusalOf(standing, { do: 'assign', before: member?.roles ?? [], after });
  if (refused) return refused;
  if (!member?.admitted || banned) return NO_MEMBER;
  const isNew = (role: string): boolean => !member.roles.includes(role);
  if (after.length > MAX_ROLES || after.some((role) => isNew(role) && !space.roles.some(({ id }) => id === role))) {
    return refuse('InvalidRequest', 'the space has no such role');
  }
  const kept = await deps.indexer.spare(space.did, { change: 'roles', did, roles: after });
  return kept ?? (await putHalf(space, did, after, standing.did, deps));
}
