// What a space says of itself, from forms to records. What a form does not know of stays as it was; what is left empty is not there.
import { isValidLanguage } from '@atproto/syntax';
import { isTitled, NSID } from './collections.ts';
import { beginRecord, withoutEmpty, written } from './compose.ts';
import { objectsIn, stringsIn, textIn } from './json.ts';
import type { Did, JsonObject, Section } from './model.ts';
import { isSectionId } from './sections.ts';

export interface ProfileDraft {
  displayName: string;
  description: string;
  url: string;
  /** As typed, with commas or spaces between. */
  langs: string;
  joinPolicy: string;
  postPolicy: string;
  visibility: string;
  joinQuestions: { text: string; required: boolean }[];
}

const list = (typed: string): string[] => [...new Set(typed.split(/[,\s]+/).filter((item) => item !== ''))];

/** What a form’s reader would not understand of the schema’s own words; null where nothing is wrong. */
export function profileProblem({ displayName, url, langs }: ProfileDraft): 'name' | 'url' | 'langs' | null {
  if (written(displayName) === '') return 'name';
  if (url.trim() !== '' && !/^https?:\/\//i.test(url.trim())) return 'url';
  return list(langs).length <= 3 && list(langs).every(isValidLanguage) ? null : 'langs';
}

export function profileRecord(before: JsonObject, draft: ProfileDraft): JsonObject {
  const { displayName, description, url, langs, joinPolicy, postPolicy, visibility } = draft;
  const asked = objectsIn(before.joinQuestions);
  const joinQuestions = draft.joinQuestions
    .map((question, i) => ({ ...asked[i], text: written(question.text), required: question.required }))
    .filter((question) => question.text !== '');
  return withoutEmpty(
    {
      ...before,
      ...{
        displayName: written(displayName),
        description: written(description),
        url: written(url),
        langs: list(langs),
      },
      ...{ joinPolicy, postPolicy, visibility, joinQuestions },
    },
    ['description', 'url', 'langs', 'joinQuestions'],
  );
}

export const profileDraft = (record: JsonObject): ProfileDraft => ({
  ...{ displayName: textIn(record.displayName), description: textIn(record.description), url: textIn(record.url) },
  ...{ langs: stringsIn(record.langs).join(', '), joinPolicy: textIn(record.joinPolicy) || 'invite' },
  ...{ postPolicy: textIn(record.postPolicy) || 'members', visibility: textIn(record.visibility) || 'public' },
  joinQuestions: objectsIn(record.joinQuestions).map((question) => ({
    ...{ text: textIn(question.text), required: question.required === true },
  })),
});

export interface SectionDraft extends Section {
  /** Place among the sections, lowest first. */
  order: number;
}

/** What is wrong with an id that is new; null where it will do. */
export function sectionProblem(drafts: SectionDraft[]): 'id' | 'twice' | 'none' | null {
  const ids = drafts.map(({ id }) => id);
  if (ids.length === 0) return 'none';
  if (new Set(ids).size < ids.length) return 'twice';
  return ids.every(isSectionId) ? null : 'id';
}

export function sectionsRecord(before: JsonObject, drafts: SectionDraft[]): JsonObject {
  const known = objectsIn(before.sections);
  const sections = drafts
    .toSorted((a, b) => a.order - b.order)
    .map(({ id, name, collections, description = '' }) => ({
      ...known.find((section) => section.id === id),
      ...withoutEmpty({ id, name: written(name) || id, collections, description: written(description) }, [
        'description',
      ]),
    }));
  return { ...before, sections };
}

/** Kinds of posts that a form offers; what else a section takes is kept. */
export const withKinds = (before: string[], kinds: string[]): string[] => [
  ...kinds,
  ...before.filter((collection) => !isTitled(collection) && collection !== NSID.crosspost),
];

export interface RuleDraft {
  title: string;
  text: string;
  order: string;
}

export function ruleRecord(space: Did, before: JsonObject | null, draft: RuleDraft): JsonObject {
  const { order: _, ...rest } = before ?? { $type: NSID.rule, space };
  const order = /^\d{1,6}$/.test(draft.order) ? { order: Number(draft.order) } : {};
  return { ...rest, title: written(draft.title), text: written(draft.text), ...order };
}

export const newProfile = (space: Did, createdAt: string): JsonObject => beginRecord(NSID.profile, space, createdAt);
