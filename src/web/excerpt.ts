// The beginning of a text, for lists and previews.

/** A cut word may be so long and still be left out whole. */
const LONGEST_WORD = 24;

const WIDE = /[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]/g;

/** About as wide as `length` Latin letters, ending with a whole word where the script has spaces. */
export function beginning(text: string, length: number): string {
  const wide = text.slice(0, length).match(WIDE)?.length ?? 0;
  const room = length - Math.ceil(wide / 2);
  if (text.length <= room) return text;
  const space = text.lastIndexOf(' ', room);
  if (space > Math.max(0, room - LONGEST_WORD)) return `${text.slice(0, space).replace(/[\s.,;:…]+$/, '')}…`;
  const splits = (text.charCodeAt(room) & 0xfc00) === 0xdc00;
  return `${text.slice(0, splits ? room - 1 : room)}…`;
}

/** The first paragraph. */
export const firstParagraph = (text: string): string => text.trim().split(/\n\s*\n/, 1)[0] ?? '';

/** One line for search engines and previews. */
export const summary = (text: string): string => beginning(text.trim().replace(/\s+/g, ' '), 200);
