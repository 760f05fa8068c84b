// The beginning of a text, for lists and previews.
import { clip } from '../domain/text.ts';

/** A cut word may be so long and still be left out whole. */
const LONGEST_WORD = 24;

/** At most `length` code points, ending with a whole word where the script has spaces. */
export function beginning(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = clip(text, length);
  if (cut === text) return text;
  const space = cut.lastIndexOf(' ');
  return space > cut.length - LONGEST_WORD ? `${cut.slice(0, space).replace(/[\s,;:.–—-]+$/, '')}…` : cut;
}

/** The first paragraph. */
export const firstParagraph = (text: string): string => text.trim().split(/\n\s*\n/, 1)[0] ?? '';

/** One line for search engines and previews. */
export const summary = (text: string): string => beginning(text.trim().replace(/\s+/g, ' '), 200);
