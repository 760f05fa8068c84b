import { acceptInvite, findInvite } from '../../../../actions/roster/invites.ts';
import { isRefusal, refuse } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/acceptInvite.ts';
import { readSpaceFor } from '../../../../reads/index.ts';
import { procedure } from '../../../method.ts';
import { viewerOf } from '../../../viewer.ts';

export default procedure(lexicon, {
  handler: async ({ space: name, token }, ctx) => {
    const viewer = await viewerOf(ctx, lexicon.$lxm, { changes: true });
    if (isRefusal(viewer)) return viewer;
    if (!(await ctx.tries.mayTry(viewer.did, 'invite'))) return refuse('RateLimitExceeded', 'wait for some minutes');
    // A private space is there for who is invited.
    const actor = await readSpaceFor(
      ctx,
      name,
      viewer.did,
      async (space) => !isRefusal(await findInvite(space, token, ctx.own)),
    );
    if (isRefusal(actor)) return actor;
    return (await acceptInvite(actor, token, ctx.own)) ?? {};
  },
});
