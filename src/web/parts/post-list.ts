// Posts and replies in a list: title, who, where, when, how it begins. Every visit of a front page makes twenty-five of these,
// and `html` takes a quarter of the time that JSX takes; it escapes alike.
import { html } from 'hono/html';
import { mediaPath } from '../../domain/media.ts';
import { isCrosspost, type PostItem } from '../../domain/post.ts';
import { beginning } from '../excerpt.ts';
import { say } from '../messages.ts';
import { authorName, authorPath, pathOf, replyPath, type Site, sectionName, spaceName, tagPath } from '../site.ts';
import { agoWords, machineTime } from '../time.ts';
import { isWithheld, warningWords } from './warning.tsx';

type Html = ReturnType<typeof html>;

const EXCERPT = 220;

/** `within` is the one section all of them are in, which then goes without saying. */
export function PostList({
  posts,
  site,
  within,
}: {
  posts: PostItem[];
  site: Site;
  within?: string | undefined;
}): Html {
  const entries = posts.map((post) => (post.root === null ? entryOf(post, site, within) : replyEntry(post, site)));
  const lang = site.space.langs[0];
  return lang ? html`<ol class="posts" lang="${lang}">${entries}</ol>` : html`<ol class="posts">${entries}</ol>`;
}

function entryOf(post: PostItem, site: Site, within: string | undefined): Html {
  const path = pathOf(post);
  const who = html`<a class="who" href="${authorPath(post.author)}"><bdi>${authorName(post.author)}</bdi></a>`;
  const unverified = post.author.handle === null && html`<span>${say.unknownHandle}</span>`;
  const likes = post.likeCount > 0 && html`<span>${say.likes(post.likeCount)}</span>`;
  const tags = post.tags.map((tag) => html`<a href="${tagPath(tag)}">${say.tagged(tag)}</a>`);
  return html`<li>${thumb(post)}<h2 dir="auto"><a href="${path}">${post.title || say.untitled}</a></h2>
<p class="meta" lang="en">${who}${unverified}${sectionLink(post, site, within)}${ago(post, site)}${crosspostedFrom(post)}</p>${textOf(post, site)}
<p class="meta" lang="en"><a href="${path}#replies">${say.replies(post.replyCount)}</a>${likes}${tags}</p></li>`;
}

/** A crosspost is told as what it is. */
const crosspostedFrom = (post: PostItem): Html | null =>
  isCrosspost(post)
    ? html`<span class="chip">${post.original ? say.crosspostFrom(spaceName(post.original.space)) : say.crosspost}</span>`
    : null;

/** Beside its title, which says what it is; not of what carries a warning. */
const thumb = ({ picture, labels, author }: PostItem): Html | null =>
  picture === null || labels.length > 0
    ? null
    : html`<img class="thumb" src="${mediaPath(author.did, picture, 'thumb')}" alt="" width="96" height="96" loading="lazy">`;

function sectionLink({ section }: PostItem, { space }: Site, within: string | undefined): Html | null {
  const found = section === within ? undefined : space.policy.sections.find(({ id }) => id === section);
  return found ? html`<a href="/${found.id}">${sectionName(found)}</a>` : null;
}

const ago = ({ sortAt }: PostItem, { now }: Site): Html =>
  html`<time datetime="${machineTime(sortAt)}">${agoWords(sortAt, now)}</time>`;

function replyEntry(reply: PostItem, site: Site): Html {
  const words = html`${say.replyBy(authorName(reply.author))}, ${ago(reply, site)}`;
  const path = replyPath(reply);
  const likes = reply.likeCount > 0 && html`<p class="meta" lang="en"><span>${say.likes(reply.likeCount)}</span></p>`;
  return html`<li class="reply"><h2 lang="en">${path ? html`<a href="${path}">${words}</a>` : words}</h2>${textOf(reply, site)}
${likes}</li>`;
}

function textOf({ labels, excerpt }: PostItem, { guest }: Site): Html | null {
  const warning =
    labels.length === 0 ? null : isWithheld(labels) && !guest.viewer ? say.signedInOnly : warningWords(labels);
  if (warning !== null) return html`<p class="note" lang="en">${warning}</p>`;
  return excerpt === '' ? null : html`<p dir="auto">${beginning(excerpt, EXCERPT)}</p>`;
}
