// How large an image is, as it is seen, and whether it moves: from how it begins.
import { imageSize } from 'image-size';
import { LIMITS } from '../domain/media.ts';

export interface Look {
  width: number;
  height: number;
  still: boolean;
}

/** At least so much of the beginning is worth a look. */
export const LOOKED_AT = 1_000_000;

/** Null for what is no image, or keeps its size further on. */
export function lookAt(type: string, head: Uint8Array): Look | null {
  if (!type.startsWith('image/')) return null;
  try {
    const { width, height, orientation = 1 } = imageSize(head);
    const isTurned = orientation >= 5;
    return { width: isTurned ? height : width, height: isTurned ? width : height, still: !moves(type, head) };
  } catch {
    // The library throws at whatever it does not understand.
    return null;
  }
}

/** Small as a file, enormous once unpacked: nobody's browser should have to. */
export const isBomb = ({ width, height }: Look): boolean =>
  width * height > LIMITS.pixels || width > LIMITS.edge || height > LIMITS.edge;

function moves(type: string, head: Uint8Array): boolean {
  const text = (from: number, length: number): string => String.fromCharCode(...head.subarray(from, from + length));
  switch (type) {
    case 'image/webp':
      return text(12, 4) === 'VP8X' && ((head[20] ?? 0) & 2) !== 0;
    case 'image/avif':
      return text(8, 4) === 'avis';
    case 'image/png':
      return holds(head, 'acTL');
    case 'image/gif':
      return holds(head, 'NETSCAPE2.0') || holds(head, '\x21\xf9\x04', 2);
    default:
      return false;
  }
}

function holds(bytes: Uint8Array, word: string, times = 1): boolean {
  const [first = 0, ...rest] = Array.from(word, (letter) => letter.charCodeAt(0));
  let found = 0;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (rest.every((code, i) => bytes[at + 1 + i] === code) && ++found === times) return true;
  }
  return false;
}
