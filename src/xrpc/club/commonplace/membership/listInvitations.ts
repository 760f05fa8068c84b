import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/listInvitations.ts';
import { readInvited } from '../../../../reads/index.ts';
import { invitationView } from '../../../../views/roster.ts';
import { actorOf, listed } from '../../../member.ts';
import { query } from '../../../method.ts';

export default query(lexicon, async ({ space, ...page }, ctx) => {
  const actor = await actorOf(ctx, space, lexicon.$lxm);
  return isRefusal(actor) ? actor : listed('invitations', await readInvited(ctx, actor, page), invitationView);
});
