// Pictures on their way to their author's own repository: looked at, and without what they tell of place and owner.

import type { Refusal } from '../domain/outcome.ts';
import { type Deed, refusalOf } from '../domain/permission.ts';
import { PICTURE_TYPES, type Picture } from '../domain/pictures.ts';
import { isBomb, lookAt } from '../formats/look.ts';
import { redaction } from '../formats/redact/index.ts';
import { joined } from '../formats/redact/steps.ts';
import { SNIFFED, sniff } from '../formats/sniff.ts';
import type { NotWritten } from '../ports/accounts.ts';
import type { OwnDeps, Writer } from './own.ts';

/** As it was chosen in a form; `bytes` null where it was too large to be read. */
export interface Chosen {
  bytes: Uint8Array | null;
  alt: string;
  isDecoration: boolean;
}

export interface PictureProblem {
  picture: 'too-large' | 'unreadable';
  /** Which of those chosen, from 1. */
  number: number;
}

export type Problem = PictureProblem | NotWritten | Refusal;

export interface Uploaded {
  pictures: Picture[];
  /** Why those that follow are not among them. */
  problem: Problem | null;
}

/** One after another, up to the first that cannot be had. A server forgets before long what no record refers to. */
export async function uploadPictures(writer: Writer, deed: Deed, chosen: Chosen[], deps: OwnDeps): Promise<Uploaded> {
  const refused = chosen.length > 0 ? refusalOf(writer.standing, deed) : null;
  const pictures: Picture[] = [];
  if (refused) return { pictures, problem: refused };
  for (const [i, { bytes, alt, isDecoration }] of chosen.entries()) {
    const ready = bytes === null ? 'too-large' : readied(bytes);
    if (typeof ready === 'string') return { pictures, problem: { picture: ready, number: i + 1 } };
    const { type, width, height } = ready;
    const uploaded = await deps.accounts.upload(writer.standing.did, writer.browser, ready.bytes, type);
    if ('failed' in uploaded) return { pictures, problem: uploaded };
    const item = { image: uploaded.blob, aspectRatio: { width, height } };
    pictures.push({ item, alt, isDecoration });
  }
  return { pictures, problem: null };
}

export interface Ready {
  bytes: Uint8Array;
  type: string;
  width: number;
  height: number;
}

export function readied(bytes: Uint8Array): Ready | PictureProblem['picture'] {
  const type = sniff(bytes.subarray(0, SNIFFED)) ?? '';
  const look = PICTURE_TYPES.includes(type) ? lookAt(type, bytes) : null;
  if (!look || isBomb(look)) return 'unreadable';
  const redacted = redaction(type);
  const { width, height } = look;
  return { type, width, height, bytes: joined([redacted.push(bytes), redacted.end()]) };
}
