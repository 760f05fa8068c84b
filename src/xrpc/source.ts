// The one door before all that others copy a space from: which space, who asks, and whether they may.
import { type Claim, readClaim, refuseUnlessSigned } from '../auth/instance.ts';
import { type Access, ANYONE, type Caller, mayCopy } from '../domain/access.ts';
import type { SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import { readSpace } from '../reads/index.ts';
import type { XrpcContext } from './method.ts';

export interface Source {
  space: SpaceDetails;
  caller: Caller;
}

/** `method`: its NSID, which a service JWT must name. `isPage`: a page of the space's own site asks. */
export async function openSource(
  ctx: XrpcContext,
  name: string,
  method: string,
  isPage = false,
): Promise<Source | Refusal> {
  const { request, now, instance } = ctx;
  const claim = readClaim(request.headers.get('authorization'), { here: instance, method, now });
  if (claim !== null && isRefusal(claim)) return claim;
  const space = await readSpace(ctx, name);
  if (isRefusal(space)) return space;
  const caller: Caller = claim ? { is: 'instance', did: claim.issuer } : isPage ? { is: 'page' } : ANYONE;
  const access = mayCopy(space, caller, instance);
  if (access !== 'yes') return refusals[access];
  const refused = claim && mayCopy(space, ANYONE, instance) !== 'yes' ? await unproven(ctx, space, claim) : null;
  return refused ?? { space, caller };
}

/** Asked only where the name gives a right that nobody else has: no stranger makes us look up a key. */
async function unproven({ keys, listeners }: XrpcContext, space: SpaceDetails, claim: Claim): Promise<Refusal | null> {
  const refused = await refuseUnlessSigned(claim, keys);
  if (refused) return refused;
  const isFirst = await listeners.isFirstUse(space.did, claim.token, claim.expiresAt);
  return isFirst ? null : refuse('AuthenticationRequired', 'this token was used before: make one for each request');
}

const refusals: Record<Exclude<Access, 'yes'>, Refusal> = {
  hidden: refuse('SpaceNotFound', 'this instance has no such space'),
  unproven: refuse(
    'AuthenticationRequired',
    'the space is given only to instances it names: send a service JWT of one of them',
  ),
  refused: refuse('InstanceNotAllowed', 'the space is not given to this instance'),
};
