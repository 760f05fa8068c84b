// JPEG, PNG, WebP and GIF without what was written about the picture.
import { bareExif, orientationOf } from './exif.ts';
import { joined, MOST_TAKEN, type Plan, type Step, textOf, viewOf } from './steps.ts';

type Part<T> = Generator<Step, T, Uint8Array>;

const EXIF = 'Exif\0\0';

/** JFIF, ICC profiles and Adobe's colour transform are how it looks; all other application segments, and comments, are about it. */
function jpegSegment(marker: number, body: Uint8Array): Uint8Array {
  const text = textOf(body);
  if (marker === 0xe0 || marker === 0xee || (marker === 0xe2 && text.startsWith('ICC_PROFILE'))) return body;
  if (marker !== 0xe1 || !text.startsWith(EXIF)) return body.fill(0);
  const bare = bareExif(body.length - EXIF.length, orientationOf(body.subarray(EXIF.length)));
  return joined([body.subarray(0, EXIF.length), bare]);
}

const isAbout = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;

/** The next one that is no part of the picture's own data. */
function* jpegMarker(): Part<number> {
  for (;;) {
    yield { find: 0xff };
    let code = 0xff;
    while (code === 0xff) {
      const byte = yield { take: 1 };
      yield { give: byte };
      code = byte[0] ?? 0;
    }
    if (code !== 0 && (code < 0xd0 || code > 0xd7)) return code;
  }
}

export function* jpeg(): Plan {
  yield { pass: 2 };
  for (;;) {
    const marker = yield* jpegMarker();
    // Behind the end some cameras keep a second picture or a film, with metadata of their own.
    if (marker === 0xd9) return 'blank';
    if (marker === 0x01 || marker === 0xd8) continue;
    const size = yield { take: 2 };
    yield { give: size };
    const length = Math.max(0, viewOf(size).getUint16(0) - 2);
    if (isAbout(marker) && length > 0) yield { give: jpegSegment(marker, yield { take: length }) };
    else yield { pass: length };
  }
}

const PNG_KEPT = new Set(
  (
    'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP bKGD pHYs sBIT hIST sPLT ' + 'acTL fcTL fdAT cICP mDCV cLLI mDCv cLLi'
  ).split(' '),
);
/** Unknown, private, and safe to leave alone. */
const PNG_NOTHING = [0x6e, 0x6f, 0x4e, 0x65];

export function* png(): Plan {
  yield { pass: 8 };
  for (;;) {
    const head = yield { take: 8 };
    const length = viewOf(head).getUint32(0);
    const type = textOf(head.subarray(4));
    if (PNG_KEPT.has(type)) {
      yield { give: head };
      yield { pass: length + 4 };
      if (type === 'IEND') return 'blank';
      continue;
    }
    if (length > MOST_TAKEN) {
      head.set(PNG_NOTHING, 4);
      yield { give: head };
      // Its sum is wrong then, which nobody minds in a chunk that nobody knows.
      yield { blank: length + 4 };
      continue;
    }
    const body = yield { take: length + 4 };
    const orientation = type === 'eXIf' ? orientationOf(body.subarray(0, length)) : 1;
    if (orientation === 1) head.set(PNG_NOTHING, 4);
    yield { give: head };
    const data = orientation === 1 ? new Uint8Array(length) : bareExif(length, orientation);
    yield { give: data };
    yield { give: crc(head.subarray(4), data) };
  }
}

/** CRC-32 as PNG wants it (PNG specification, annex D). */
function crc(...parts: Uint8Array[]): Uint8Array {
  let sum = 0xffffffff;
  for (const part of parts) {
    for (const byte of part) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    }
  }
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, ~sum >>> 0);
  return bytes;
}

const JUNK = [0x4a, 0x55, 0x4e, 0x4b];

/** Chunks of even length; what is not the picture, its colours or its motion becomes junk. */
export function* webp(): Plan {
  yield { pass: 12 };
  const kept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ANIM', 'ANMF', 'ALPH', 'ICCP']);
  for (;;) {
    const head = yield { take: 8 };
    const size = viewOf(head).getUint32(4, true);
    const length = size + (size % 2);
    const type = textOf(head.subarray(0, 4));
    if (type === 'EXIF' && length <= MOST_TAKEN) {
      yield { give: head };
      const body = yield { take: length };
      const tiff = body.subarray(textOf(body).startsWith(EXIF) ? EXIF.length : 0);
      yield { give: bareExif(length, orientationOf(tiff)) };
      continue;
    }
    if (!kept.has(type)) head.set(JUNK);
    yield { give: head };
    yield kept.has(type) ? { pass: length } : { blank: length };
  }
}

function* subBlocks(op: 'pass' | 'blank'): Part<void> {
  for (;;) {
    const size = yield { take: 1 };
    yield { give: size };
    const length = size[0] ?? 0;
    if (length === 0) return;
    yield op === 'pass' ? { pass: length } : { blank: length };
  }
}

const colours = (flags = 0): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

export function* gif(): Plan {
  const head = yield { take: 13 };
  yield { give: head };
  yield { pass: colours(head[10]) };
  for (;;) {
    const intro = yield { take: 1 };
    yield { give: intro };
    if (intro[0] === 0x2c) {
      const image = yield { take: 9 };
      yield { give: image };
      yield { pass: colours(image[8]) + 1 };
      yield* subBlocks('pass');
    } else if (intro[0] === 0x21) {
      yield* gifExtension();
    } else return 'blank';
  }
}

/** Of what programs add only how often it plays is kept. */
function* gifExtension(): Part<void> {
  const label = yield { take: 1 };
  yield { give: label };
  if (label[0] === 0xfe) return yield* subBlocks('blank');
  if (label[0] !== 0xff) return yield* subBlocks('pass');
  const name = yield { take: 12 };
  yield { give: name };
  yield* subBlocks(/^.(?:NETSCAPE2\.0|ANIMEXTS1\.0)/s.test(textOf(name)) ? 'pass' : 'blank');
}
