import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/listBans.ts';
import { readBans } from '../../../../reads/index.ts';
import { banView } from '../../../../views/roster.ts';
import { actorOf, listed } from '../../../member.ts';
import { query } from '../../../method.ts';

export default query(lexicon, async ({ space, ...page }, ctx) => {
  const actor = await actorOf(ctx, space, lexicon.$lxm);
  return isRefusal(actor) ? actor : listed('bans', await readBans(ctx, actor, page), banView);
});
