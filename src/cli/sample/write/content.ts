/** Posts, replies and likes, written by their authors: one level of the threads after the other. */
import { RichText } from '@atproto/api';
import { NSID } from '../../../domain/collections.ts';
import type { Name } from '../people.ts';
import type { SamplePost, SampleReply, SampleSpace } from '../types.ts';
import { type NewRecord, type Ref, uploadImages, type Writer, writeAll } from './repository.ts';
import { daysAgo, hoursAfter } from './times.ts';

interface Planned {
  author: Name;
  record: NewRecord;
  likes: number;
  replies: SampleReply[];
  root: Ref | null;
  curation?: SamplePost['curation'];
}

type Written = Planned & { ref: Ref; createdAt: string };
export type People = Record<Name, Writer>;

export async function writeContent(sample: SampleSpace, group: Writer, people: People): Promise<void> {
  const space = group.did;
  const all: Written[] = [];
  let level = await write(await Promise.all(sample.posts.map((post) => planPost(post, space, people))), people);
  while (level.length > 0) {
    all.push(...level);
    const replies = level.flatMap((parent) => parent.replies.map((reply) => planReply(reply, parent, space, people)));
    level = await write(await Promise.all(replies), people);
  }
  await writeLikes(all, sample, space, people);
  await writeAll(
    group,
    all.flatMap(({ curation, ref, createdAt }): NewRecord[] => {
      if (!curation) return [];
      const value = {
        space,
        subject: ref,
        createdAt: hoursAfter(createdAt, 24),
        ...(curation.note && { note: curation.note }),
      };
      return [{ collection: curation.as === 'pin' ? NSID.pin : NSID.feature, value }];
    }),
  );
}

/** Each author's records in one go; the answers are in the order of what was planned. */
async function write(planned: Planned[], people: People): Promise<Written[]> {
  const refs = new Map<Planned, Ref>();
  const byAuthor = Map.groupBy(planned, ({ author }) => author);
  await Promise.all(
    [...byAuthor].map(async ([author, theirs]) => {
      const written = await writeAll(
        people[author],
        theirs.map(({ record }) => record),
      );
      written.forEach((ref, index) => {
        refs.set(theirs[index] as Planned, ref);
      });
    }),
  );
  return planned.map((item) => ({
    ...item,
    ref: refs.get(item) as Ref,
    createdAt: String(item.record.value.createdAt),
  }));
}

async function planPost(post: SamplePost, space: string, people: People): Promise<Planned> {
  const { by, kind, days, title, text, section, summary, tags, langs = ['en'], feedback, warning, pictures } = post;
  const labels = warning && { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: warning }] };
  const value = {
    ...{ space, title, text, langs, createdAt: daysAgo(days) },
    ...(section && { section }),
    ...(summary && { summary }),
    ...(tags && { tags }),
    ...(feedback && { feedback }),
    ...(labels && { labels }),
    ...(pictures && { images: await uploadImages(people[by], pictures) }),
  };
  const record = { collection: kind === 'story' ? NSID.story : NSID.topic, value };
  const { likes = 0, replies = [], curation } = post;
  return { author: by, record, likes, replies, root: null, ...(curation && { curation }) };
}

async function planReply(reply: SampleReply, parent: Written, space: string, people: People): Promise<Planned> {
  const { by, after, text, langs = ['en'], likes = 0, replies = [], picture } = reply;
  const root = parent.root ?? parent.ref;
  const facets = facetsOf(text, people);
  const value = {
    ...{ space, root, parent: parent.ref, text, langs, createdAt: hoursAfter(parent.createdAt, after) },
    ...(facets.length > 0 && { facets }),
    ...(picture && { images: await uploadImages(people[by], [picture]) }),
  };
  return { author: by, record: { collection: NSID.reply, value }, likes, replies, root };
}

/** Links, tags, and mentions of people of the sample. */
export function facetsOf(text: string, people: Record<string, { did: string; handle: string }>): object[] {
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  const dids = new Map(Object.values(people).map(({ handle, did }) => [handle, did]));
  return (rich.facets ?? []).flatMap((facet) => {
    const features = facet.features.flatMap((feature) => {
      if (!('did' in feature)) return [feature];
      const did = dids.get(String(feature.did));
      return did === undefined ? [] : [{ ...feature, did }];
    });
    return features.length > 0 ? [{ index: facet.index, features }] : [];
  });
}

/** Of the members, from a different one on each time; nobody likes their own. */
async function writeLikes(all: Written[], sample: SampleSpace, space: string, people: People): Promise<void> {
  const members = sample.members.map(({ who }) => who);
  const likes = new Map<Name, NewRecord[]>();
  for (const [index, { author, ref, likes: count, createdAt }] of all.entries()) {
    const turned = [...members.slice(index % members.length), ...members.slice(0, index % members.length)];
    for (const [order, who] of turned
      .filter((name) => name !== author)
      .slice(0, count)
      .entries()) {
      const value = { space, subject: ref, createdAt: hoursAfter(createdAt, 1 + order * 2.5) };
      likes.set(who, [...(likes.get(who) ?? []), { collection: NSID.like, value }]);
    }
  }
  await Promise.all([...likes].map(([who, records]) => writeAll(people[who], records)));
}

/** How many posts and replies of it a visitor sees: those of members, and the group's own. */
export function shownCounts(sample: SampleSpace): { posts: number; replies: number } {
  const mayPost = new Set<Name>(sample.members.map(({ who }) => who));
  const count = (replies: SampleReply[] = []): number =>
    replies.reduce((sum, reply) => sum + (mayPost.has(reply.by) ? 1 : 0) + count(reply.replies), 0);
  const posts = sample.posts.filter(({ by }) => mayPost.has(by)).length + sample.notices.length;
  return { posts, replies: sample.posts.reduce((sum, post) => sum + count(post.replies), 0) };
}
