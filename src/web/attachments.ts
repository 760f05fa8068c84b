// What a post carries beside its text: pictures, films, recordings, and pages elsewhere. Strangers wrote it, and it may be nonsense.
import { objectIn, objectsIn } from '../domain/json.ts';
import { type BlobRef, blobRef, type Cid, LIMITS, mediaPath, PRESETS, type PresetName } from '../domain/media.ts';
import type { Did, Json, JsonObject } from '../domain/model.ts';
import type { PostItem } from '../domain/post.ts';
import { clip, oneLine, withoutTricks } from '../domain/text.ts';
import { $nsid as defs } from '../lexicons/club/commonplace/defs.ts';
import type { Looks } from '../reads/index.ts';
import { safeHref } from './links.ts';

/** What is known of media when a page is made. */
export interface Shelf {
  looks: Looks;
  /** Whether smaller pictures can be had. */
  resizes: boolean;
}

export interface Picture {
  did: Did;
  cid: Cid;
  alt: string;
  width: number;
  height: number;
  /** Sizes it may be asked for in; none for one that moves, or whose sizes are all the same. */
  sources: { preset: PresetName; width: number }[];
  /** On average; null where it is not known. */
  colour: string | null;
}

export interface Recording {
  is: 'video' | 'audio';
  src: string;
  words: string;
  width: number;
  height: number;
}

export interface LinkCard {
  href: string;
  host: string;
  title: string;
  description: string;
  thumb: string | null;
}

export interface Attachments {
  pictures: Picture[];
  recordings: Recording[];
  links: LinkCard[];
}

const MOST = { pictures: 12, recordings: 4, links: 4 };
/** For what does not say: near to most pictures, and kept even where it is wrong, so that nothing moves. */
const USUAL = { width: 720, height: 480 };
/** A ratio beyond this would be a line on the page. */
const STEEPEST = 4;
const FILM = { width: 720, height: 405 };

const words = (value: Json | undefined, length: number): string =>
  typeof value === 'string' ? clip(withoutTricks(value).trim(), length) : '';

export function attachmentsOf({ author: { did }, record }: PostItem, shelf: Shelf): Attachments {
  const { images, media, links } = record ?? {};
  return {
    pictures: objectsIn(images)
      .slice(0, MOST.pictures)
      .flatMap((image) => pictureOf(image, did, shelf) ?? []),
    recordings: objectsIn(media)
      .slice(0, MOST.recordings)
      .flatMap((one) => recordingOf(one, did) ?? []),
    links: objectsIn(links)
      .slice(0, MOST.links)
      .flatMap((link) => linkOf(link, did) ?? []),
  };
}

/** SVG may hold scripts and is shown by nobody here. */
const isShown = ({ type }: BlobRef): boolean => type.startsWith('image/') && !type.startsWith('image/svg');

function pictureOf({ image, alt, aspectRatio }: JsonObject, did: Did, { looks, resizes }: Shelf): Picture | null {
  const ref = blobRef(image);
  if (!ref || !isShown(ref)) return null;
  const look = looks.get(ref.cid);
  const size = look?.width && look.height ? { width: look.width, height: look.height } : ratioOf(aspectRatio);
  // Before it was looked at, what it is said to be is all there is to go by.
  const isStill = look ? look.still === 1 : ref.type !== 'image/gif' && ref.size <= LIMITS.resized;
  return {
    ...{ did, cid: ref.cid, alt: words(alt, 2000), ...bounded(size ?? USUAL) },
    sources: resizes && isStill ? sourcesFor(look?.width ?? null) : [],
    colour: look?.colour ?? null,
  };
}

function ratioOf(value: Json | undefined): { width: number; height: number } | null {
  const { width, height } = objectIn(value);
  const isSize = (size: unknown): size is number =>
    Number.isInteger(size) && Number(size) > 0 && Number(size) <= 100_000;
  // Only the ratio means something: as wide as the column, where there is room.
  return isSize(width) && isSize(height)
    ? { width: USUAL.width, height: Math.max(1, Math.round((USUAL.width * height) / width)) }
    : null;
}

const bounded = ({ width, height }: { width: number; height: number }): { width: number; height: number } => ({
  width: Math.min(width, height * STEEPEST),
  height: Math.min(height, width * STEEPEST),
});

const SHOWN: PresetName[] = ['feed', 'full'];

/** A picture is never made larger: sizes beyond its own are the same one. */
function sourcesFor(own: number | null): Picture['sources'] {
  const sources = SHOWN.map((preset) => ({ preset, width: Math.min(PRESETS[preset].width, own ?? Number.MAX_VALUE) }));
  return sources.filter(({ width }, i) => i === 0 || width > (sources[i - 1]?.width ?? 0));
}

function recordingOf(one: JsonObject, did: Did): Recording | null {
  const is = one.$type === `${defs}#video` ? 'video' : one.$type === `${defs}#audio` ? 'audio' : null;
  const ref = is && blobRef(one[is]);
  if (!is || !ref?.type.startsWith(`${is}/`)) return null;
  const said = is === 'video' ? words(one.alt, 2000) : oneLine(words(one.title, 2000));
  return { is, src: mediaPath(did, ref.cid), words: said, ...bounded(ratioOf(one.aspectRatio) ?? FILM) };
}

function linkOf({ uri, title, description, thumb }: JsonObject, did: Did): LinkCard | null {
  const href = typeof uri === 'string' ? safeHref(uri) : null;
  if (!href?.startsWith('http')) return null;
  const ref = blobRef(thumb);
  return {
    ...{ href, host: new URL(href).host, title: oneLine(words(title, 2000)) || href },
    description: oneLine(words(description, 2000), 200),
    thumb: ref && isShown(ref) ? mediaPath(did, ref.cid, 'thumb') : null,
  };
}
