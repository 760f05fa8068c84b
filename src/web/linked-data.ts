// JSON-LD for search engines: what a thread is, after schema.org.
import { NSID } from '../domain/collections.ts';
import type { PostItem, Thread } from '../domain/post.ts';
import { parseUri } from '../domain/uri.ts';
import { contentLang } from './content.ts';
import { authorName, authorPath, pathOf, type Site, spaceName } from './site.ts';
import { machineTime } from './time.ts';

const counted = (action: string, count: number): object => ({
  '@type': 'InteractionCounter',
  interactionType: `https://schema.org/${action}`,
  userInteractionCount: count,
});

/** A story is an article, everything else the beginning of a discussion; `text` is what may be told of it. */
export function threadData({ post }: Thread, site: Site, text: string): object {
  const url = site.origin + pathOf(post);
  const isStory = parseUri(post.uri)?.collection === NSID.story;
  const lang = contentLang(post.record);
  return {
    '@context': 'https://schema.org',
    '@type': isStory ? 'Article' : 'DiscussionForumPosting',
    headline: post.title,
    [isStory ? 'description' : 'text']: text,
    url,
    mainEntityOfPage: url,
    inLanguage: lang,
    datePublished: machineTime(post.sortAt),
    author: person(post, site),
    publisher: { '@type': 'Organization', name: spaceName(site.space), url: `${site.origin}/` },
    commentCount: post.replyCount,
    interactionStatistic: [counted('LikeAction', post.likeCount), counted('CommentAction', post.replyCount)],
  };
}

const person = ({ author }: PostItem, site: Site): object => ({
  '@type': 'Person',
  name: authorName(author),
  url: site.origin + authorPath(author),
  identifier: author.did,
});
