// Pictures, sound and video: how they are named, in which sizes they are shown, and which kinds of bytes are shown at all.
import { objectIn } from './json.ts';
import type { Did, Json, JsonObject } from './model.ts';
import { validDid } from './uri.ts';

export type Cid = string;

/** A CID of raw bytes by SHA-256, in base 32, as every blob of the network has: one spelling and no other. */
const BLOB_CID = /^bafkrei[a-z2-7]{52}$/;

export const isBlobCid = (value: unknown): value is Cid => typeof value === 'string' && BLOB_CID.test(value);

export type PresetName = 'thumb' | 'feed' | 'full' | 'avatar' | 'banner' | 'og';

export interface Preset {
  width: number;
  /** Absent: as high as it comes. */
  height?: number;
  /** `crop` fills the box and cuts what stands out; neither enlarges. */
  fit: 'scale-down' | 'crop';
  format: 'image/webp' | 'image/jpeg';
}

/** Previews are made by programs that know JPEG best; all browsers know WebP. */
export const PRESETS: Record<PresetName, Preset> = {
  thumb: { width: 240, height: 240, fit: 'crop', format: 'image/webp' },
  feed: { width: 720, fit: 'scale-down', format: 'image/webp' },
  full: { width: 2000, fit: 'scale-down', format: 'image/webp' },
  avatar: { width: 192, height: 192, fit: 'crop', format: 'image/webp' },
  banner: { width: 1500, height: 500, fit: 'crop', format: 'image/webp' },
  og: { width: 1200, height: 630, fit: 'crop', format: 'image/jpeg' },
};

const isPreset = (name: string): name is PresetName => Object.hasOwn(PRESETS, name);

export interface MediaName {
  did: Did;
  cid: Cid;
  preset: PresetName | null;
}

/** Of a path below `/media/`, as it was sent; null for all that names no blob. An extension at its end means nothing. */
export function mediaName(path: string): MediaName | null {
  const [did = '', last = '', further, ...more] = path.replace(/\.[a-z0-9]{1,5}$/, '').split('/');
  if (more.length > 0 || !validDid(did) || !isBlobCid(last)) return null;
  if (further === undefined) return { did, cid: last, preset: null };
  return isPreset(further) ? { did, cid: last, preset: further } : null;
}

export const mediaPath = (did: Did, cid: Cid, preset?: PresetName): string =>
  `/media/${did}/${cid}${preset ? `/${preset}` : ''}`;

/** What the bytes of a blob may be shown as. Everything else is handed out as a file to keep. */
export type MediaType =
  | `image/${'png' | 'jpeg' | 'webp' | 'gif' | 'avif'}`
  | `video/${'mp4' | 'webm'}`
  | `audio/${'mpeg' | 'mp4' | 'ogg' | 'wav' | 'flac'}`;

export const FILE_TYPE = 'application/octet-stream';

export const kindOf = (type: string): string => type.slice(0, type.indexOf('/'));

/**
 * What is answered for bytes that look like `seen`, of which the author says `declared`. Null: they are not what they are said to be.
 * SVG can carry scripts, so it is a file like any other that is not shown.
 */
export function typeAgreed(seen: MediaType | null, declared: string): MediaType | typeof FILE_TYPE | null {
  const shown = ['image', 'video', 'audio'];
  const wanted = declared.startsWith('image/svg') ? '' : kindOf(declared);
  if (!shown.includes(wanted)) return FILE_TYPE;
  if (seen === null) return null;
  // Containers are the same for both: what is only heard may come in what could be seen.
  const isTimed = (kind: string): boolean => kind === 'video' || kind === 'audio';
  return kindOf(seen) === wanted || (isTimed(kindOf(seen)) && isTimed(wanted)) ? seen : null;
}

export const LIMITS = {
  /** Up to here a blob is held whole, and nothing of it goes out before its CID is proven. */
  heldWhole: 4_000_000,
  blob: 100_000_000,
  /** Beyond these an image is not decoded: it may be small as a file and enormous as a picture. */
  pixels: 50_000_000,
  edge: 16_384,
  resized: 20_000_000,
} as const;

/** A blob as records refer to it. */
export interface BlobRef {
  cid: Cid;
  type: string;
  size: number;
}

export function blobRef(value: Json | undefined): BlobRef | null {
  const blob = objectIn(value);
  const cid = objectIn(blob.ref).$link;
  if (blob.$type !== 'blob' || !isBlobCid(cid)) return null;
  const { mimeType, size } = blob;
  return { cid, type: typeof mimeType === 'string' ? mimeType.toLowerCase() : '', size: Number(size) || 0 };
}

/** The first picture of a post, for lists of posts. */
export function firstPicture(record: JsonObject): Cid | null {
  const [first] = Array.isArray(record.images) ? record.images : [];
  const ref = blobRef(objectIn(first).image) ?? blobRef(record.coverImage);
  return ref?.type.startsWith('image/') && !ref.type.startsWith('image/svg') ? ref.cid : null;
}

/** As many as are counted for one record. */
const MOST_BLOBS = 32;

/** All blobs that a record refers to, wherever in it, each once. Records are bounded in depth and size. */
export function blobsOf(value: Json): BlobRef[] {
  const found = new Map<Cid, BlobRef>();
  const walk = (part: Json): void => {
    if (part === null || typeof part !== 'object' || found.size >= MOST_BLOBS) return;
    const ref = blobRef(part);
    if (ref) found.set(ref.cid, ref);
    else for (const child of Object.values(part)) walk(child);
  };
  walk(value);
  return [...found.values()];
}
