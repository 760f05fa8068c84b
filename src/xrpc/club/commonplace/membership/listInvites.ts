import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/listInvites.ts';
import { readInvites, readSpaceFor } from '../../../../reads/index.ts';
import { inviteView } from '../../../../views/roster.ts';
import { listed } from '../../../member.ts';
import { viewerQuery } from '../../../method.ts';

export default viewerQuery(lexicon, async ({ space, ...page }, ctx) => {
  const actor = await readSpaceFor(ctx, space, ctx.viewer.did);
  return isRefusal(actor) ? actor : listed('invites', await readInvites(ctx, actor, page), inviteView);
});
