// The one door before all that others copy a space from: which space, who asks, and whether they may.
import { type Claim, readClaim, refuseUnlessProven } from '../auth/service.ts';
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
  const { request, now, instance, audience: here } = ctx;
  const claim = readClaim(request.headers.get('authorization'), { here, method, now });
  if (claim !== null && isRefusal(claim)) return claim;
  const space = await readSpace(ctx, name);
  if (isRefusal(space)) return space;
  // A person's account gives no right to copy: it may what anybody may.
  const isInstance = claim?.issuer.startsWith('did:web:') ?? false;
  const caller: Caller = claim && isInstance ? { is: 'instance', did: claim.issuer } : isPage ? { is: 'page' } : ANYONE;
  const access = mayCopy(space, caller, instance);
  if (access !== 'yes') return refusals[access];
  const refused = mayCopy(space, ANYONE, instance) !== 'yes' ? await unproven(ctx, caller, claim) : null;
  return refused ?? { space, caller };
}

/** Asked only where the name gives a right that nobody else has: no stranger makes us look up a key. */
const unproven = async (ctx: XrpcContext, caller: Caller, claim: Claim | null): Promise<Refusal | null> =>
  claim && caller.is === 'instance' ? refuseUnlessProven(claim, ctx) : null;

const refusals: Record<Exclude<Access, 'yes'>, Refusal> = {
  hidden: refuse('SpaceNotFound', 'this instance has no such space'),
  unproven: refuse(
    'AuthenticationRequired',
    'the space is given only to instances it names: send a service JWT of one of them',
  ),
  refused: refuse('InstanceNotAllowed', 'the space is not given to this instance'),
};
