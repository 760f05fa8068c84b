// A post to be read: title, who and when, text, pictures, and where it is kept.
import { raw } from 'hono/html';
import { isCrosspost, type PostItem } from '../../domain/post.ts';
import { $nsid as getPost } from '../../lexicons/club/commonplace/feed/getPost.ts';
import type { Shelf } from '../attachments.ts';
import { contentLang, isMarkdown, textOf } from '../content.ts';
import { renderMarkdown } from '../markdown.ts';
import { say } from '../messages.ts';
import { type Site, sectionName, tagPath, withQuery } from '../site.ts';
import { Byline } from './byline.tsx';
import { Edited } from './edited.tsx';
import { Media } from './media.tsx';
import { OriginalBox } from './original.tsx';
import { Paragraphs } from './paragraphs.tsx';
import { Moment } from './time.tsx';
import { Warned } from './warning.tsx';

export function Post({ post, site, shelf }: { post: PostItem; site: Site; shelf: Shelf }) {
  const lang = contentLang(post.record);
  const section = site.space.policy.sections.find(({ id }) => id === post.section);
  return (
    <article>
      <h1 dir="auto" lang={lang}>
        {post.title || say.untitled}
      </h1>
      <p class="meta">
        <Byline author={post.author} />
        {section && <a href={`/${section.id}`}>{sectionName(section)}</a>}
        <Moment at={post.sortAt} />
        <Edited post={post} site={site} />
      </p>
      <Warned labels={post.labels} isKnown={site.guest.viewer !== null}>
        <div class="prose" lang={lang}>
          <Text post={post} />
        </div>
      </Warned>
      {isCrosspost(post) && <OriginalBox post={post} site={site} />}
      <Media post={post} shelf={shelf} first />
      <After post={post} />
    </article>
  );
}

function Text({ post }: { post: PostItem }) {
  const text = textOf(post);
  return isMarkdown(post) ? (
    raw(renderMarkdown(text, 1, post.record?.facets))
  ) : (
    <Paragraphs text={text} lang={undefined} />
  );
}

function After({ post }: { post: PostItem }) {
  const feedback = post.record?.feedback;
  const wish = typeof feedback === 'string' ? say.feedback(feedback) : undefined;
  return (
    <>
      {wish && <p class="note">{wish}</p>}
      {(post.likeCount > 0 || post.tags.length > 0) && (
        <p class="meta">
          {post.likeCount > 0 && <span>{say.likes(post.likeCount)}</span>}
          {post.tags.map((tag) => (
            <a href={tagPath(tag)}>{say.tagged(tag)}</a>
          ))}
        </p>
      )}
      <p class="meta kept">
        <span>{say.inOwnRepository}</span>
        <a href={rawRecordPath(post.uri)}>{say.rawRecord}</a>
      </p>
    </>
  );
}

const rawRecordPath = (uri: string): string => withQuery(`/xrpc/${getPost}`, { uri });
