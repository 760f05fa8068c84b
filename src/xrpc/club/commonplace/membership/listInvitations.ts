import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/listInvitations.ts';
import { readInvited, readSpaceFor } from '../../../../reads/index.ts';
import { invitationView } from '../../../../views/roster.ts';
import { listed } from '../../../member.ts';
import { viewerQuery } from '../../../method.ts';

export default viewerQuery(lexicon, async ({ space, ...page }, ctx) => {
  const actor = await readSpaceFor(ctx, space, ctx.viewer.did);
  return isRefusal(actor) ? actor : listed('invitations', await readInvited(ctx, actor, page), invitationView);
});
