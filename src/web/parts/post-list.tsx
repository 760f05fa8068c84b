// Posts in a list: title, who, where, when, how it begins.
import type { PostItem, Section } from '../../domain/model.ts';
import { clip } from '../../domain/text.ts';
import { say } from '../messages.ts';
import { pathOf, sectionName, tagPath } from '../site.ts';
import { Byline } from './byline.tsx';
import { Ago } from './time.tsx';
import { isWithheld, warningWords } from './warning.tsx';

interface Props {
  posts: PostItem[];
  now: number;
  /** To name each post's section; null where all are of one. */
  sections: Section[] | null;
  /** Main language of the space, for texts whose own is not known here. */
  lang: string | undefined;
}

const EXCERPT = 220;

export const PostList = ({ posts, now, sections, lang }: Props) => (
  <ol class="posts" lang={lang}>
    {posts.map((post) => (
      <PostEntry post={post} now={now} section={sections?.find(({ id }) => id === post.section)} />
    ))}
  </ol>
);

function PostEntry({ post, now, section }: { post: PostItem; now: number; section: Section | undefined }) {
  const path = pathOf(post);
  return (
    <li>
      <h2 dir="auto">
        <a href={path}>{post.title || say.untitled}</a>
      </h2>
      <p class="meta" lang="en">
        <Byline author={post.author} />
        {section && <a href={`/${section.id}`}>{sectionName(section)}</a>}
        <Ago at={post.sortAt} now={now} />
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

function Beginning({ post }: { post: PostItem }) {
  const warning = isWithheld(post.labels) ? say.signedInOnly : warningWords(post.labels);
  if (warning !== null) return <p class="note" lang="en">{warning}</p>;
  return post.excerpt === '' ? null : <p dir="auto">{clip(post.excerpt, EXCERPT)}</p>;
}
