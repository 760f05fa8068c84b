/** Files to post, and CIDs of bytes, as the network makes them. */
import { createHash, randomBytes } from 'node:crypto';
import { bytesToMultibase } from '@atproto/crypto';
import sharp from 'sharp';

export const cidOf = (bytes: Uint8Array): string =>
  bytesToMultibase(new Uint8Array([0x01, 0x55, 0x12, 0x20, ...createHash('sha256').update(bytes).digest()]), 'base32');

/** A reference to a blob, as a record carries it. */
export const blob = (bytes: Uint8Array, mimeType: string) => ({
  ...{ $type: 'blob', mimeType, size: bytes.length },
  ref: { $link: cidOf(bytes) },
});

/** Noise does not compress: a PNG of about three bytes a pixel. */
export function noisePng(width: number, height: number): Promise<Buffer> {
  const raw = { width, height, channels: 3 } as const;
  return sharp(randomBytes(width * height * 3), { raw })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

const OWNER = {
  IFD0: { Make: 'Camera of Ada', Copyright: 'Ada Lovelace' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '0/1 7/1 0/1' },
};

/** A picture that tells where it was taken, and by whom. */
export function cameraPicture(
  format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif',
  width: number,
  height: number,
): Promise<Buffer> {
  const create = { width, height, channels: 3, background: '#2e7d32' } as const;
  const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>Ada Lovelace</rdf:RDF></x:xmpmeta>';
  return sharp({ create }).toFormat(format).withExif(OWNER).withXmp(xmp).toBuffer();
}

/** A camera's picture that lies on its side: the orientation says which. */
export function cameraJpeg(width: number, height: number, orientation = 6): Promise<Buffer> {
  const create = { width, height, channels: 3, background: '#2e7d32' } as const;
  return sharp({ create }).jpeg().withExif(OWNER).withMetadata({ orientation }).toBuffer();
}

const box = (type: string, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};

/** The boxes of a film, with so many bytes that nobody can play; `place` is where it was taken. */
export function filmOf(bytes: number, place?: string): Buffer {
  const userData = place ? [box('udta', box('\u00a9xyz', Buffer.from(place)))] : [];
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isommp42', 'latin1')),
    box('moov', box('mvhd', Buffer.alloc(100, 1)), ...userData),
    box('mdat', randomBytes(bytes)),
  ]);
}
