import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/listBans.ts';
import { readBans, readSpaceFor } from '../../../../reads/index.ts';
import { banView } from '../../../../views/roster.ts';
import { listed } from '../../../member.ts';
import { viewerQuery } from '../../../method.ts';

export default viewerQuery(lexicon, async ({ space, ...page }, ctx) => {
  const actor = await readSpaceFor(ctx, space, ctx.viewer.did);
  return isRefusal(actor) ? actor : listed('bans', await readBans(ctx, actor, page), banView);
});
