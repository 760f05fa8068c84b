import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/space/listMembers.ts';
import { readMembers, readSpace } from '../../../../reads/index.ts';
import { memberView } from '../../../../views/roster.ts';
import { actorOf, listed } from '../../../member.ts';
import { query } from '../../../method.ts';

export default query(lexicon, async ({ space: name, ...page }, ctx) => {
  if (ctx.request.headers.has('authorization')) {
    const actor = await actorOf(ctx, name, lexicon.$lxm);
    return isRefusal(actor) ? actor : listed('members', await readMembers(ctx, actor, page), memberView);
  }
  const space = await readSpace(ctx, name);
  if (isRefusal(space)) return space;
  return listed('members', await readMembers(ctx, { space, standing: null }, page), memberView);
});
