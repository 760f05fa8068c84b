// A space's posts: all of them (its front page), one section's, or one tag's.
import { mediaPath } from '../../domain/media.ts';
import type { Page, Section } from '../../domain/model.ts';
import type { PostItem, PostSort, TopWindow } from '../../domain/post.ts';
import { beginning, firstParagraph } from '../excerpt.ts';
import { say } from '../messages.ts';
import { AboutBox } from '../parts/about-box.tsx';
import { SpaceFrame } from '../parts/frame.tsx';
import { Pager } from '../parts/pager.tsx';
import { PostList } from '../parts/post-list.ts';
import { Tabs } from '../parts/tabs.tsx';
import { NewPosts } from '../parts/taking-part.tsx';
import { type Site, sectionName, withQuery } from '../site.ts';

export interface FeedProps {
  site: Site;
  path: string;
  /** What the feed is limited to; at most one. */
  section: Section | null;
  tag: string | null;
  sort: PostSort;
  window: TopWindow | null;
  feed: Page<PostItem>;
  /** How many ask to be let in. */
  asking: number;
  /** Whether this is the first page. */
  isFirst: boolean;
}

const LEAD = 280;

/** Address of a feed's page; what is usual is left out. */
export const feedPath = (
  path: string,
  sort: PostSort,
  window: TopWindow | null,
  cursor: string | null = null,
): string => withQuery(path, { sort: sort === 'new' ? null : sort, window: window === 'all' ? null : window, cursor });

export const FeedPage = (props: FeedProps) => (
  <SpaceFrame site={props.site} here={props.path}>
    {props.path === '/' && props.isFirst && <Banner {...props} />}
    <div class="columns">
      <div>
        <Heading {...props} />
        {props.tag === null && <NewPosts site={props.site} section={props.section?.id ?? null} />}
        {props.tag === null && <Order {...props} />}
        <List {...props} />
      </div>
      <AboutBox site={props.site} isHome={props.path === '/'} asking={props.asking} />
    </div>
  </SpaceFrame>
);

const Banner = ({ site: { space } }: FeedProps) =>
  space.banner === null ? null : (
    <img class="banner" src={mediaPath(space.did, space.banner, 'banner')} alt="" width={1500} height={500} />
  );

function Heading({ site: { space }, section, tag }: FeedProps) {
  const lang = space.langs[0];
  if (tag !== null) return <h1 dir="auto">{say.tagged(tag)}</h1>;
  if (section === null) {
    return space.description === '' ? null : (
      <p class="lead" dir="auto" lang={lang}>
        {beginning(firstParagraph(space.description), LEAD)}
      </p>
    );
  }
  return (
    <>
      <h1 dir="auto" lang={lang}>
        {sectionName(section)}
      </h1>
      {section.description && (
        <p class="lead" dir="auto" lang={lang}>
          {beginning(section.description, LEAD)}
        </p>
      )}
    </>
  );
}

const SORTS = Object.keys(say.sorts) as PostSort[];
const WINDOWS = Object.keys(say.windows) as TopWindow[];

function Order({ path, sort, window }: FeedProps) {
  const sorts = SORTS.map((one) => ({ href: feedPath(path, one, null), words: say.sorts[one], current: one === sort }));
  const windows = WINDOWS.map((one) => ({
    href: feedPath(path, 'top', one),
    words: say.windows[one],
    current: one === (window ?? 'all'),
  }));
  return (
    <>
      <Tabs label={say.sortNav} tabs={sorts} />
      {sort === 'top' && <Tabs label={say.windowNav} tabs={windows} />}
    </>
  );
}

function List({ site, path, section, sort, window, feed, isFirst }: FeedProps) {
  const next = feed.cursor === null ? null : feedPath(path, sort, window, feed.cursor);
  return (
    <>
      {feed.items.length > 0 ? (
        <PostList posts={feed.items} site={site} within={section?.id} />
      ) : (
        <p class="empty">{isFirst && next === null ? say.emptyFeed : say.emptyPage}</p>
      )}
      <Pager
        next={next}
        words={sort === 'new' ? say.older : say.more}
        start={isFirst ? null : feedPath(path, sort, window)}
      />
    </>
  );
}
