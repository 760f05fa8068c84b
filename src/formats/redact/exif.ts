// Of all that EXIF says one thing is kept: which side is up.
import { viewOf } from './steps.ts';

const ORIENTATION = 0x0112;
const MOST_TAGS = 200;

/** 1 to 8; 1, upright, where it says nothing useful (TIFF 6.0, image file directory 0). */
export function orientationOf(tiff: Uint8Array): number {
  const view = viewOf(tiff);
  if (tiff.length < 14) return 1;
  const little = view.getUint16(0) === 0x4949;
  const first = view.getUint32(4, little);
  if (first + 2 > tiff.length) return 1;
  const count = Math.min(view.getUint16(first, little), MOST_TAGS);
  for (let i = 0; i < count; i++) {
    const at = first + 2 + i * 12;
    if (at + 12 > tiff.length) return 1;
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** EXIF of this length that says nothing but the orientation, as far as it fits. */
export function bareExif(length: number, orientation: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const bare = [0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
  if (length >= bare.length) bytes.set(bare);
  return bytes;
}
