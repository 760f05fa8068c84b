// The page of what one is told: of a space at its site, of all one's spaces at the instance's own host.
import { seeUntil } from '../../actions/personal.ts';
import { isRefusal } from '../../domain/outcome.ts';
import { readFeedToken, readNotices } from '../../reads/index.ts';
import { originOf } from '../context.ts';
import { say } from '../messages.ts';
import { NotificationsText } from '../pages/notifications.tsx';
import { isRefused, text } from '../query.ts';
import { placePage, refusalPage } from '../respond.tsx';
import { guestOf, hubOf, leadTo } from '../sign-in/door.ts';
import { type Env, sentByViewer, spaceOf, toSignIn } from './desk.tsx';

const LIMIT = 30;
export const NOTIFICATIONS = '/notifications';

export const notificationsPage = (env: Env): Promise<Response> => shownNotifications(env, null);

/** `madeFeed`: the address that was just made; it is never shown again. */
export async function shownNotifications(env: Env, madeFeed: string | null): Promise<Response> {
  const { web, url, place } = env;
  const guest = guestOf(env);
  if (!guest.viewer) return toSignIn(NOTIFICATIONS);
  const cursor = text(url, 'cursor');
  if (isRefused(cursor)) return refusalPage(place, cursor);
  const space = spaceOf(env);
  const { did } = guest.viewer;
  const [page, feed] = await Promise.all([
    readNotices(web.read, did, { space, limit: LIMIT, cursor }),
    readFeedToken(web.read, did, space?.did ?? null),
  ]);
  if (isRefusal(page)) return refusalPage(place, page);
  const origins = page.spaces.map((one) => [one.did, space ? '' : originOf(web, url, one.hosts[0] ?? '')] as const);
  const unread = page.items.filter(({ isRead }) => !isRead).length;
  const props = {
    ...{ page, token: guest.token, now: web.read.now, isFirst: cursor === null, madeFeed },
    origins: new Map(origins),
    hub: space ? hubOf(env).origin : null,
    feedMadeAt: feed?.madeAt ?? null,
    hasUnread: unread > 0,
    hasFeed: space?.visibility !== 'private',
  };
  const response = placePage(place, say.notifications, <NotificationsText {...props} />);
  // Nobody but the one who made it may come across it again.
  if (madeFeed !== null) response.headers.set('cache-control', 'no-store');
  return response;
}

/** Up to when the page was made that they looked at. */
export async function markSeen(env: Env, request: Request): Promise<Response> {
  const given = await sentByViewer(env, request, NOTIFICATIONS);
  if (given instanceof Response) return given;
  const { viewer, fields } = given;
  const until = Number(fields.get('until'));
  const { db, now } = env.web.read;
  if (Number.isSafeInteger(until) && until > 0)
    await seeUntil(viewer.did, spaceOf(env)?.did ?? null, until, { db, now });
  return leadTo(NOTIFICATIONS);
}
