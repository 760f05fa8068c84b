// Who asks a method: whoever their PDS says it is, by a token that it made for this one request.
import { readClaim, refuseUnlessProven } from '../auth/service.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import type { Viewer } from '../domain/viewer.ts';
import {
  type AnyProcedure,
  type Body,
  type Input,
  type Lexicon,
  type Method,
  procedure,
  type XrpcContext,
} from './method.ts';

const NOBODY = refuse(
  'AuthenticationRequired',
  'say who asks: through your PDS with "atproto-proxy", or with a service JWT made for this method',
);

/** `method`: its NSID, which the token must name. `changes`: it is not only asked. */
export async function viewerOf(ctx: XrpcContext, method: string, { changes = false } = {}): Promise<Viewer | Refusal> {
  const { request, audience: here, now } = ctx;
  const claim = readClaim(request.headers.get('authorization'), { here, method, now });
  if (claim === null) return NOBODY;
  if ('refusal' in claim) return claim;
  const refused = await refuseUnlessProven(claim, ctx, { changes });
  return refused ?? { did: claim.issuer, handle: null, by: 'service' };
}

/** Who asks is known from the token alone: the handler is given them. */
const ANYBODY = async (): Promise<null> => null;

/**
 * A procedure that somebody does for themselves alone; nothing of it is written to any repository.
 *
 * @example asOneself(updateSeen, async ({ seenAt }, viewer, ctx) => { …; return {}; })
 */
export const asOneself = <P extends AnyProcedure>(
  lexicon: Lexicon<P>,
  handler: (input: Input<P>, viewer: Viewer, ctx: XrpcContext) => Promise<Body<P> | Refusal>,
): Method =>
  procedure<P>(lexicon, {
    authorize: ANYBODY,
    handler: async (input, ctx) => {
      const viewer = await viewerOf(ctx, lexicon.main.nsid, { changes: true });
      return isRefusal(viewer) ? viewer : handler(input, viewer, ctx);
    },
  });
