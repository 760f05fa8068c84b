import { isRefusal } from '../../../../domain/outcome.ts';
import * as listMutes from '../../../../lexicons/club/commonplace/actor/listMutes.ts';
import { listMutes as read } from '../../../../reads/index.ts';
import { muteView } from '../../../../views/notice.ts';
import { viewerQuery } from '../../../method.ts';
import { next } from '../../../values.ts';

export default viewerQuery(listMutes, async ({ limit, cursor }, ctx) => {
  const page = await read(ctx, ctx.viewer.did, { limit, cursor });
  return isRefusal(page) ? page : { mutes: page.items.map(muteView), ...next(page) };
});
