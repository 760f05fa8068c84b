// Answers requests for lists of posts.
import type { Page, Section } from '../../domain/model.ts';
import { isRefusal, type Refusal } from '../../domain/outcome.ts';
import type { PostItem, PostSort, TopWindow } from '../../domain/post.ts';
import { normalTag } from '../../domain/text.ts';
import { readFeed, readOwnMutes, withOriginals, withoutMuted } from '../../reads/index.ts';
import { spaceImage } from '../card.ts';
import { askingAt, type Visit } from '../context.ts';
import { say } from '../messages.ts';
import { newsScript } from '../news.ts';
import { FeedPage, type FeedProps, feedPath } from '../pages/feed.tsx';
import { choice, isRefused, text } from '../query.ts';
import { failurePage, refusalPage, sitePage } from '../respond.tsx';
import { profileUri, sectionName, tagPath } from '../site.ts';

type Env = Visit<'space'>['Bindings'];

/** Posts on a page. */
const LIMIT = 25;
const SORTS = Object.keys(say.sorts) as PostSort[];
const WINDOWS = Object.keys(say.windows) as TopWindow[];

interface Of {
  path: string;
  section: Section | null;
  tag: string | null;
  title: string | null;
  description: string;
}

export const spaceHome = (env: Env): Promise<Response> =>
  feedPage(env, { path: '/', section: null, tag: null, title: null, description: env.place.site.space.description });

export async function sectionPage(env: Env, id: string): Promise<Response> {
  const { space } = env.place.site;
  const section = space.policy.sections.find((one) => one.id === id);
  if (!section) return failurePage(env.place, 404);
  const description = section.description ?? space.description;
  return feedPage(env, { path: `/${id}`, section, tag: null, title: sectionName(section), description });
}

export async function tagPage(env: Env, given: string): Promise<Response> {
  const tag = normalTag(given);
  if (tag === '') return failurePage(env.place, 404);
  return feedPage(env, { path: tagPath(tag), section: null, tag, title: say.tagTitle(tag), description: '' });
}

interface Asked {
  sort: PostSort;
  window: TopWindow | null;
  cursor: string | null;
}

function askedOf({ url }: Env): Asked | Refusal {
  const sort = choice(url, 'sort', SORTS, 'new');
  if (isRefused(sort)) return sort;
  const window = url.searchParams.has('window') || sort === 'top' ? choice(url, 'window', WINDOWS, 'all') : null;
  if (isRefused(window)) return window;
  const cursor = text(url, 'cursor');
  return isRefused(cursor) ? cursor : { sort, window, cursor };
}

async function feedPage(env: Env, of: Of): Promise<Response> {
  const asked = askedOf(env);
  const [feed, asking] = await Promise.all([
    isRefusal(asked) ? asked : read(env, of, asked),
    askingAt(env.web, env.place.site),
  ]);
  if (isRefusal(asked) || isRefusal(feed)) return refusalPage(env.place, isRefusal(asked) ? asked : (feed as Refusal));
  const { site } = env.place;
  const { sort, window, cursor } = asked;
  const { path, section, tag } = of;
  const props: FeedProps = { site, path, section, tag, sort, window, feed, asking, isFirst: cursor === null };
  // What comes is told by the stream, which is closed for private spaces.
  const isFirst = sort === 'new' && cursor === null && tag === null;
  const head = {
    title: of.title,
    description: of.description,
    path: feedPath(path, sort, window, cursor),
    record: profileUri(site.space.did),
    image: spaceImage(site),
    next: feed.cursor && feedPath(path, sort, window, feed.cursor),
    index: sort === 'new' && cursor === null,
    script: isFirst && site.space.visibility !== 'private' ? newsScript(site.space, section) : null,
  };
  return sitePage(site, head, <FeedPage {...props} />);
}

async function read({ web, place }: Env, { section, tag }: Of, asked: Asked): Promise<Page<PostItem> | Refusal> {
  const { sort, window, cursor } = asked;
  const query = {
    sort,
    section: section?.id,
    tag: tag ?? undefined,
    window: window ?? undefined,
    cursor,
    limit: LIMIT,
  };
  const { space } = place.site;
  const [feed, mutes] = await Promise.all([readFeed(web.read, space, query), readOwnMutes(web.read)]);
  if (isRefusal(feed)) return feed;
  const shown = withoutMuted(feed, mutes);
  return { ...shown, items: await withOriginals(web.read, space.did, shown.items) };
}
