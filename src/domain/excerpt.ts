// The part of a text that a search found.
import { clip, withoutTricks } from './text.ts';

const LENGTH = 280;
/** How far before the match it begins at most. */
const LEAD = 80;

/** Letters as search compares them: without case and marks. As long as the text, unit for unit. */
const folded = (text: string): string =>
  Array.from(text, (c) => {
    const plain = c.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    return plain.length === c.length ? plain : c;
  }).join('');

/** Around the place where most of the words stand together; the beginning where none is found. `text` is plain. */
export function excerptAround(text: string, words: string[]): string {
  const clean = withoutTricks(text);
  const from = startBefore(clean, bestPlace(folded(clean), words.map(folded)));
  return from === 0 ? clip(clean, LENGTH) : `…${clip(clean.slice(from), LENGTH - 1)}`;
}

/** A little before a place, where a word begins if the script has spaces. */
function startBefore(text: string, at: number): number {
  const near = at - LEAD;
  if (near <= 0) return 0;
  const space = text.indexOf(' ', near);
  if (space >= 0 && space < at) return space + 1;
  const unit = text.charCodeAt(near);
  return unit >= 0xdc00 && unit <= 0xdfff ? near + 1 : near;
}

/** Where the window with the most different words begins; ties to the first. */
function bestPlace(text: string, words: string[]): number {
  const places = words
    .flatMap((word, which) => placesOf(text, word).map((at) => ({ at, which })))
    .sort((a, b) => a.at - b.at);
  let best = { at: 0, count: 0 };
  for (const [i, { at }] of places.entries()) {
    const within = new Set<number>();
    for (let j = i; j < places.length && (places[j]?.at ?? 0) < at + LENGTH - LEAD; j++)
      within.add(places[j]?.which ?? 0);
    if (within.size > best.count) best = { at, count: within.size };
  }
  return best.at;
}

const MAX_PLACES = 50;

function placesOf(text: string, word: string): number[] {
  const places: number[] = [];
  for (
    let at = text.indexOf(word);
    at >= 0 && word !== '' && places.length < MAX_PLACES;
    at = text.indexOf(word, at + 1)
  ) {
    places.push(at);
  }
  return places;
}
