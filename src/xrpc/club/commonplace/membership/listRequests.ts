import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/listRequests.ts';
import { readRequests, readSpaceFor } from '../../../../reads/index.ts';
import { requestView } from '../../../../views/roster.ts';
import { listed } from '../../../member.ts';
import { viewerQuery } from '../../../method.ts';

export default viewerQuery(lexicon, async ({ space, ...page }, ctx) => {
  const actor = await readSpaceFor(ctx, space, ctx.viewer.did);
  return isRefusal(actor) ? actor : listed('requests', await readRequests(ctx, actor, page), requestView);
});
