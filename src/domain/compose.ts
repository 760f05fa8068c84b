// Records as their authors write them here. What is left empty is not there; what an edit does not know of stays as it was.
import { selfLabels as lexicon } from '../lexicons/com/atproto/label/defs.ts';
import { NSID } from './collections.ts';
import { stringsIn, textIn } from './json.ts';
import type { AtUri, Did, Json, JsonObject } from './model.ts';
import { imagesOf, type Picture } from './pictures.ts';
import { oneLine, selfLabels } from './text.ts';

/** A post as a form gives it. */
export interface PostDraft {
  title: string;
  text: string;
  /** Id; empty for the first that takes its collection. */
  section: string;
  /** As typed, with commas or spaces between. */
  tags: string;
  /** A value of a self-label; empty for none. */
  warning: string;
  lang: string;
  /** Of a story; empty where nothing is said. */
  feedback: string;
}

export interface StrongRef {
  uri: AtUri;
  cid: string;
}

const SELF_LABELS = lexicon.$type;
const MAX_TAGS = 8;
const MAX_TAG = 64;

const tagsFrom = (typed: string): string[] =>
  [...new Set(typed.split(/[,\s]+/).map((tag) => tag.replace(/^#+/, '').slice(0, MAX_TAG)))]
    .filter((tag) => tag !== '')
    .slice(0, MAX_TAGS);

/** What may be said of any text: its pictures, its language, and a warning. */
interface Around {
  warning: string;
  lang: string;
}

/** A language or warning that was not changed stays with whatever stands beside it. */
function around({ warning, lang }: Around, pictures: Picture[], before: JsonObject): JsonObject {
  return {
    images: imagesOf(pictures),
    langs: lang === langOf(before) ? (before.langs ?? []) : lang === '' ? [] : [lang],
    labels:
      warning === warningOf(before)
        ? (before.labels ?? '')
        : warning === ''
          ? ''
          : { $type: SELF_LABELS, values: [{ val: warning }] },
  };
}

/** Without those of `names` that say nothing. */
export function withoutEmpty(record: JsonObject, names: string[]): JsonObject {
  const kept = Object.entries(record).filter(
    ([name, value]) => !names.includes(name) || !(value === '' || (Array.isArray(value) && value.length === 0)),
  );
  return Object.fromEntries(kept);
}

export const written = (text: string): string => text.replaceAll('\r\n', '\n').trim();

/** `before`: the record that is edited. */
export function postRecord(
  collection: string,
  draft: PostDraft,
  { facets, pictures }: { facets: Json[]; pictures: Picture[] },
  before: JsonObject,
): JsonObject {
  const { feedback, section } = draft;
  const record = {
    ...before,
    ...{ title: oneLine(draft.title), text: written(draft.text), facets, section, tags: tagsFrom(draft.tags) },
    ...around(draft, pictures, before),
    feedback: collection === NSID.story ? feedback : '',
  };
  return withoutEmpty(record, ['facets', 'section', 'tags', 'langs', 'labels', 'images', 'feedback']);
}

/** A reply as a form gives it. */
export interface ReplyDraft {
  text: string;
  warning: string;
  lang: string;
}

/** As it stands in the record. */
export const textOf = ({ text }: Pick<ReplyDraft, 'text'>): string => written(text);

export function replyRecord(draft: ReplyDraft, facets: Json[], pictures: Picture[], before: JsonObject): JsonObject {
  const record = { ...before, text: textOf(draft), facets, ...around(draft, pictures, before) };
  return withoutEmpty(record, ['facets', 'langs', 'labels', 'images']);
}

/** What every record of ours begins with. */
export const beginRecord = (collection: string, space: Did, createdAt: string): JsonObject => ({
  $type: collection,
  space,
  createdAt,
});

/** `note`: why it is shown there, in the words of whoever does. */
export const crosspostRecord = (
  space: Did,
  { subject, note, lang }: { subject: StrongRef; note: string; lang: string },
  createdAt: string,
): JsonObject =>
  withoutEmpty(
    {
      ...beginRecord(NSID.crosspost, space, createdAt),
      ...{ subject: { ...subject }, note: written(note), langs: lang === '' || written(note) === '' ? [] : [lang] },
    },
    ['note', 'langs'],
  );

/** The group's half of a membership. */
export const membershipRecord = (
  space: Did,
  { member, roles, createdAt }: { member: Did; roles: string[]; createdAt: string },
): JsonObject => ({ ...beginRecord(NSID.membership, space, createdAt), member, roles });

/** The other way round, for the form of an edit. */
export const draftOf = (record: JsonObject): PostDraft => ({
  ...{ title: textIn(record.title), text: textIn(record.text), section: textIn(record.section) },
  ...{ feedback: textIn(record.feedback), tags: stringsIn(record.tags).join(', ') },
  ...{ lang: langOf(record), warning: warningOf(record) },
});

export const replyDraftOf = (record: JsonObject): ReplyDraft => ({
  ...{ text: textIn(record.text), lang: langOf(record), warning: warningOf(record) },
});

const langOf = (record: JsonObject): string => stringsIn(record.langs)[0] ?? '';

const warningOf = (record: JsonObject): string => selfLabels(record)[0] ?? '';
