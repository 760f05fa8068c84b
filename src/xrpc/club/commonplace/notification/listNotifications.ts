import { isRefusal } from '../../../../domain/outcome.ts';
import * as listNotifications from '../../../../lexicons/club/commonplace/notification/listNotifications.ts';
import { readNotices, readSeenAt, readSpace } from '../../../../reads/index.ts';
import { noticeView } from '../../../../views/notice.ts';
import { datetime } from '../../../../views/time.ts';
import { viewerQuery } from '../../../method.ts';
import { next } from '../../../values.ts';

export default viewerQuery(listNotifications, async ({ space: name, limit, cursor }, ctx) => {
  const space = name === undefined ? null : await readSpace(ctx, name);
  if (space && isRefusal(space)) return space;
  const page = await readNotices(ctx, ctx.viewer.did, { space, limit, cursor, withRecord: true });
  if (isRefusal(page)) return page;
  const places = new Map(page.spaces.map((one) => [one.did, { space: one, base: ctx.base }]));
  const notifications = page.items.flatMap((item) => {
    const place = places.get(item.space);
    return place ? [noticeView(item, place)] : [];
  });
  const seenAt = await readSeenAt(ctx, ctx.viewer.did, space?.did ?? null);
  return { notifications, ...(seenAt > 0 ? { seenAt: datetime(seenAt) } : {}), ...next(page) };
});
