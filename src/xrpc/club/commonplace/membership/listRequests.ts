import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/listRequests.ts';
import { readRequests } from '../../../../reads/index.ts';
import { requestView } from '../../../../views/roster.ts';
import { actorOf, listed } from '../../../member.ts';
import { query } from '../../../method.ts';

export default query(lexicon, async ({ space, ...page }, ctx) => {
  const actor = await actorOf(ctx, space, lexicon.$lxm);
  return isRefusal(actor) ? actor : listed('requests', await readRequests(ctx, actor, page), requestView);
});
