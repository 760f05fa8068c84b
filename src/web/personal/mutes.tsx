// Muting people and threads, and the page of all one mutes.
import { mute, unmute } from '../../actions/personal.ts';
import { isThread } from '../../domain/notices.ts';
import { isRefusal } from '../../domain/outcome.ts';
import type { PostItem } from '../../domain/post.ts';
import { listMutes, readPost } from '../../reads/index.ts';
import { originOf } from '../context.ts';
import { nextPath } from '../form.ts';
import { say } from '../messages.ts';
import { type MutedThread, MutesText } from '../pages/mutes.tsx';
import { isRefused, text } from '../query.ts';
import { failurePage, placePage, refusalPage } from '../respond.tsx';
import { guestOf, leadTo } from '../sign-in/door.ts';
import { pathOf } from '../site.ts';
import { type Env, sentByViewer, spaceOf, toSignIn } from './desk.tsx';

const LIMIT = 50;
export const MUTES = '/account/mutes';

export async function mutesPage(env: Env): Promise<Response> {
  const { web, url, place } = env;
  const guest = guestOf(env);
  if (!guest.viewer) return toSignIn(MUTES);
  const cursor = text(url, 'cursor');
  if (isRefused(cursor)) return refusalPage(place, cursor);
  const page = await listMutes(web.read, guest.viewer.did, { limit: LIMIT, cursor });
  if (isRefusal(page)) return refusalPage(place, page);
  const threads = await Promise.all(
    page.items.map(({ subject }) => (isThread(subject) ? threadOf(env, subject) : null)),
  );
  const found = new Map(threads.flatMap((one) => (one ? [[one.uri, one]] : [])));
  const props = {
    page,
    threads: found,
    token: guest.token,
    hasPeople: spaceOf(env) !== null,
    isFirst: cursor === null,
  };
  return placePage(place, say.mutes, <MutesText {...props} />);
}

/** Null for one that does not show: then nothing is told of it. */
async function threadOf({ web, url }: Env, uri: string): Promise<MutedThread | null> {
  const found = await readPost(web.read, uri);
  if (isRefusal(found)) return null;
  const { post, space } = found;
  return { uri, title: post.title || say.untitled, href: hrefOf(post, space.hosts[0]) };
  function hrefOf(item: PostItem, host: string | undefined): string {
    return (host === undefined ? '' : originOf(web, url, host)) + pathOf(item);
  }
}

/** Mutes what is named, or takes it back. */
export async function changeMute(env: Env, request: Request): Promise<Response> {
  const given = await sentByViewer(env, request, MUTES);
  if (given instanceof Response) return given;
  const { viewer, fields } = given;
  const subject = fields.get('subject') ?? '';
  const { db, now } = env.web.read;
  if (fields.has('undo')) await unmute(viewer.did, subject, { db, now });
  else {
    const refused = await mute(viewer.did, subject, { db, now });
    if (refused) return failurePage(env.place, 400, say.notMuted(refused.message));
  }
  return leadTo(nextPath(fields.get('back')));
}
