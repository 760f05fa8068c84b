// Words for full-text search: scripts without spaces are segmented, in what is stored and in what is asked alike.

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The text with spaces between its words; text of spaced scripts comes back as it is. */
export function segmented(text: string): string {
  if (!UNSPACED.test(text)) return text;
  return Array.from(segmenter.segment(text), ({ segment }) => segment).join(' ');
}

/** A DID as one token of the tokenizer: letters and digits only. */
export const spaceToken = (did: string): string => `s${Array.from(did, (c) => c.charCodeAt(0).toString(36)).join('')}`;

const MAX_WORDS = 12;

/**
 * An FTS5 query for all the words asked for, within one space; null when there are none. `beginning`: the last word may be
 * the beginning of one, which costs a walk through all words that begin so.
 */
export function matchQuery(space: string, asked: string, { beginning = false } = {}): string | null {
  const words = searchedWords(asked);
  if (words.length === 0) return null;
  const star = beginning && !UNSPACED.test(words.at(-1) ?? '') ? '*' : '';
  const each = words.map((word) => `"${word}"`).join(' AND ');
  return `space : ${spaceToken(space)} AND {title text} : (${each}${star})`;
}

/** The words of what somebody typed, at most 12. */
export const searchedWords = (asked: string): string[] =>
  Array.from(segmenter.segment(asked.slice(0, 400)), ({ segment, isWordLike }) => (isWordLike ? segment : ''))
    .flatMap((word) => word.split(/[^\p{L}\p{N}\p{M}]+/u))
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
