// Pictures of what somebody writes here, from the form to the record.
import { NSID } from './collections.ts';
import { isObject, objectsIn } from './json.ts';
import { type BlobRef, blobRef } from './media.ts';
import type { Json, JsonObject } from './model.ts';

/** As `club.commonplace.defs#image` says, and most servers take no more. */
export const PICTURE_BYTES = 5_000_000;
/** What browsers show, and is known well enough to take out of it what it tells of its owner. */
export const PICTURE_TYPES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'];
const MOST_ITEM = 50_000;

/** As the lexicons say. */
export const mostPictures = (collection: string): number => (collection === NSID.reply ? 4 : 12);

/** One that is in the author's repository already. */
export interface Picture {
  /** As the record has it, with whatever other programs know of it. */
  item: JsonObject;
  alt: string;
  /** It needs no words. */
  isDecoration: boolean;
}

export const picturesOf = ({ images }: JsonObject): Picture[] =>
  objectsIn(images).map((item) => {
    const alt = typeof item.alt === 'string' ? item.alt : '';
    return { item, alt, isDecoration: alt === '' };
  });

export const blobOf = ({ item }: Picture): BlobRef | null => blobRef(item.image);

/** As a form carries it; null for what is no picture. */
export function pictureFrom(text: string): JsonObject | null {
  if (text.length > MOST_ITEM) return null;
  try {
    const item: unknown = JSON.parse(text);
    return isObject(item) && blobRef(item.image as Json) ? item : null;
  } catch {
    // Nothing that a form of ours would send.
    return null;
  }
}

export const isUndescribed = ({ alt, isDecoration }: Picture): boolean => alt === '' && !isDecoration;

/** For the record. */
export const imagesOf = (pictures: Picture[]): JsonObject[] => pictures.map(({ item, alt }) => ({ ...item, alt }));
