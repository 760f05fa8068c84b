// Records as their authors write them here. What is left empty is not there; what an edit does not know of stays as it was.
import { selfLabels } from '../lexicons/com/atproto/label/defs.ts';
import { NSID } from './collections.ts';
import type { AtUri, Did, JsonObject } from './model.ts';
import { oneLine } from './text.ts';

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

const SELF_LABELS = selfLabels.$type;
const MAX_TAGS = 8;
const MAX_TAG = 64;

const tagsFrom = (typed: string): string[] =>
  [...new Set(typed.split(/[,\s]+/).map((tag) => tag.replace(/^#+/, '').slice(0, MAX_TAG)))]
    .filter((tag) => tag !== '')
    .slice(0, MAX_TAGS);

/** `before`: the record that is edited. */
export function postRecord(collection: string, draft: PostDraft, before: JsonObject): JsonObject {
  const { warning, lang, feedback, section } = draft;
  const tags = tagsFrom(draft.tags);
  const record: JsonObject = {
    ...before,
    title: oneLine(draft.title),
    text: draft.text.replaceAll('\r\n', '\n').trim(),
    ...{ section, tags, langs: lang === '' ? [] : [lang] },
    labels: warning === '' ? '' : { $type: SELF_LABELS, values: [{ val: warning }] },
    feedback: collection === NSID.story ? feedback : '',
  };
  for (const name of ['section', 'tags', 'langs', 'labels', 'feedback']) {
    const value = record[name];
    if (value === '' || (Array.isArray(value) && value.length === 0)) delete record[name];
  }
  return record;
}

/** What every record of ours begins with. */
export const beginRecord = (collection: string, space: Did, createdAt: string): JsonObject => ({
  $type: collection,
  space,
  createdAt,
});

/** The group's half of a membership. */
export const membershipRecord = (
  space: Did,
  { member, roles, createdAt }: { member: Did; roles: string[]; createdAt: string },
): JsonObject => ({ ...beginRecord(NSID.membership, space, createdAt), member, roles });

/** The other way round, for the form of an edit. */
export function draftOf(record: JsonObject): PostDraft {
  const text = (name: string): string => (typeof record[name] === 'string' ? record[name] : '');
  const strings = (name: string): string[] => {
    const value = record[name];
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  };
  return {
    ...{ title: text('title'), text: text('text'), section: text('section'), feedback: text('feedback') },
    ...{ tags: strings('tags').join(', '), lang: strings('langs')[0] ?? '', warning: warningOf(record) },
  };
}

function warningOf({ labels }: JsonObject): string {
  const values = labels !== null && typeof labels === 'object' && 'values' in labels ? labels.values : null;
  const first = Array.isArray(values) ? values[0] : null;
  const val = first !== null && typeof first === 'object' && 'val' in first ? first.val : null;
  return typeof val === 'string' ? val : '';
}
