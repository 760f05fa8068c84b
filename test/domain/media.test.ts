/** How media are named, and what they may be shown as. */
import { describe, expect, test } from 'vitest';
import { blobsOf, firstPicture, mediaName, mediaPath, typeAgreed } from '../../src/domain/media.ts';
import { blob } from '../support/media.ts';

const DID = 'did:plc:z72i7hdynmk6r22z27h6tvur';
const CID = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku';

describe('a path', () => {
  test.each([
    [`${DID}/${CID}`, null],
    [`${DID}/${CID}.png`, null],
    [`${DID}/${CID}/thumb`, 'thumb'],
    [`${DID}/${CID}/og.jpg`, 'og'],
    [`did:web:example.com/${CID}`, null],
  ])('%s names a blob', (path, preset) => {
    expect(mediaName(path)).toEqual({ did: path.split('/')[0], cid: CID, preset });
  });

  test.each([
    '',
    DID,
    `${DID}/`,
    `/${DID}/${CID}`,
    `${DID}/${CID}/`,
    `${DID}/${CID}/huge`,
    `${DID}/${CID}/toString`,
    `${DID}/${CID}/thumb/more`,
    `${DID}/${CID}.png/thumb`,
    `${DID}/../${CID}`,
    `${DID}/%2e%2e%2f${CID}`,
    `${DID}/${CID}%00`,
    `${DID}/${CID.toUpperCase()}`,
    `${DID}/${CID.slice(0, -1)}`,
    `${DID}/${CID}a`,
    `${DID}/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku`,
    `${DID}/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG`,
    `did:plc:/${CID}`,
    `http://127.0.0.1/${CID}`,
    `${'did:web:'.padEnd(3000, 'a')}/${CID}`,
    `${DID}/${CID}?x`,
  ])('%s names none', (path) => {
    expect(mediaName(path)).toBeNull();
  });

  test('is what pages write', () => {
    expect(mediaName(mediaPath(DID, CID, 'feed').slice('/media/'.length))).toEqual({
      did: DID,
      cid: CID,
      preset: 'feed',
    });
  });
});

test.each([
  ['image/png', 'image/png', 'image/png'],
  ['image/webp', 'image/jpeg', 'image/webp'],
  ['video/mp4', 'audio/mp4', 'video/mp4'],
  ['audio/ogg', 'video/ogg', 'audio/ogg'],
  [null, 'application/pdf', 'application/octet-stream'],
  ['image/png', 'text/html', 'application/octet-stream'],
  [null, 'image/svg+xml', 'application/octet-stream'],
  [null, '', 'application/octet-stream'],
  [null, 'image/png', null],
  ['video/mp4', 'image/png', null],
  ['image/gif', 'video/mp4', null],
] as const)('bytes that look like %s and are said to be %s are shown as %s', (seen, declared, shown) => {
  expect(typeAgreed(seen, declared)).toBe(shown);
});

test('blobs of a record are found wherever they are, each once, and only those that are some', () => {
  const [one, two] = [blob(Buffer.from('one'), 'image/png'), blob(Buffer.from('two'), 'video/mp4')];
  const record = {
    images: [{ image: one, alt: '' }, { image: one }],
    deep: { in: [{ it: two }] },
    ref: { $link: CID },
    no: { $type: 'blob' },
  };
  expect(blobsOf(record).map(({ cid }) => cid)).toEqual([one.ref.$link, two.ref.$link]);
  expect(blobsOf(Array.from({ length: 100 }, (_, i) => blob(Buffer.from(String(i)), 'image/png')))).toHaveLength(32);
});

test('the first picture of a post is one that can be shown', () => {
  const png = blob(Buffer.from('one'), 'image/png');
  expect(firstPicture({ images: [{ image: png, alt: '' }] })).toBe(png.ref.$link);
  expect(firstPicture({ images: [{ image: blob(Buffer.from('x'), 'image/svg+xml'), alt: '' }] })).toBeNull();
  expect(firstPicture({ images: 'no' })).toBeNull();
  expect(firstPicture({ coverImage: png })).toBe(png.ref.$link);
});
