// What bytes are, by how they begin (WHATWG MIME Sniffing, 6), and the few kinds that are shown.
import type { MediaType } from '../domain/media.ts';

/** So many bytes are enough to tell. */
export const SNIFFED = 64;

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

const PREFIXES: [prefix: string, type: MediaType][] = [
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['OggS\0', 'audio/ogg'],
  ['fLaC', 'audio/flac'],
  ['ID3', 'audio/mpeg'],
];
const RIFF: Record<string, MediaType> = { WEBP: 'image/webp', WAVE: 'audio/wav' };
/** HEIC is a relative of these, and no browser but one shows it. */
const BRANDS: [brand: RegExp, type: MediaType][] = [
  [/^avi[fs]$/, 'image/avif'],
  [/^M4[AB] $/, 'audio/mp4'],
  [/^(?:isom|iso[2-9]|mp4[12]|avc1|qt {2}|M4V |dash|MSNV|3gp\d)$/, 'video/mp4'],
];

export function sniff(head: Uint8Array): MediaType | null {
  const start = ascii(head, 0, 16);
  const known = PREFIXES.find(([prefix]) => start.startsWith(prefix))?.[1];
  if (known) return known;
  if (start.startsWith('RIFF')) return RIFF[start.slice(8, 12)] ?? null;
  if (start.slice(4, 8) === 'ftyp') return BRANDS.find(([brand]) => brand.test(start.slice(8, 12)))?.[1] ?? null;
  if (start.startsWith('\x1aE\xdf\xa3')) return ascii(head, 0, SNIFFED).includes('webm') ? 'video/webm' : null;
  return isMp3Frame(head) ? 'audio/mpeg' : null;
}

/** MPEG audio, layer III, with a bit rate and a sampling rate that exist. */
const isMp3Frame = ([first = 0, second = 0, third = 0]: Uint8Array): boolean =>
  first === 0xff &&
  (second & 0xe6) === 0xe2 &&
  (second & 0x18) !== 0x08 &&
  third >> 4 !== 15 &&
  (third & 0x0c) !== 0x0c;
