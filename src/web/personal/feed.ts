// The private feed: what one is told, for a feed reader, at an address that nobody can guess. It needs no sign-in, so it stands in no
// cache and no search engine, and is over as soon as its owner says so.
import { Feed } from 'feed';
import { endFeed, renewFeed } from '../../actions/personal.ts';
import { hashOf } from '../../auth/seal.ts';
import { isRefusal } from '../../domain/outcome.ts';
import { withoutTricks } from '../../domain/text.ts';
import { type NoticesPage, readFeedOwner, readNotices } from '../../reads/index.ts';
import { originOf } from '../context.ts';
import { fileHeaders } from '../headers.ts';
import { say } from '../messages.ts';
import { headline, words } from '../pages/notifications.tsx';
import { isWithheld } from '../parts/warning.tsx';
import { failurePage, frontPageName } from '../respond.tsx';
import { here, leadTo } from '../sign-in/door.ts';
import { notificationPath } from '../site.ts';
import { type Env, sentByViewer, spaceOf } from './desk.tsx';
import { NOTIFICATIONS, shownNotifications } from './notifications.tsx';

const LIMIT = 50;
const TOKEN = /^[\w-]{43}$/;
const PRIVATE = { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' };

export async function notificationsFeed(env: Env, token: string): Promise<Response> {
  const { web, place } = env;
  const space = spaceOf(env);
  // Whoever else is signed in here, nothing is read as them; and what is private is for those who are signed in.
  const read = { ...web.read, viewer: null };
  const isOpen = space?.visibility !== 'private' && TOKEN.test(token);
  const owner = isOpen ? await readFeedOwner(read, await hashOf(token), space?.did ?? null) : null;
  const page = owner === null ? null : await readNotices(read, owner, { space, limit: LIMIT });
  if (page === null || isRefusal(page)) {
    const gone = failurePage(place, 404);
    for (const [name, value] of Object.entries(PRIVATE)) gone.headers.set(name, value);
    return gone;
  }
  const headers = { ...fileHeaders('application/atom+xml; charset=utf-8', ''), ...PRIVATE };
  return new Response(atomOf(env, page), { headers });
}

/** XML has no place for these, which may stand in what people write. */
const plain = (text: string): string => withoutTricks(text).replace(/[\ufffe\uffff]/g, '');

/** The address itself does not stand in it: whoever passes the document on does not pass on the key. */
function atomOf(env: Env, page: NoticesPage): string {
  const { web, url } = env;
  const id = here(env).origin + NOTIFICATIONS;
  const [newest] = page.items;
  const feed = new Feed({
    ...{ id, link: id, title: plain(say.feedTitle(frontPageName(env.place))) },
    ...{ updated: new Date(newest?.at ?? web.read.now), generator: false as const },
  });
  for (const item of page.items) {
    const space = page.spaces.find(({ did }) => did === item.space);
    const origin = space ? originOf(web, url, space.hosts[0] ?? '') : '';
    const isKept = item.post !== null && isWithheld(item.post.labels);
    const text = isKept ? say.signedInOnly : plain(words(item, space));
    feed.addItem({
      ...{ id: `${id}#${item.reason}-${item.id}`, link: origin + notificationPath(item), date: new Date(item.at) },
      title: plain(headline(item)),
      ...(text === '' ? {} : { description: text }),
      author: item.people.slice(0, 1).map(({ did, handle }) => ({ name: handle ?? did })),
    });
  }
  return feed.atom1();
}

/** Also in place of one that may have come into wrong hands. */
export async function makeFeed(env: Env, request: Request): Promise<Response> {
  const given = await sentByViewer(env, request, NOTIFICATIONS);
  if (given instanceof Response) return given;
  const { db, now } = env.web.read;
  const token = await renewFeed(given.viewer.did, spaceOf(env)?.did ?? null, { db, now });
  return shownNotifications(env, `${here(env).origin}${NOTIFICATIONS}/feed/${token}`);
}

export async function revokeFeed(env: Env, request: Request): Promise<Response> {
  const given = await sentByViewer(env, request, NOTIFICATIONS);
  if (given instanceof Response) return given;
  const { db, now } = env.web.read;
  await endFeed(given.viewer.did, spaceOf(env)?.did ?? null, { db, now });
  return leadTo(NOTIFICATIONS);
}
