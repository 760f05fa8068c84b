// Sections, and the address of a post: `/<section>/<rkey>`.
import { isOurs, isTitled, NSID } from './collections.ts';
import type { Section } from './model.ts';

/** First path segments that belong to the site itself. */
export const RESERVED_SECTIONS: ReadonlySet<string> = new Set(
  (
    'about account api assets author card contact docs favicon.ico feed follow group invite join leave login logout media members moderation ' +
    'notifications oauth p robots.txt rules search settings setup sitemap.xml space status subscribe tag theme versions write xrpc .well-known'
  ).split(' '),
);

/** Where posts live that no section takes; reserved, so that no section can have this id. */
export const ORPHAN_SECTION = 'p';

const SECTION_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

export const DEFAULT_SECTIONS: Section[] = [
  { id: 'stories', name: 'Stories', collections: [NSID.story] },
  { id: 'topics', name: 'Topics', collections: [NSID.topic, NSID.crosspost] },
];

export const isSectionId = (id: string): boolean => SECTION_ID.test(id) && !RESERVED_SECTIONS.has(id);

/** A post's own choice where that section exists, else the first section that takes its collection. */
export function sectionOf(sections: Section[], collection: string, wanted: unknown): string {
  if (typeof wanted === 'string' && sections.some((section) => section.id === wanted)) return wanted;
  return sections.find((section) => section.collections.includes(collection))?.id ?? ORPHAN_SECTION;
}

/** Where a new post of the collection may go. */
export const sectionsFor = (sections: Section[], collection: string): Section[] =>
  sections.filter(({ collections }) => collections.includes(collection));

/** Whether records of the collection are posts of the space: ours with a title, or others' that a section takes. */
export const isPostCollection = (sections: Section[], collection: string): boolean =>
  isTitled(collection) ||
  ((!isOurs(collection) || collection === NSID.crosspost) &&
    sections.some((section) => section.collections.includes(collection)));

/** Path of a post. Of several authors' equal rkeys only the first admitted has the plain one. */
export function postPath(post: { section: string; rkey: string; did: string; plain: boolean }): string {
  return `/${post.section}/${post.rkey}${post.plain ? '' : `~${post.did}`}`;
}
