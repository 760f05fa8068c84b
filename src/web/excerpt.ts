// The beginning of a text, for lists and previews.

/** A cut word may be so long and still be left out whole. */
const LONGEST_WORD = 24;

/** At most about `length` UTF-16 units, ending with a whole word where the script has spaces. */
export function beginning(text: string, length: number): string {
  if (text.length <= length) return text;
  const space = text.lastIndexOf(' ', length);
  if (space > Math.max(0, length - LONGEST_WORD)) return `${text.slice(0, space)}…`;
  const splits = (text.charCodeAt(length) & 0xfc00) === 0xdc00;
  return `${text.slice(0, splits ? length - 1 : length)}…`;
}

/** The first paragraph. */
export const firstParagraph = (text: string): string => text.trim().split(/\n\s*\n/, 1)[0] ?? '';

/** One line for search engines and previews. */
export const summary = (text: string): string => beginning(text.trim().replace(/\s+/g, ' '), 200);
