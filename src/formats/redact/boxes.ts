// Files made of boxes (ISO/IEC 14496-12): MP4, MOV, M4A and AVIF. Where it was taken stands in user data and metadata boxes of a film,
// and in EXIF and XMP items of a picture.
import { MOST_TAKEN, type Plan, type Step, textOf, viewOf } from './steps.ts';

interface Head {
  type: string;
  /** Bytes behind the head; null to the end of the file. */
  length: number | null;
  /** Bytes of the head. */
  size: number;
}

const FREE = [0x66, 0x72, 0x65, 0x65];

/** Read and held back; `give` it, as another type where that is wanted. */
function* headOf(): Generator<Step, { head: Head; bytes: Uint8Array[] }, Uint8Array> {
  const first = yield { take: 8 };
  const type = textOf(first.subarray(4));
  const short = viewOf(first).getUint32(0);
  if (short !== 1)
    return { head: { type, length: short === 0 ? null : Math.max(0, short - 8), size: 8 }, bytes: [first] };
  const long = yield { take: 8 };
  const length = viewOf(long).getUint32(0) * 2 ** 32 + viewOf(long).getUint32(4);
  return { head: { type, length: Math.max(0, length - 16), size: 16 }, bytes: [first, long] };
}

function* give(parts: Uint8Array[]): Generator<Step, void, Uint8Array> {
  for (const part of parts) yield { give: part };
}

/** Metadata of a film and of its tracks. XMP stands in a box of its own. */
const ABOUT_FILM = new Set(['udta', 'meta', 'uuid']);
const WITHIN_FILM = new Set(['moov', 'trak']);
const DEEPEST = 4;

export function* film(): Plan {
  yield* boxes(null, 0);
  return 'pass';
}

/** `length` null: to the end of the file. */
function* boxes(length: number | null, depth: number): Generator<Step, void, Uint8Array> {
  for (let left = length; left === null || left >= 8; ) {
    const { head, bytes } = yield* headOf();
    const inside = head.length ?? Number.MAX_SAFE_INTEGER;
    if (ABOUT_FILM.has(head.type)) {
      bytes[0]?.set(FREE, 4);
      yield* give(bytes);
      yield { blank: inside };
    } else {
      yield* give(bytes);
      if (WITHIN_FILM.has(head.type) && depth < DEEPEST) yield* boxes(inside, depth + 1);
      else yield { pass: inside };
    }
    if (left !== null) left -= head.size + inside;
  }
}

/** The index of a picture's items comes before what it points at. */
export function* avif(): Plan {
  let at = 0;
  for (;;) {
    const { head, bytes } = yield* headOf();
    at += head.size;
    yield* give(bytes);
    const length = head.length ?? Number.MAX_SAFE_INTEGER;
    if (head.type !== 'meta' || length > MOST_TAKEN) {
      yield { pass: length };
      at += length;
      continue;
    }
    const meta = yield { take: length };
    yield { give: meta };
    at += length;
    for (const { start, end } of itemsAbout(meta)) {
      if (start < at) continue;
      yield { pass: start - at };
      yield { blank: end - start };
      at = end;
    }
    return 'pass';
  }
}

interface Extent {
  start: number;
  end: number;
}

/** Where EXIF and XMP are, in the order of the file; nothing where the index is not understood. */
function itemsAbout(meta: Uint8Array): Extent[] {
  try {
    const inner = childrenOf(meta, 4);
    const [infos, places] = [inner.get('iinf'), inner.get('iloc')];
    return infos && places ? extentsOf(places, idsAbout(infos)).sort((a, b) => a.start - b.start) : [];
  } catch {
    // A view ended before what it was said to hold.
    return [];
  }
}

function childrenOf(bytes: Uint8Array, from: number): Map<string, Uint8Array> {
  const children = new Map<string, Uint8Array>();
  const view = viewOf(bytes);
  for (let at = from; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at);
    if (size < 8) break;
    children.set(textOf(bytes.subarray(at + 4, at + 8)), bytes.subarray(at + 8, at + size));
    at += size;
  }
  return children;
}

/** Items of the types `Exif` and `mime` (item information, 8.11.6). */
function idsAbout(infos: Uint8Array): Set<number> {
  const ids = new Set<number>();
  const view = viewOf(infos);
  for (let at = view.getUint8(0) === 0 ? 6 : 8; at + 20 <= infos.length; ) {
    const size = view.getUint32(at);
    if (size < 20) break;
    const isLong = view.getUint8(at + 8) === 3;
    const id = isLong ? view.getUint32(at + 12) : view.getUint16(at + 12);
    const type = textOf(infos.subarray(at + (isLong ? 18 : 16), at + (isLong ? 22 : 20)));
    if (type === 'Exif' || type === 'mime') ids.add(id);
    at += size;
  }
  return ids;
}

/** Extents by their place in the file (item location, 8.11.3). */
function extentsOf(places: Uint8Array, wanted: Set<number>): Extent[] {
  const view = viewOf(places);
  const version = view.getUint8(0);
  const sizes = view.getUint16(4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version > 0 ? sizes & 15 : 0;
  let at = 6;
  const number = (size: number): number => {
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + view.getUint8(at++);
    return value;
  };
  const extents: Extent[] = [];
  for (let count = number(version < 2 ? 2 : 4); count > 0; count--) {
    const id = number(version < 2 ? 2 : 4);
    const method = version > 0 ? number(2) & 15 : 0;
    number(2);
    const base = number(baseSize);
    for (let pieces = number(2); pieces > 0; pieces--) {
      number(indexSize);
      const start = base + number(offsetSize);
      const length = number(lengthSize);
      if (wanted.has(id) && method === 0) extents.push({ start, end: start + length });
    }
  }
  return extents;
}
