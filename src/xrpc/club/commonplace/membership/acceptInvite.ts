import { acceptInvite, findInvite } from '../../../../actions/roster/invites.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/acceptInvite.ts';
import { readSpaceFor } from '../../../../reads/index.ts';
import { viewerProcedure } from '../../../method.ts';

export default viewerProcedure(lexicon, async ({ space: name, token }, ctx) => {
  // A private space is there for who is invited.
  const actor = await readSpaceFor(
    ctx,
    name,
    ctx.viewer.did,
    async (space) => !isRefusal(await findInvite(space, token, ctx.own)),
  );
  if (isRefusal(actor)) return actor;
  return (await acceptInvite(actor, token, ctx.own)) ?? {};
});
