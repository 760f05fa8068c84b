// What was changed since: a post or reply as it was before.
import { raw } from 'hono/html';
import type { PostItem } from '../../domain/post.ts';
import { selfLabels } from '../../domain/text.ts';
import type { PastVersion } from '../../domain/versions.ts';
import { contentLang, isMarkdown, textOf } from '../content.ts';
import { renderMarkdown } from '../markdown.ts';
import { say } from '../messages.ts';
import { SpaceFrame } from '../parts/frame.tsx';
import { RichText } from '../parts/rich-text.tsx';
import { Moment } from '../parts/time.tsx';
import { Warned } from '../parts/warning.tsx';
import { authorName, pathOf, replyPath, type Site } from '../site.ts';

interface Props {
  site: Site;
  post: PostItem;
  versions: PastVersion[];
}

export const VersionsPage = ({ site, post, versions }: Props) => (
  <SpaceFrame site={site} here="/versions">
    <div class="reading">
      <h1 dir="auto">{say.versionsOf(post.title || say.replyBy(authorName(post.author)))}</h1>
      <p>{say.versionsText}</p>
      <p>
        <a href={post.root === null ? pathOf(post) : (replyPath(post) ?? '/')}>{say.asItIsNow}</a>
      </p>
      {versions.length === 0 && <p class="empty">{say.noVersions}</p>}
      {versions.map((version) => (
        <Past site={site} post={post} version={version} />
      ))}
    </div>
  </SpaceFrame>
);

/** Whatever its author warns of now holds for what it was, too. */
function Past({ site, post, version: { cid, until, record } }: { site: Site; post: PostItem; version: PastVersion }) {
  const past = { ...post, record };
  const title = typeof record.title === 'string' ? record.title : '';
  const labels = [...new Set([...post.labels, ...selfLabels(record)])];
  return (
    <article id={cid} class="past">
      <p class="meta">
        <span>
          {say.stoodUntil} <Moment at={until} />
        </span>
      </p>
      <Warned labels={labels} isKnown={site.guest.viewer !== null}>
        {title !== '' && <h2 dir="auto">{title}</h2>}
        <div class="prose" lang={contentLang(record)}>
          {isMarkdown(past) ? (
            raw(renderMarkdown(textOf(past), 2, record.facets))
          ) : (
            <RichText text={textOf(past)} facets={record.facets} />
          )}
        </div>
      </Warned>
    </article>
  );
}
