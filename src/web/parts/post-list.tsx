// Posts and replies in a list: title, who, where, when, how it begins.
import type { PostItem } from '../../domain/model.ts';
import { beginning } from '../excerpt.ts';
import { say } from '../messages.ts';
import { authorName, pathOf, replyPath, type Site, sectionName, tagPath } from '../site.ts';
import { Byline } from './byline.tsx';
import { Ago } from './time.tsx';
import { isWithheld, warningWords } from './warning.tsx';

const EXCERPT = 220;

/** `within` is the one section all of them are in, which then goes without saying. */
export const PostList = ({ posts, site, within }: { posts: PostItem[]; site: Site; within?: string | undefined }) => (
  <ol class="posts" lang={site.space.langs[0]}>
    {posts.map((post) =>
      post.root === null ? <Post post={post} site={site} within={within} /> : <Reply reply={post} site={site} />,
    )}
  </ol>
);

function Post({ post, site, within }: { post: PostItem; site: Site; within: string | undefined }) {
  const path = pathOf(post);
  const section =
    post.section === within ? undefined : site.space.policy.sections.find(({ id }) => id === post.section);
  return (
    <li>
      <h2 dir="auto">
        <a href={path}>{post.title || say.untitled}</a>
      </h2>
      <p class="meta" lang="en">
        <Byline author={post.author} />
        {section && <a href={`/${section.id}`}>{sectionName(section)}</a>}
        <Ago at={post.sortAt} now={site.now} />
      </p>
      <Beginning post={post} />
      <p class="meta" lang="en">
        <a href={`${path}#replies`}>{say.replies(post.replyCount)}</a>
        {post.likeCount > 0 && <span>{say.likes(post.likeCount)}</span>}
        {post.tags.map((tag) => (
          <a href={tagPath(tag)}>{say.tagged(tag)}</a>
        ))}
      </p>
    </li>
  );
}

function Reply({ reply, site }: { reply: PostItem; site: Site }) {
  const words = say.replyBy(authorName(reply.author));
  const path = replyPath(reply);
  return (
    <li>
      <h2 lang="en">{path ? <a href={path}>{words}</a> : words}</h2>
      <p class="meta" lang="en">
        <Ago at={reply.sortAt} now={site.now} />
        {reply.likeCount > 0 && <span>{say.likes(reply.likeCount)}</span>}
      </p>
      <Beginning post={reply} />
    </li>
  );
}

function Beginning({ post: { labels, excerpt } }: { post: PostItem }) {
  const warning = isWithheld(labels) ? say.signedInOnly : warningWords(labels);
  if (warning !== null) {
    return (
      <p class="note" lang="en">
        {warning}
      </p>
    );
  }
  return excerpt === '' ? null : <p dir="auto">{beginning(excerpt, EXCERPT)}</p>;
}
