// Posts: stories, topics, and any record that a section takes.
import { firstPicture } from '../../domain/media.ts';
import { mentionsOf } from '../../domain/notices.ts';
import { sectionOf } from '../../domain/sections.ts';
import { type PostWords, postWords, selfLabels, tagsOf } from '../../domain/text.ts';
import type { PostText, Write } from '../../domain/write.ts';
import type { CollectionPlan, Planned, Put } from './shape.ts';
import { visibilityOf } from './visible.ts';

export const post: CollectionPlan = {
  put(put: Put): Planned {
    const { facts, space, event, prior } = put;
    const hidden = visibilityOf(facts, space, event.did, event.collection);
    const id = prior?.postId ?? facts.takeSeq();
    const isEdit = prior?.live === true && prior.postId !== null && prior.root === null;
    return { postId: id, hidden, writes: isEdit ? edited(put, id) : added(put, id, hidden) };
  },
  remove: (row, facts) => followers(row.space, row.uri, facts.hasReplies(row.space, row.uri)),
};

const followers = (space: string, uri: string, some: boolean): Write[] =>
  some ? [{ write: 'job', kind: 'thread', key: `${space} ${uri}` }] : [];

function texts({ record, event, space }: Put, id: number, { title, excerpt }: PostWords): PostText {
  const section = sectionOf(space.sections, event.collection, record.section);
  return {
    id,
    section,
    parent: null,
    title,
    excerpt,
    tags: tagsOf(record),
    labels: selfLabels(record),
    picture: firstPicture(record),
    mentions: mentionsOf(record, [event.did]),
  };
}

const search = (space: string, id: number, { title, text }: PostWords, again: boolean): Write => ({
  ...{ write: 'search', id, space, title, text, again },
});

function edited(put: Put, id: number): Write[] {
  const words = postWords(put.record);
  return [{ write: 'text', row: texts(put, id, words) }, search(put.space.did, id, words, true)];
}

function added(put: Put, id: number, hidden: number): Write[] {
  const { event, space, facts, uri, record, sortAt } = put;
  const { did, rkey, collection } = event;
  const holder = facts.address(space.did, rkey);
  const writes: Write[] = [];
  if (!holder) {
    facts.setAddress(space.did, rkey, { did, collection });
    writes.push({ write: 'address', space: space.did, rkey, did, collection });
  }
  const plain = !holder || (holder.did === did && holder.collection === collection);
  const words = postWords(record);
  const row = { ...texts(put, id, words), space: space.did, uri, did, rkey, plain, hidden, sortAt, root: null };
  writes.push({ write: 'post', row }, search(space.did, id, words, false));
  return [...writes, ...followers(space.did, uri, facts.hasReplies(space.did, uri))];
}
