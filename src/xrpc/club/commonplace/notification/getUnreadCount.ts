import { isRefusal } from '../../../../domain/outcome.ts';
import * as getUnreadCount from '../../../../lexicons/club/commonplace/notification/getUnreadCount.ts';
import { countUnread, readSpace } from '../../../../reads/index.ts';
import { query } from '../../../method.ts';
import { viewerOf } from '../../../viewer.ts';

export default query(getUnreadCount, async ({ space: name }, ctx) => {
  const viewer = await viewerOf(ctx, getUnreadCount.$lxm);
  if (isRefusal(viewer)) return viewer;
  const space = name === undefined ? null : await readSpace(ctx, name);
  if (space && isRefusal(space)) return space;
  return { count: await countUnread(ctx, viewer.did, space) };
});
