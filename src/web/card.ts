// The picture that previews of a post show: its first one, else a card with its title, its author and the colours of the space.
import { shortHash } from '../domain/hash.ts';
import { objectIn, textIn } from '../domain/json.ts';
import { mediaPath } from '../domain/media.ts';
import type { PostItem } from '../domain/post.ts';
import { escapeHtml } from './escape.ts';
import type { CardImage } from './head.ts';
import { isWithheld } from './parts/warning.tsx';
import { authorName, pathOf, type Site, spaceName } from './site.ts';
import { lightPalette } from './theme.ts';

const CARD = '/card';
/** Below it, the address of the post. */
export const postOfCard = (path: string): string => path.slice(CARD.length).replace(/\.png$/, '');

/** Pictures under a warning are not told outside of it. */
export function cardImage(post: PostItem, site: Site): CardImage | null {
  if (isWithheld(post.labels)) return null;
  const { origin } = site;
  if (post.picture !== null && post.labels.length === 0) {
    return { url: origin + mediaPath(post.author.did, post.picture, 'og'), alt: altOf(post) };
  }
  const version = shortHash(cardSvg(post, site)).toString(36);
  return { url: `${origin}${CARD}${pathOf(post)}.png?v=${version}`, alt: post.title };
}

function altOf({ record, title }: PostItem): string {
  const [first] = Array.isArray(record?.images) ? record.images : [];
  return textIn(objectIn(first).alt).slice(0, 400) || title;
}

/** Of a space: what it shows at the head of its pages. */
export function spaceImage({ space, origin }: Site): CardImage | null {
  const cid = space.banner ?? space.avatar;
  return cid === null ? null : { url: origin + mediaPath(space.did, cid, 'og'), alt: spaceName(space) };
}

const [WIDTH, HEIGHT, MARGIN] = [1200, 630, 80];
const ROOM = WIDTH - 2 * MARGIN;
const MOST_LINES = 4;

export function cardSvg(post: PostItem, site: Site): string {
  const { background, text, muted, accent } = lightPalette(site.space.theme);
  const lines = wrapped(drawable(post.title), 68);
  const size = lines.length > 2 ? 60 : 68;
  const line = (words: string, y: number, height: number, fill: string): string =>
    `<text x="${MARGIN}" y="${y}" font-family="Inter" font-weight="600" font-size="${height}" fill="${fill}">${escapeHtml(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${background}"/><rect width="${WIDTH}" height="16" fill="${accent}"/>`,
    line(wrapped(drawable(spaceName(site.space)), 36)[0] ?? '', 120, 36, accent),
    ...lines.map((words, i) => line(words, 230 + i * size * 1.25, size, text)),
    line(wrapped(drawable(authorName(post.author)), 32)[0] ?? '', HEIGHT - MARGIN, 32, muted),
    '</svg>',
  ].join('');
}

/** Scripts that the fonts of cards have. */
const FOREIGN = /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{Zs}\p{Sc}\p{Sm}]/gu;

/** Nothing where too little would be left to be read: a card without a title is better than one with holes. */
function drawable(text: string): string {
  const known = text.slice(0, 400).replace(FOREIGN, '').replace(/\s+/g, ' ').trim();
  return known.length * 2 < Math.min(text.length, 400) ? '' : known;
}

/** Widths of letters as shares of their height, near enough to know where a line is full. */
function widthOf(letter: string): number {
  if (/[iljtfrI.,:;'!|()[\] ]/.test(letter)) return 0.34;
  if (/[mwMW@%—…]/.test(letter)) return 0.9;
  return /\p{Lu}/u.test(letter) ? 0.71 : 0.6;
}

function wrapped(text: string, size: number): string[] {
  const lines: string[] = [];
  const wide = (words: string): number => Array.from(words).reduce((sum, letter) => sum + widthOf(letter) * size, 0);
  let line = '';
  for (const word of text.split(' ').flatMap((one) => pieces(one, (part) => wide(part) > ROOM))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (wide(longer) <= ROOM) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), `${(lines[MOST_LINES - 1] ?? '').replace(/.{2}$/, '')}…`];
}

/** A word that is longer than a line is cut. */
function pieces(word: string, isTooWide: (part: string) => boolean): string[] {
  const cut: string[] = [];
  let part = '';
  for (const letter of word) {
    if (isTooWide(part + letter)) {
      cut.push(part);
      part = '';
    }
    part += letter;
  }
  return [...cut, part];
}
