// Replies hang on a post of the same space; they may arrive before it.
import { mentionsOf } from '../../domain/notices.ts';
import { textAt } from '../../domain/scope.ts';
import { clip, plainText, selfLabels } from '../../domain/text.ts';
import { parseUri } from '../../domain/uri.ts';
import type { PostRow, Write } from '../../domain/write.ts';
import type { CollectionPlan, Planned, Put } from './shape.ts';
import { visibilityOf } from './visible.ts';

export const reply: CollectionPlan = {
  put(put: Put): Planned {
    const { facts, space, event, prior, record } = put;
    const root = textAt(record, 'root.uri') ?? '';
    facts.setHasReplies(space.did, root);
    const hidden = visibilityOf(facts, space, event.did, event.collection, facts.isPost(space.did, root));
    const id = prior?.postId ?? facts.takeSeq();
    const text = plainText(typeof record.text === 'string' ? record.text : '');
    const row = replyRow(put, { id, root, hidden, excerpt: clip(text, 280) });
    const placing = placed(put, row);
    const again = placing.some(({ write }) => write === 'text');
    const search: Write = { write: 'search', id, space: space.did, title: '', text, again };
    return { postId: id, root, hidden, writes: [...placing, search] };
  },
  remove: () => [],
};

type Placing = Pick<PostRow, 'id' | 'hidden' | 'excerpt'> & { root: string };

function replyRow({ space, uri, event, record, sortAt }: Put, { root, ...placing }: Placing): PostRow {
  const parent = textAt(record, 'parent.uri') ?? root;
  return {
    ...placing,
    space: space.did,
    uri,
    did: event.did,
    section: '',
    rkey: event.rkey,
    plain: false,
    title: '',
    tags: [],
    labels: selfLabels(record),
    picture: null,
    sortAt,
    root,
    parent,
    // Whom it answers hears of it anyway.
    mentions: mentionsOf(record, [event.did, parseUri(parent)?.did]),
  };
}

/** A reply that stays in its thread is edited; one that names another root goes and comes again. */
function placed({ prior }: Put, row: PostRow): Write[] {
  if (!prior?.live || prior.postId === null) return [{ write: 'post', row }];
  if (prior.root === row.root) return [{ write: 'text', row }];
  return [
    { write: 'unpost', id: row.id },
    { write: 'post', row },
  ];
}
