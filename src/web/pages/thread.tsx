// A post with its replies, at its canonical address; or one of its replies with what follows from it.
import type { Evidence } from '../../domain/model.ts';
import type { Mutes } from '../../domain/notices.ts';
import type { PostItem, ReplySort, Thread } from '../../domain/post.ts';
import type { Shelf } from '../attachments.ts';
import { say } from '../messages.ts';
import { Acts, type Likes } from '../parts/acts.tsx';
import { standingOf } from '../parts/edited.tsx';
import { SpaceFrame } from '../parts/frame.tsx';
import { Pager } from '../parts/pager.tsx';
import { Post } from '../parts/post.tsx';
import { Replies } from '../parts/replies.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Verified } from '../parts/verified.tsx';
import { joinPath, pathOf, replyId, type Site, withQuery } from '../site.ts';
import { newKey } from '../writing/key.ts';
import { ReplyFields } from './compose.tsx';

export interface ThreadProps {
  site: Site;
  thread: Thread;
  likes: Likes;
  mutes: Mutes;
  sort: ReplySort;
  isFirst: boolean;
  evidence: Evidence | null;
  /** The reader asked for a proof. */
  asked: boolean;
  shelf: Shelf;
}

const usual = (sort: ReplySort): string | null => (sort === 'old' ? null : sort);

export function ThreadPage({ site, thread, likes, mutes, sort, isFirst, evidence, asked, shelf }: ThreadProps) {
  const { post } = thread;
  const path = pathOf(post);
  return (
    <SpaceFrame site={site} here={path} within={post.section}>
      <div class="reading">
        <Post post={post} site={site} shelf={shelf} />
        <Acts {...{ site, post, likes, mutes }} back={path} />
        <Verified evidence={evidence} asked={asked} />
        <section id="replies" aria-labelledby="replies-heading">
          <h2 id="replies-heading">{say.repliesHeading(post.replyCount)}</h2>
          {post.replyCount > 1 && <Order path={path} sort={sort} />}
          {thread.replies.length === 0 && <p class="empty">{say.noReplies}</p>}
          <Replies
            {...{ replies: thread.replies, path, site, likes, mutes, shelf }}
            poster={post.author.did}
            standing={standingOf(post, thread.replies)}
          />
          <Pager
            next={thread.cursor && `${withQuery(path, { sort: usual(sort), cursor: thread.cursor })}#replies`}
            words={say.moreReplies}
            start={isFirst ? null : `${withQuery(path, { sort: usual(sort) })}#replies`}
          />
        </section>
        <TakePart site={site} post={post} />
      </div>
    </SpaceFrame>
  );
}

/** Below every thread. Who cannot answer is told what to do about it. */
function TakePart({ site, post }: { site: Site; post: PostItem }) {
  const { standing } = site;
  if (standing?.actions.includes('post'))
    return <ReplyFields site={site} values={{ to: post.uri }} recordKey={newKey(site.now)} />;
  const path = pathOf(post);
  return (
    <p>
      {standing ? (
        <a href={joinPath(withQuery('/write/reply', { to: post.uri }))}>{say.join}</a>
      ) : (
        <a href={withQuery('/login', { next: path })}>{say.signInToWrite}</a>
      )}
    </p>
  );
}

const SORTS = Object.keys(say.replySorts) as ReplySort[];

const Order = ({ path, sort }: { path: string; sort: ReplySort }) => (
  <Tabs
    label={say.replySortNav}
    tabs={SORTS.map((one) => ({
      href: `${withQuery(path, { sort: usual(one) })}#replies`,
      words: say.replySorts[one],
      current: one === sort,
    }))}
  />
);

export interface ReplyPageProps {
  site: Site;
  /** What the thread began with. */
  root: PostItem;
  /** The reply with what follows from it. */
  thread: Thread;
  likes: Likes;
  mutes: Mutes;
  isFirst: boolean;
  shelf: Shelf;
}

export function ReplyPage({ site, root, thread, likes, mutes, isFirst, shelf }: ReplyPageProps) {
  const path = pathOf(root);
  const id = replyId(thread.post);
  const node = { uri: thread.post.uri, post: thread.post, missing: null, replies: thread.replies, hasMore: false };
  return (
    <SpaceFrame site={site} here={path} within={root.section}>
      <div class="reading">
        <p class="meta">{say.oneReply}</p>
        <h1 dir="auto">
          <a href={path}>{say.replyTo(root.title || say.untitled)}</a>
        </h1>
        <div class="one">
          <Replies
            {...{ replies: [node], path, site, likes, mutes, shelf }}
            poster={root.author.did}
            standing={standingOf(root, [node])}
          />
        </div>
        <Pager
          next={thread.cursor && withQuery(path, { reply: id, cursor: thread.cursor })}
          words={say.moreReplies}
          start={isFirst ? null : withQuery(path, { reply: id })}
        />
        <p>
          <a href={`${path}#replies`}>{say.wholeThread}</a>
        </p>
      </div>
    </SpaceFrame>
  );
}
