import { isRefusal } from '../../../../domain/outcome.ts';
import * as listMutes from '../../../../lexicons/club/commonplace/actor/listMutes.ts';
import { listMutes as read } from '../../../../reads/index.ts';
import { muteView } from '../../../../views/notice.ts';
import { query } from '../../../method.ts';
import { next } from '../../../values.ts';
import { viewerOf } from '../../../viewer.ts';

export default query(listMutes, async ({ limit, cursor }, ctx) => {
  const viewer = await viewerOf(ctx, listMutes.$lxm);
  if (isRefusal(viewer)) return viewer;
  const page = await read(ctx, viewer.did, { limit, cursor });
  return isRefusal(page) ? page : { mutes: page.items.map(muteView), ...next(page) };
});
