// Replies as nested lists. Each has an anchor, and an address of its own that shows it with what follows.

import type { Mutes } from '../../domain/notices.ts';
import type { PostItem, ReplyNode } from '../../domain/post.ts';
import { parseUri } from '../../domain/uri.ts';
import type { Shelf } from '../attachments.ts';
import { contentLang, textOf } from '../content.ts';
import { say } from '../messages.ts';
import { replyId, type Site, withQuery } from '../site.ts';
import { Acts, type Likes } from './acts.tsx';
import { Byline } from './byline.tsx';
import { AnswersEarlier, Edited, type Standing } from './edited.tsx';
import { Media } from './media.tsx';
import { RichText } from './rich-text.tsx';
import { Ago } from './time.tsx';
import { Warned } from './warning.tsx';

interface Props {
  replies: ReplyNode[];
  /** Path of the post. */
  path: string;
  /** DID of its author, who is marked. */
  poster: string;
  site: Site;
  likes: Likes;
  mutes: Mutes;
  standing: Standing;
  shelf: Shelf;
}

export const Replies = ({ replies, ...rest }: Props) => (
  <ol class="replies">
    {replies.map((node) => (
      <Node node={node} {...rest} />
    ))}
  </ol>
);

type One = Omit<Props, 'replies'> & { node: ReplyNode };

function Node({ node, ...rest }: One) {
  const id = node.post ? replyId(node.post) : idOf(node.uri);
  return (
    <li id={id}>
      {node.post && node.isMuted ? (
        <details>
          <summary>{say.mutedReply}</summary>
          <Reply {...rest} reply={node.post} />
        </details>
      ) : node.post ? (
        <Reply {...rest} reply={node.post} />
      ) : (
        <p class="note">{node.missing === 'hidden' ? say.hiddenReply : say.goneReply}</p>
      )}
      {node.replies.length > 0 && <Replies replies={node.replies} {...rest} />}
      {node.hasMore && (
        <p class="meta">
          <a href={withQuery(rest.path, { reply: id })}>{say.continueThread}</a>
        </p>
      )}
    </li>
  );
}

/** As `replyId` of the record that is not there. */
function idOf(uri: string): string {
  const parts = parseUri(uri);
  return parts ? `${parts.rkey}~${parts.did}` : uri;
}

function Reply({ reply, path, poster, site, likes, mutes, standing, shelf }: Omit<One, 'node'> & { reply: PostItem }) {
  return (
    <article>
      <p class="meta">
        <Byline author={reply.author} />
        {reply.author.did === poster && <span class="chip">{say.poster}</span>}
        <a href={withQuery(path, { reply: replyId(reply) })}>
          <Ago at={reply.sortAt} now={site.now} />
        </a>
        <Edited post={reply} site={site} />
        <AnswersEarlier reply={reply} standing={standing} />
        {reply.likeCount > 0 && <span>{say.likes(reply.likeCount)}</span>}
      </p>
      <div lang={contentLang(reply.record)}>
        <Warned labels={reply.labels} isKnown={site.guest.viewer !== null}>
          <RichText text={textOf(reply)} facets={reply.record?.facets} />
        </Warned>
        <Media post={reply} shelf={shelf} />
      </div>
      <Acts {...{ site, likes, mutes }} post={reply} back={`${path}#${replyId(reply)}`} />
    </article>
  );
}
