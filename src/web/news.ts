// What the script of a list of posts is told: which stream, and which of its records are posts of this list.
import { NSID } from '../domain/collections.ts';
import type { Section, SpaceDetails } from '../domain/model.ts';
import { isPostCollection, sectionOf } from '../domain/sections.ts';
import { MAX_WANTED } from '../domain/subscription.ts';
import { scriptPath } from './assets.ts';
import type { PageScript } from './head.ts';
import { say } from './messages.ts';
import { withQuery } from './site.ts';

/** `section` null for the list of all posts. */
export function newsScript({ did, policy: { sections } }: SpaceDetails, section: Section | null): PageScript {
  const named = [NSID.story, NSID.topic, ...sections.flatMap(({ collections }) => collections)];
  const posts = [...new Set(named)].filter((name) => isPostCollection(sections, name)).slice(0, MAX_WANTED.collections);
  const wanted = posts.map((name) => `&wantedCollections=${encodeURIComponent(name)}`).join('');
  const [one, many] = [say.newPosts(1), say.newPosts(0).replace('0', '#')];
  const all = { stream: withQuery('/subscribe', { space: did }) + wanted, one, many };
  if (section === null) return { src: scriptPath('news'), data: all };
  const first = posts.filter((name) => sectionOf(sections, name, null) === section.id);
  const ids = sections.map(({ id }) => id);
  return {
    src: scriptPath('news'),
    data: { ...all, section: section.id, sections: ids.join(' '), first: first.join(' ') },
  };
}
