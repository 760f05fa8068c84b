import { isRefusal } from '../../../../domain/outcome.ts';
import * as getUnreadCount from '../../../../lexicons/club/commonplace/notification/getUnreadCount.ts';
import { countUnread, readSpace } from '../../../../reads/index.ts';
import { viewerQuery } from '../../../method.ts';

export default viewerQuery(getUnreadCount, async ({ space: name }, ctx) => {
  const space = name === undefined ? null : await readSpace(ctx, name);
  if (space && isRefusal(space)) return space;
  return { count: await countUnread(ctx, ctx.viewer.did, space) };
});
