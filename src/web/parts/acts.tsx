// What a reader who takes part may do with something written: like it, answer it; and with what is theirs, change or delete it.
import type { AtUri } from '../../domain/model.ts';
import type { Mutes } from '../../domain/notices.ts';
import { isCrosspost, type PostItem, type ReplyNode, type Thread } from '../../domain/post.ts';
import { say } from '../messages.ts';
import { authorName, type Site, withQuery } from '../site.ts';
import { Form } from './form.tsx';
import { MuteForm } from './mute.tsx';

/** What the viewer likes of what the page shows. */
export type Likes = ReadonlyMap<AtUri, AtUri>;

interface ActsProps {
  site: Site;
  post: PostItem;
  likes: Likes;
  mutes: Mutes;
  /** Where to go on after a like. */
  back: string;
}

export function Acts({ site: { space, standing, guest }, post, likes, mutes, back }: ActsProps) {
  if (!standing) return null;
  const mayPost = standing.actions.includes('post');
  const isOwn = post.author.did === standing.did;
  const isLiked = likes.has(post.uri);
  if (!mayPost && !isOwn && !isLiked && post.root !== null) return null;
  const { visibility } = space;
  return (
    <div class="meta acts">
      {(mayPost || isLiked) && (
        <Form action="/write/like" token={guest.token} values={{ uri: post.uri, back }}>
          <button type="submit" class="plain" aria-label={isLiked ? undefined : say.likeOf(authorName(post.author))}>
            {isLiked ? say.unlike : say.like}
          </button>
        </Form>
      )}
      {mayPost && post.root !== null && <a href={withQuery('/write/reply', { to: post.uri })}>{say.answer}</a>}
      {post.root === null && !isCrosspost(post) && visibility !== 'private' && (
        <a href={withQuery('/write/crosspost', { uri: post.uri })}>{say.crosspostIt}</a>
      )}
      {isOwn && mayPost && !isCrosspost(post) && <a href={withQuery('/write/edit', { uri: post.uri })}>{say.edit}</a>}
      {isOwn && <a href={withQuery('/write/delete', { uri: post.uri })}>{say.delete}</a>}
      {post.root === null && (
        <MuteForm subject={post.uri} isMuted={mutes.has(post.uri)} token={guest.token} back={back} who={null} />
      )}
      {post.root === null && !isOwn && (
        <MuteForm
          subject={post.author.did}
          isMuted={mutes.has(post.author.did)}
          token={guest.token}
          back={back}
          who={authorName(post.author)}
        />
      )}
    </div>
  );
}

/** Everything that the page shows of a thread. */
export const shownIn = ({ post, replies }: Thread): AtUri[] => [post.uri, ...replies.flatMap(within)];

const within = ({ post, replies }: ReplyNode): AtUri[] => [...(post ? [post.uri] : []), ...replies.flatMap(within)];
