// What the forms of a founding give, read into what it decides; or why not.
import { isValidLanguage } from '@atproto/syntax';
import { isTitled, NSID } from './collections.ts';
import type { About, Ways } from './founding.ts';
import type { Did, JoinPolicy, PostPolicy, Section, Visibility } from './model.ts';
import { isRefusal, type Refusal, refuse } from './outcome.ts';
import { DEFAULT_SECTIONS, isSectionId } from './sections.ts';
import { oneLine, withoutTricks } from './text.ts';
import { presetOf } from './theme-presets.ts';
import { validDid } from './uri.ts';

/** A field by its name; empty where it was not sent. */
export type Given = (name: string) => string;

const no = (why: string): Refusal => refuse('InvalidRequest', why);

/** Of the lexicon of the profile. */
const MOST = { name: 64, description: 2000, instances: 20 };

const segmenter = new Intl.Segmenter();
const isLonger = (text: string, graphemes: number): boolean =>
  text.length > graphemes * 10 || [...segmenter.segment(text)].length > graphemes;

export function aboutFrom(given: Given): About | Refusal {
  const displayName = oneLine(given('name'), MOST.name * 10);
  const description = withoutTricks(given('description').replaceAll('\r\n', '\n')).trim();
  const lang = given('lang').trim();
  if (displayName === '') return no('a space needs a name');
  if (isLonger(displayName, MOST.name)) return no(`a name has at most ${MOST.name} characters`);
  if (isLonger(description, MOST.description)) return no(`a description has at most ${MOST.description} characters`);
  if (lang !== '' && (lang.length > 35 || !isValidLanguage(lang)))
    return no('a language is written as in "en" or "pt-BR"');
  return { displayName, description, lang };
}

export const JOIN_POLICIES: readonly JoinPolicy[] = ['open', 'approval', 'invite'];
export const POST_POLICIES: readonly PostPolicy[] = ['members', 'anyone', 'roles'];
export const VISIBILITIES: readonly Visibility[] = ['public', 'unlisted', 'private'];

export function waysFrom(given: Given): Ways | Refusal {
  const joinPolicy = JOIN_POLICIES.find((one) => one === given('join'));
  const postPolicy = POST_POLICIES.find((one) => one === given('post'));
  const visibility = VISIBILITIES.find((one) => one === given('visibility'));
  const theme = given('theme');
  if (!joinPolicy || !postPolicy || !visibility || !presetOf(theme)) return no('choose one of what is offered');
  const instances = instancesIn(given('instances'));
  if (isRefusal(instances)) return instances;
  const sections = sectionsIn(given);
  if (isRefusal(sections)) return sections;
  const external = given('external') !== '';
  return { joinPolicy, postPolicy, visibility, external, instances: external ? instances : [], sections, theme };
}

/** Hostnames or DIDs, apart by white space or commas. */
function instancesIn(typed: string): Did[] | Refusal {
  const dids: Did[] = [];
  for (const name of namesIn(typed)) {
    const did = name.startsWith('did:') ? name : `did:web:${name.toLowerCase()}`;
    if (!validDid(did)) return no(`"${name.slice(0, 100)}" is no instance: give its hostname`);
    if (!dids.includes(did)) dids.push(did);
  }
  return dids.length > MOST.instances ? no(`at most ${MOST.instances} instances can be named here`) : dids;
}

export const namesIn = (typed: string): string[] => [
  ...new Set(
    typed
      .slice(0, 10_000)
      .split(/[\s,;]+/)
      .filter((name) => name !== ''),
  ),
];

export const SECTION_ROWS = 6;
/** What a section takes. */
export const SECTION_KINDS = {
  stories: [NSID.story],
  topics: [NSID.topic, NSID.crosspost],
  both: [NSID.story, NSID.topic, NSID.crosspost],
  none: [],
};

type SectionKind = keyof typeof SECTION_KINDS;

const isKind = (kind: string): kind is SectionKind => Object.hasOwn(SECTION_KINDS, kind);

/** Rows without a name are not there; without any the usual sections are. */
function sectionsIn(given: Given): Section[] | Refusal {
  const sections: Section[] = [];
  for (let row = 1; row <= SECTION_ROWS; row++) {
    const name = oneLine(given(`section-${row}`), MOST.name * 10);
    if (name === '') continue;
    const kind = given(`kind-${row}`);
    const id = given(`id-${row}`).trim().toLowerCase() || slug(name);
    if (isLonger(name, MOST.name)) return no(`the name of a section has at most ${MOST.name} characters`);
    if (!isKind(kind)) return no('choose one of what is offered');
    if (id === '') return no(`say how the address of "${name}" shall end: letters, digits and hyphens`);
    if (!isSectionId(id)) return no(`"${id.slice(0, 64)}" can be the end of no section’s address: take another one`);
    if (sections.some((section) => section.id === id)) return no(`two sections cannot have the address "${id}"`);
    sections.push({ id, name, collections: [...SECTION_KINDS[kind]] });
  }
  return sections.length > 0 ? sections : DEFAULT_SECTIONS;
}

const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);

export function kindOf({ collections }: Section): SectionKind {
  const kinds = Object.keys(SECTION_KINDS) as SectionKind[];
  const titled = (of: string[]): string => of.filter(isTitled).join();
  return kinds.find((kind) => titled(SECTION_KINDS[kind]) === titled(collections)) ?? 'none';
}
