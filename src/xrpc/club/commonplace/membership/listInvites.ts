import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/listInvites.ts';
import { readInvites } from '../../../../reads/index.ts';
import { inviteView } from '../../../../views/roster.ts';
import { actorOf, listed } from '../../../member.ts';
import { query } from '../../../method.ts';

export default query(lexicon, async ({ space, ...page }, ctx) => {
  const actor = await actorOf(ctx, space, lexicon.$lxm);
  return isRefusal(actor) ? actor : listed('invites', await readInvites(ctx, actor, page), inviteView);
});
