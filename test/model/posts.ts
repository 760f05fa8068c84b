/** Posts and replies, with what others' records make of them. */
import type { Did, Json, JsonObject } from '../../src/domain/model.ts';
import type { LivePost, LiveRecord, Said } from './nouns.ts';
import { asObject, OURS, objectsIn } from './soundness.ts';

const TITLED = ['story', 'topic'].map((name) => OURS + name);
export const REPLY = `${OURS}reply`;
const LIKE = `${OURS}like`;
/** Of a space that names none. */
const USUAL_SECTIONS: JsonObject[] = [
  { id: 'stories', collections: [`${OURS}story`] },
  { id: 'topics', collections: [`${OURS}topic`, `${OURS}crosspost`] },
];

/** Ours with a title, and whatever else a section of the space takes. */
export function isPost({ collection, space }: LiveRecord, said: Map<Did, Said>): boolean {
  return (
    TITLED.includes(collection) ||
    sectionsOf(said.get(space)?.profile ?? null).some((section) => takes(section, collection))
  );
}

function sectionsOf(profile: JsonObject | null): JsonObject[] {
  const named = objectsIn(profile?.sections);
  return named.length > 0 ? named : USUAL_SECTIONS;
}

const takes = ({ collections }: JsonObject, collection: string): boolean =>
  Array.isArray(collections) && collections.includes(collection);

export function asPost(record: LiveRecord, records: LiveRecord[], said: Map<Did, Said>): LivePost {
  const { space, uri, did, hidden, sortAt, value, collection } = record;
  const shownHere = records.filter((other) => other.space === space && other.hidden === 0);
  const pointing = (field: 'root' | 'subject') =>
    shownHere.filter((other) => asObject(other.value[field])?.uri === uri);
  const likers = new Set(pointing('subject').flatMap((like) => (like.collection === LIKE ? like.did : [])));
  const replies = pointing('root').filter((reply) => reply.collection === REPLY);
  const isReply = collection === REPLY;
  const strings = (list: Json | undefined) => (Array.isArray(list) ? list.map(String) : []);
  return {
    ...{ space, uri, did, hidden, sortAt },
    activeAt: isReply ? null : Math.max(sortAt, ...replies.map((reply) => reply.sortAt)),
    likeCount: likers.size,
    replyCount: isReply ? null : replies.length,
    hot: sortAt + lift(likers.size),
    root: isReply ? String(asObject(value.root)?.uri) : null,
    parent: isReply ? String(asObject(value.parent)?.uri) : null,
    section: isReply ? null : sectionOf(record, said.get(space)?.profile ?? null),
    title: String(value.title ?? ''),
    tags: [...new Set(strings(value.tags).map((tag) => tag.toLowerCase()))].sort(),
    labels: labelsOf(value),
  };
}

/** Eight hours for every doubling of the likes, in straight lines between the powers of two, up to 2^20. */
function lift(likes: number): number {
  const EIGHT_HOURS = 28_800_000;
  const n = likes + 1;
  const power = Math.min(20, Math.floor(Math.log2(n)));
  return power === 20
    ? EIGHT_HOURS * 20
    : EIGHT_HOURS * power + Math.floor((EIGHT_HOURS * (n - 2 ** power)) / 2 ** power);
}

function sectionOf({ value, collection }: LiveRecord, profile: JsonObject | null): string | null {
  const sections = sectionsOf(profile);
  const named = sections.find(({ id }) => id === value.section);
  const taking = sections.find((section) => takes(section, collection));
  const id = (named ?? taking)?.id;
  return typeof id === 'string' ? id : null;
}

function labelsOf(value: JsonObject): string[] {
  return objectsIn(asObject(value.labels)?.values)
    .map(({ val }) => String(val))
    .sort();
}
