// Mentions, links and tags that a Markdown text names as they were typed: found again in what is shown of it.
import type { Json } from '../domain/model.ts';
import { textRuns } from './facets.ts';
import { tagPath } from './site.ts';

export interface Named {
  /** Finds any of them, where it stands by itself. */
  pattern: RegExp;
  /** Addresses by the words that lead there. */
  hrefs: ReadonlyMap<string, string>;
}

/** More names than these in one text are only text. */
const MOST = 200;

/** Null where there are none. */
export function namedIn(text: string, facets: Json | undefined): Named | null {
  const hrefs = new Map<string, string>();
  for (const { text: words, feature } of textRuns(text, facets)) {
    if (feature === null || hrefs.size >= MOST || words.trim() === '') continue;
    const href =
      'mention' in feature ? `/author/${feature.mention}` : 'tag' in feature ? tagPath(feature.tag) : feature.link;
    hrefs.set(words, href);
  }
  if (hrefs.size === 0) return null;
  const longestFirst = [...hrefs.keys()].sort((a, b) => b.length - a.length);
  const any = longestFirst.map((words) => words.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  return { hrefs, pattern: new RegExp(`(?<![\\p{L}\\p{N}_])(?:${any})(?![\\p{L}\\p{N}_])`, 'gu') };
}

/** The text in pieces, each with where it leads. */
export function piecesOf(text: string, { pattern, hrefs }: Named): { words: string; href: string | null }[] {
  const pieces: { words: string; href: string | null }[] = [];
  let at = 0;
  for (const { 0: words, index } of text.matchAll(pattern)) {
    if (index > at) pieces.push({ words: text.slice(at, index), href: null });
    pieces.push({ words, href: hrefs.get(words) ?? null });
    at = index + words.length;
  }
  if (at < text.length) pieces.push({ words: text.slice(at), href: null });
  return pieces;
}
