/** Records as people's applications write them. */
import type { Did, Json, JsonObject } from '../../src/domain/model.ts';
import { cidOf } from './cast.ts';
import type { Dice } from './dice.ts';
import { OURS } from './soundness.ts';

const CONTENT = ['story', 'topic', 'crosspost', 'reply', 'like'].map((name) => OURS + name);

export const isContent = (collection: string): boolean => CONTENT.includes(collection);
export const isRemovable = (collection: string): boolean =>
  isContent(collection) || !collection.startsWith(OURS) || collection === `${OURS}actor.join`;

const ref = (uri: string): JsonObject => ({ uri, cid: cidOf(uri.length) });
const typed = (name: string, space: Did): JsonObject => ({ $type: OURS + name, space });
const selfLabels = { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'sexual' }, { val: 'of-my-own' }] };

interface PostWords {
  section?: string | null;
  tags?: string[] | null;
  labelled?: boolean;
}

export function post(name: 'story' | 'topic', space: Did, createdAt: string, words: PostWords = {}): JsonObject {
  return {
    ...typed(name, space),
    ...{ title: `A ${name} of ${createdAt}`, text: 'Once upon a time.', createdAt },
    ...(words.section ? { section: words.section } : {}),
    ...(words.tags ? { tags: words.tags } : {}),
    ...(words.labelled ? { labels: selfLabels } : {}),
  };
}

export function reply(space: Did, root: string, parent: string, createdAt: string, labelled: boolean): JsonObject {
  const words = { root: ref(root), parent: ref(parent), text: `Indeed, at ${createdAt}`, createdAt };
  return { ...typed('reply', space), ...words, ...(labelled ? { labels: selfLabels } : {}) };
}

export const like = (space: Did, subject: string, createdAt: string): JsonObject => ({
  ...typed('like', space),
  ...{ subject: ref(subject), createdAt },
});

export const crosspost = (space: Did, subject: string, section: string | null, createdAt: string): JsonObject => ({
  ...typed('crosspost', space),
  ...{ subject: ref(subject), createdAt },
  ...(section === null ? {} : { section }),
});

export const half = (name: 'actor.join' | 'actor.subscription', space: Did, createdAt: string): JsonObject => ({
  ...typed(name, space),
  createdAt,
});

export const membership = (space: Did, member: Did, roles: string[], createdAt: string): JsonObject => ({
  ...typed('space.membership', space),
  ...{ member, roles, createdAt },
});

export const role = (space: Did, displayName: string): JsonObject => ({ ...typed('space.role', space), displayName });
export const rule = (space: Did): JsonObject => ({ ...typed('space.rule', space), title: 'Be kind', text: 'To all.' });

const TAGS = ['Poems', 'poems', 'autumn', 'Ünder', 'first draft', 'VI'];

export function someTags(dice: Dice): string[] | null {
  const count = dice.below(4);
  return count === 0 ? null : dice.shuffled(TAGS).slice(0, count);
}

/** The record with something wrong that the lexicon forbids. */
export function spoiled(dice: Dice, record: JsonObject): JsonObject {
  const { $type, createdAt, ...rest } = record;
  const [type, made] = [$type as Json, createdAt as Json];
  return dice.one<JsonObject>([
    { ...record, $type: 'club.commonplace.nonsense' },
    { ...rest, createdAt: made },
    { ...rest, $type: type },
    { ...record, createdAt: 'yesterday' },
    { ...record, space: 'not a DID' },
    { ...record, space: 7 },
    { ...rest, $type: type, createdAt: made, section: '', title: '', subject: 'at://nowhere', root: null },
  ]);
}
