/** What goes out of files on their way: where they were taken and by whom; never their length, and nothing of the picture. */
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { lookAt } from '../../src/formats/look.ts';
import { redaction } from '../../src/formats/redact/index.ts';
import { joined } from '../../src/formats/redact/steps.ts';
import { sniff } from '../../src/formats/sniff.ts';
import { cameraJpeg, cameraPicture, filmOf } from '../support/media.ts';

const FORMATS = ['jpeg', 'png', 'webp', 'avif'] as const;

/** In pieces of these sizes, again and again. */
function redacted(bytes: Uint8Array, type: string, sizes: number[] = [bytes.length]): Buffer {
  const through = redaction(type);
  const out: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    out.push(through.push(bytes.slice(at, at + size)));
    at += size;
  }
  return Buffer.from(joined([...out, through.end()]));
}

const pixels = (bytes: Uint8Array): Promise<Buffer> => sharp(bytes).raw().toBuffer();
const SECRETS = /Camera of Ada|Ada Lovelace|GPS/;

describe.each(FORMATS)('a %s of a camera', (format) => {
  const type = `image/${format}`;

  test('loses what it tells of place and owner, and nothing else', async () => {
    const bytes = await cameraPicture(format, 120, 80);
    expect(bytes.toString('latin1')).toMatch(SECRETS);
    const clean = redacted(bytes, type);
    expect(clean.length).toBe(bytes.length);
    expect(clean.toString('latin1')).not.toMatch(SECRETS);
    expect((await pixels(clean)).equals(await pixels(bytes))).toBe(true);
    const { exif = Buffer.alloc(0), xmp } = await sharp(clean).metadata();
    expect([exif.toString('latin1'), String(xmp ?? '')].join()).not.toMatch(/Ada|GPS/);
  });

  test('is the same in whatever pieces it comes', async () => {
    const bytes = await cameraPicture(format, 60, 40);
    const whole = redacted(bytes, type);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }), (sizes) =>
        redacted(bytes, type, sizes).equals(whole),
      ),
      { numRuns: 30 },
    );
  });
});

test.each([1, 3, 6, 8])(
  'a JPEG in orientation %i is still upright, and its size is that of what is seen',
  async (side) => {
    const clean = redacted(await cameraJpeg(120, 80, side), 'image/jpeg');
    expect((await sharp(clean).metadata()).orientation ?? 1).toBe(side);
    const isTurned = side >= 5;
    expect(lookAt('image/jpeg', clean)).toEqual({
      ...{ width: isTurned ? 80 : 120, height: isTurned ? 120 : 80, still: true },
    });
  },
);

test('what stands behind the end of a picture is taken out', async () => {
  for (const format of ['jpeg', 'png'] as const) {
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      [format]()
      .toBuffer();
    const clean = redacted(Buffer.concat([bytes, Buffer.from('a second picture, 51.5 N 0.1 W')]), `image/${format}`);
    expect(clean.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(clean.subarray(bytes.length).every((byte) => byte === 0)).toBe(true);
  }
});

test('a picture that says nothing of itself stays as it is, byte for byte', async () => {
  const raw = { width: 300, height: 200, channels: 3 } as const;
  const noise = Buffer.from(Array.from({ length: 300 * 200 * 3 }, (_, i) => (i * 7919) % 251));
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif'] as const) {
    const bytes = await sharp(noise, { raw }).toFormat(format).toBuffer();
    expect(redacted(bytes, `image/${format}`).equals(bytes), format).toBe(true);
  }
});

test('a GIF loses its comments and keeps its motion', async () => {
  const frames = [0, 1].map((n) => Buffer.alloc(16 * 16 * 3, n * 200));
  const raw = { width: 16, height: 32, channels: 3, pageHeight: 16 } as const;
  const bytes = await sharp(Buffer.concat(frames), { raw })
    .gif({ loop: 0, delay: [100, 100] })
    .toBuffer();
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe, 12]), Buffer.from('Ada Lovelace'), Buffer.from([0])]);
  const told = Buffer.concat([bytes.subarray(0, -1), comment, bytes.subarray(-1)]);
  const clean = redacted(told, 'image/gif');
  expect(clean.toString('latin1')).not.toContain('Ada');
  expect((await sharp(clean, { animated: true }).metadata()).pages).toBe(2);
  expect(lookAt('image/gif', clean)?.still).toBe(false);
});

test('a film loses the place where it was taken, of any length and in any pieces', () => {
  const bytes = filmOf(5_000, '+51.5074-000.1278/');
  for (const sizes of [[5], [64], [1, 2, 3, 1000], [bytes.length]]) {
    const clean = redacted(bytes, 'video/mp4', sizes);
    expect(clean.length).toBe(bytes.length);
    expect(clean.toString('latin1')).not.toContain('51.5074');
    expect(clean.toString('latin1')).toContain('mvhd');
    expect(clean.subarray(-5_000).equals(bytes.subarray(-5_000))).toBe(true);
  }
});

test('whatever comes, it ends, and its length stays', () => {
  const types = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'video/mp4', 'audio/ogg'];
  const heads = [
    '\xff\xd8\xff\xe1',
    '\x89PNG\r\n\x1a\n',
    'RIFF\x00\x00\x00\x00WEBP',
    'GIF89a',
    '\0\0\0\x08moov',
    '\0\0\0\x00meta',
  ];
  fc.assert(
    fc.property(
      ...[
        fc.constantFrom(...types),
        fc.constantFrom(...heads),
        fc.uint8Array({ maxLength: 3_000 }),
        fc.integer({ min: 1, max: 400 }),
      ],
      (type, head, rest, size) => {
        const bytes = Buffer.concat([Buffer.from(String(head), 'latin1'), rest as Uint8Array]);
        return redacted(bytes, String(type), [Number(size)]).length === bytes.length;
      },
    ),
    { numRuns: 500 },
  );
});

describe('what bytes are', () => {
  test('is told by how they begin', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif'] as const) {
      expect(sniff(await cameraPicture(format, 10, 10))).toBe(`image/${format}`);
    }
    expect(sniff(filmOf(10))).toBe('video/mp4');
  });

  test.each([
    ['a page', '<!doctype html><html>'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg">'],
    ['a document', '%PDF-1.7'],
    ['an archive', 'PK\x03\x04'],
    ['HEIC', '\0\0\0\x18ftypheic'],
    ['Matroska', '\x1aE\xdf\xa3\x93\x42\x82\x88matroska'],
    ['nothing', ''],
    ['a TIFF', 'II*\0'],
  ])('%s is nothing that is shown', (_, text) => {
    expect(sniff(Buffer.from(text, 'latin1'))).toBeNull();
  });
});
