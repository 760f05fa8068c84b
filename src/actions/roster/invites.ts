// Inviting: by a link, or by name. Whoever invited must still be allowed to when somebody comes by it.

import { hashOf, newSecret } from '../../auth/seal.ts';
import { tell } from '../../db/personal.ts';
import { invitationOf, standingRow } from '../../db/queries/roster.ts';
import { ADMISSION, type Invite, isHeld } from '../../domain/admission.ts';
import type { Did, SpaceDetails } from '../../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/outcome.ts';
import { refusalOf } from '../../domain/permission.ts';
import { readInvite, readStanding } from '../../reads/index.ts';
import type { OwnDeps } from '../own.ts';
import { type Acted, type Actor, dropHalf, putHalf, rolesWith } from './halves.ts';

const ID = 8;
const TOKEN = /^[\w-]{43}$/;

const NO_INVITE = refuse('InviteNotFound', 'this invitation was used up or taken back, or its time is over');

export interface NewInvite {
  role: string | null;
  uses: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** The token is known now and never again: only its hash is kept. */
export async function createInvite(
  { space, standing }: Actor,
  { role, uses, expiresAt }: NewInvite,
  deps: OwnDeps,
): Promise<{ invite: Invite; token: string } | Refusal> {
  const refused = refusalOf(standing, { do: 'invite', role });
  if (refused) return refused;
  const at = deps.clock.now();
  if (!(uses >= 1 && uses <= ADMISSION.uses)) {
    return refuse('InvalidRequest', `an invitation has 1 to ${ADMISSION.uses} uses`);
  }
  if (!(expiresAt > at && expiresAt <= at + ADMISSION.inviteMs)) {
    return refuse('InvalidRequest', 'an invitation ends in the future, within a year');
  }
  if (role !== null && !space.roles.some(({ id }) => id === role)) {
    return refuse('InvalidRequest', 'the space has no such role');
  }
  const token = newSecret();
  const invite: Invite = {
    ...{ id: token.slice(0, ID), by: standing.did, role, uses, remaining: uses, at, expiresAt, revokedAt: null },
  };
  const hash = await hashOf(token.slice(ID));
  const kept = await deps.indexer.roster({ order: 'link', space: space.did, invite, hash });
  return kept ? { invite, token } : refuse('TooMany', 'there are too many invitations: take some back first');
}

export async function revokeInvite({ space, standing }: Actor, id: string, deps: OwnDeps): Acted {
  const refused = refusalOf(standing, { do: 'see-invites' });
  if (refused) return refused;
  const revoked = await deps.indexer.roster({ order: 'revoke', space: space.did, id });
  return revoked ? null : refuse('InviteNotFound', 'there is no such invitation, or it was taken back before');
}

/** The link of a token while it works, and while who made it may still invite so. */
export async function findInvite(
  space: SpaceDetails,
  token: string,
  deps: Pick<OwnDeps, 'db' | 'clock'>,
): Promise<Invite | Refusal> {
  if (!TOKEN.test(token)) return NO_INVITE;
  const cx = { db: deps.db, now: deps.clock.now() };
  const invite = await readInvite(cx, space.did, token.slice(0, ID), await hashOf(token.slice(ID)));
  if (isRefusal(invite)) return invite;
  const inviter = await readStanding(cx, space, invite.by);
  return refusalOf(inviter, { do: 'invite', role: invite.role }) ? NO_INVITE : invite;
}

/** The group's half; theirs is a record that they write, unless both are held here. */
export async function acceptInvite({ space, standing }: Actor, token: string, deps: OwnDeps): Acted {
  const refused = refusalOf(standing, { do: 'accept-invite' });
  if (refused) return refused;
  const invite = await findInvite(space, token, deps);
  if (isRefusal(invite)) return invite;
  const { did } = standing;
  if (!standing.admitted) {
    const used = await deps.indexer.roster({ order: 'use', space: space.did, id: invite.id, did });
    if (!used) return NO_INVITE;
    const failed = await putHalf(space, did, rolesWith(space, invite.role), invite.by, deps);
    if (failed) {
      await deps.indexer.roster({ order: 'unuse', space: space.did, id: invite.id, did });
      return failed;
    }
    await deps.indexer.roster({ order: 'settle', space: space.did, did });
  }
  if (isHeld(space)) await deps.indexer.roster({ order: 'hold', space: space.did, did, joined: true });
  return null;
}

/** By name: the group's half comes first, and they accept by joining. */
export async function inviteMember(
  { space, standing }: Actor,
  { did, role }: { did: Did; role: string | null },
  deps: OwnDeps,
): Acted {
  const refused = refusalOf(standing, { do: 'invite', role });
  if (refused) return refused;
  if (role !== null && !space.roles.some(({ id }) => id === role)) {
    return refuse('InvalidRequest', 'the space has no such role');
  }
  const { member, banned } = await standingRow(deps.db, space.did, did, deps.clock.now());
  if (banned) return refuse('Banned', 'they are banned from this space: lift that first');
  if (member?.admitted || did === space.did)
    return refuse('InvalidRequest', 'the group has named them a member already');
  const named = await deps.indexer.roster({ order: 'name', space: space.did, did, by: standing.did, role });
  if (!named) return refuse('TooMany', 'too many invitations are open: take some back first');
  const failed = await putHalf(space, did, rolesWith(space, role), standing.did, deps);
  if (failed) await deps.indexer.roster({ order: 'unname', space: space.did, did });
  else if (member?.joined) await settle(space, did, deps);
  else await tell(deps.db, { did, space: space.did, reason: 'invited' }, deps.clock.now());
  return failed;
}

/** Who asked before has nothing to answer. */
async function settle({ did: space }: SpaceDetails, did: Did, deps: OwnDeps): Promise<void> {
  await deps.indexer.roster({ order: 'answer', space, did, answer: 'accepted' });
  await deps.indexer.roster({ order: 'settle', space, did });
}

const NOT_INVITED = refuse('NotFound', 'nobody of this name has an open invitation');

/** By the invited: nobody is a member against their will. */
export async function declineInvitation({ space, standing }: Actor, deps: OwnDeps): Acted {
  const { did } = standing;
  const invitation = await invitationOf(deps.db, space.did, did);
  if (invitation?.state !== 'open' || standing.joined) return NOT_INVITED;
  const failed = await dropHalf(space, did, did, deps);
  if (!failed) await deps.indexer.roster({ order: 'answer', space: space.did, did, answer: 'declined' });
  return failed;
}

/** By those who might have invited so. */
export async function withdrawInvitation({ space, standing }: Actor, did: Did, deps: OwnDeps): Acted {
  const mayInvite = refusalOf(standing, { do: 'see-invites' });
  if (mayInvite) return mayInvite;
  const invitation = await invitationOf(deps.db, space.did, did);
  const refused = refusalOf(standing, { do: 'invite', role: invitation?.role ?? null });
  if (refused) return refused;
  const { member } = await standingRow(deps.db, space.did, did, deps.clock.now());
  if (invitation?.state !== 'open' || member?.joined) return NOT_INVITED;
  const failed = member?.admitted ? await dropHalf(space, did, standing.did, deps) : null;
  if (!failed) await deps.indexer.roster({ order: 'unname', space: space.did, did });
  return failed;
}
