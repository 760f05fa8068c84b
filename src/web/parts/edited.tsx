// That something was changed, and what was said of it before.
import type { AtUri } from '../../domain/model.ts';
import type { PostItem, ReplyNode } from '../../domain/post.ts';
import { referenceIn } from '../../domain/versions.ts';
import { say } from '../messages.ts';
import { type Site, versionsPath } from '../site.ts';
import { Ago } from './time.tsx';

/** Beside when it was written. */
export const Edited = ({ post: { uri, editedAt }, site }: { post: PostItem; site: Site }) =>
  editedAt === null ? null : (
    <a href={versionsPath(uri)}>
      {say.edited} <Ago at={editedAt} now={site.now} />
    </a>
  );

/** Which version of each post and reply of a page stands now. */
export type Standing = ReadonlyMap<AtUri, string>;

const standingIn = ({ post, replies }: ReplyNode): [AtUri, string][] => [
  ...(post ? [[post.uri, post.cid] as [AtUri, string]] : []),
  ...replies.flatMap(standingIn),
];

export const standingOf = (root: PostItem, replies: ReplyNode[]): Standing =>
  new Map([[root.uri, root.cid], ...replies.flatMap(standingIn)]);

/** Said of a reply where what it answers was changed since. */
export function AnswersEarlier({ reply, standing }: { reply: PostItem; standing: Standing }) {
  const ref = referenceIn(reply.record, 'parent');
  const now = ref && standing.get(ref.uri);
  return ref && now && now !== ref.cid ? (
    <a href={`${versionsPath(ref.uri)}#${ref.cid}`}>{say.answersEarlier}</a>
  ) : null;
}
