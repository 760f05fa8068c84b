/** Pictures and films from a real server to a reader: whole, in parts, once, and no longer than they may be seen. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { send } from '../support/http.ts';
import { filmOf, noisePng } from '../support/media.ts';
import {
  ADMIN_TOKEN,
  edit,
  eventually,
  type Home,
  makeMember,
  makeSpace,
  type Ref,
  remove,
  type Space,
  startHome,
  write,
} from './harness.ts';

/** Further records may carry what is larger than ours do. */
const ALBUM = 'com.example.album';

let home: Home;
let space: Space;
let ada: Account;

beforeAll(async () => {
  home = await startHome({
    vars: { METER: '1', MEDIA_KNOWN_SECONDS: '1', MEDIA_GRACE_DAYS: '0.00001', ALLOWED_COLLECTIONS: ALBUM },
  });
  space = await makeSpace(home, 'gallery', { collections: [{ collection: ALBUM, rule: 'field' }] });
  ada = await makeMember(home, space, 'ada');
});
afterAll(() => home?.stop());

const asked = (): number => home.pds.asked.get('com.atproto.sync.getBlob') ?? 0;
const get = (path: string, headers: Record<string, string> = {}, host = space.host): Promise<Response> =>
  home.get(host, path, headers);
const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());
const stored = async (cid: string): Promise<string[]> => {
  const bucket = await home.worker.miniflare.getR2Bucket('MEDIA');
  return (await bucket.list({ prefix: cid })).objects.map(({ key }) => key);
};

interface Shown {
  path: string;
  cid: string;
  ref: Ref;
}

/** Uploads it, and writes a record that shows it. */
async function show(bytes: Uint8Array, encoding: string, author = ada, more: object = {}): Promise<Shown> {
  const { blob } = (await author.agent.com.atproto.repo.uploadBlob(bytes, { encoding })).data;
  const isPicture = encoding.startsWith('image/') && bytes.length < 5_000_000;
  const record = isPicture
    ? { title: 'Shown', text: '', images: [{ image: blob, alt: '' }], ...more }
    : { file: blob, ...more };
  const ref = await write(author, isPicture ? NSID.topic : ALBUM, { space: space.did, ...record });
  const cid = String(blob.ref);
  await eventually(
    () => home.row<{ n: number }>('select count(*) as n from record where uri = ? and hidden = 0', ref.uri),
    (row) => row?.n === 1,
  );
  return { path: `/media/${author.did}/${cid}`, cid, ref };
}

describe('large files', () => {
  test.each([
    ['a picture of 10 MB', 10, 'image/png', () => noisePng(1900, 1800)],
    ['a film of 50 MB', 50, 'video/mp4', async () => filmOf(50_000_000)],
  ])('%s comes whole, in parts and once', async (_, megabytes, type, make) => {
    const bytes = await make();
    expect(bytes.length).toBeGreaterThan(megabytes * 1_000_000);
    const { path } = await show(bytes, type);
    const before = asked();
    const first = await get(path);
    if (first.status !== 200) throw new Error(`${first.status}: ${await first.text()}`);
    expect(first.headers.get('content-type')).toBe(type);
    expect(first.headers.get('content-length')).toBe(String(bytes.length));
    expect((await bytesOf(first)).equals(bytes)).toBe(true);

    for (const [range, start, end] of [
      ['bytes=0-99', 0, 100],
      ['bytes=1000000-1999999', 1_000_000, 2_000_000],
      ['bytes=-12345', bytes.length - 12_345, bytes.length],
      [`bytes=${bytes.length - 10}-`, bytes.length - 10, bytes.length],
      ['bytes=0-', 0, bytes.length],
    ] as const) {
      const part = await get(path, { range });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${bytes.length}`);
      expect((await bytesOf(part)).equals(bytes.subarray(start, end)), range).toBe(true);
    }
    const outside = await get(path, { range: `bytes=${bytes.length}-` });
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
    expect(asked() - before).toBe(1);
  });
});

describe('a picture of a post', () => {
  let shown: Shown;
  let bytes: Buffer;
  beforeAll(async () => {
    bytes = await noisePng(400, 300);
    shown = await show(bytes, 'image/png');
  });

  test('two hundred readers at once of one that nobody has seen make one request', async () => {
    const before = asked();
    const answers = await Promise.all(Array.from({ length: 200 }, () => get(shown.path)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    for (const answer of answers) expect((await bytesOf(answer)).length).toBe(bytes.length);
    expect(asked() - before).toBe(1);
    expect(await stored(shown.cid)).toEqual([shown.cid]);
  });

  test('a reader after another costs no row and no operation of the store', async () => {
    await get(shown.path);
    // What the isolate knows of the host may have grown old in between: then it is looked up, once.
    const costs = await Promise.all([1, 2, 3].map(async () => (await get(shown.path)).headers.get('server-timing')));
    expect(costs).toContain('rows;desc="0", r2;desc="0"');
  });

  test('tells browsers what they may do with it', async () => {
    const { headers } = await get(`${shown.path}.png`);
    expect(Object.fromEntries(headers)).toMatchObject({
      ...{ 'content-type': 'image/png', 'x-content-type-options': 'nosniff', etag: `"${shown.cid}"` },
      ...{ 'cache-control': 'public, max-age=86400', 'cross-origin-resource-policy': 'cross-origin' },
      ...{ 'content-security-policy': "default-src 'none'; sandbox", 'access-control-allow-origin': '*' },
      ...{ 'content-disposition': `inline; filename="${shown.cid}.png"`, 'accept-ranges': 'bytes' },
    });
  });

  test('is not sent to who has it', async () => {
    const etag = `"${shown.cid}"`;
    for (const has of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await get(shown.path, { 'if-none-match': has });
      expect([answer.status, answer.headers.get('etag')]).toEqual([304, etag]);
      expect((await bytesOf(answer)).length).toBe(0);
    }
    expect((await get(shown.path, { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await get(shown.path, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await get(shown.path, { range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200);
  });

  test('answers HEAD as GET without a body, and nothing else', async () => {
    const url = home.worker.url + shown.path;
    const head = await send(url, { host: space.host, method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
    expect((await send(url, { host: space.host, method: 'POST' })).status).toBe(405);
    expect((await send(url, { host: space.host, method: 'OPTIONS' })).status).toBe(204);
  });

  test('is made smaller, once for each size, and never larger', async () => {
    const sizes: Record<string, number> = {};
    for (const preset of ['thumb', 'feed', 'full', 'avatar', 'banner', 'og']) {
      const answer = await get(`${shown.path}/${preset}`);
      expect([preset, answer.status]).toEqual([preset, 200]);
      expect(answer.headers.get('content-type')).toBe(preset === 'og' ? 'image/jpeg' : 'image/webp');
      const { default: sharp } = await import('sharp');
      sizes[preset] = (await sharp(await bytesOf(answer)).metadata()).width ?? 0;
      const again = await get(`${shown.path}/${preset}`, { 'if-none-match': answer.headers.get('etag') ?? '' });
      expect(again.status).toBe(304);
    }
    expect(sizes).toMatchObject({ thumb: 240, feed: 400, full: 400, avatar: 192 });
    expect((await stored(shown.cid)).length).toBe(7);
  });
});

describe('what is not shown', () => {
  test('is not there: blobs of no record, of another’s, at another host, under tricks', async () => {
    const { path, cid } = await show(await noisePng(8, 8), 'image/png');
    const other = await makeSpace(home, 'elsewhere');
    const { blob } = (await ada.agent.com.atproto.repo.uploadBlob(await noisePng(9, 9), { encoding: 'image/png' }))
      .data;
    const before = asked();
    for (const [host, wanted] of [
      [space.host, `/media/${ada.did}/${blob.ref}`],
      [space.host, `/media/${space.did}/${cid}`],
      [other.host, path],
      ['localhost', path],
      ['nobody.localhost', path],
      [space.host, `/media/did:web:127.0.0.1%3A8080/${cid}`],
      [space.host, `/media/${ada.did}/..%2f..%2f${cid}`],
      [space.host, `/media/${ada.did}/${cid}/thumb/..`],
      [space.host, `/media//${cid}`],
      [space.host, '/media/'],
      [space.host, `/media/${ada.did}/${cid.toUpperCase()}`],
    ] as const) {
      const { status, headers } = await get(wanted, {}, host);
      expect([wanted, status, headers.get('x-content-type-options')]).toEqual([wanted, 404, 'nosniff']);
    }
    expect(asked()).toBe(before);
  });

  test('a page dressed as a picture is no picture, and a drawing is a file to keep', async () => {
    const page = await show(Buffer.from('<!doctype html><script>document.title = "pwned"</script>'), 'image/png');
    const answer = await get(page.path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([415, 'text/plain; charset=utf-8']);
    expect(await stored(page.cid)).toEqual([]);
    const svg = await show(
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      'image/svg+xml',
    );
    const { status, headers } = await get(svg.path);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
  });
});

describe('the end', () => {
  const isGone = (path: string) =>
    eventually(
      async () => (await get(path)).status,
      (status) => status === 404,
      15_000,
    );
  const isFreed = async (cid: string): Promise<void> => {
    await eventually(
      async () => {
        await home.admin('sweepMedia', {});
        return stored(cid);
      },
      (keys) => keys.length === 0,
      20_000,
    );
    expect(await home.row('select 1 from blob where cid = ?', cid)).toBeNull();
  };

  test('a deleted record takes its picture along, here and in the store', async () => {
    const { path, cid, ref } = await show(await noisePng(20, 20), 'image/png');
    await get(path);
    await get(`${path}/thumb`);
    await remove(ada, ref);
    await isGone(path);
    await isGone(`${path}/thumb`);
    await isFreed(cid);
  });

  test('an edit that leaves a picture out, and one that keeps it', async () => {
    const [kept, dropped] = [await noisePng(21, 21), await noisePng(22, 22)];
    const first = await show(kept, 'image/png');
    const second = await show(dropped, 'image/png');
    expect((await get(second.path)).status).toBe(200);
    await edit(ada, second.ref, { space: space.did, title: 'Without', text: '' });
    await isGone(second.path);
    expect((await get(first.path)).status).toBe(200);
  });

  test('an account that is away is not shown, and is again when it comes back', async () => {
    const bea = await makeMember(home, space, 'bea');
    const { path } = await show(await noisePng(23, 23), 'image/png', bea);
    await eventually(
      async () => (await get(path)).status,
      (status) => status === 200,
    );
    await home.pds.deactivate(bea);
    await isGone(path);
    await home.pds.activate(bea);
    await eventually(
      async () => (await get(path)).status,
      (status) => status === 200,
      15_000,
    );
  });

  test('pictures of replies go with the post, and those for signed-in people are not shown', async () => {
    const { ref: root } = await show(await noisePng(24, 24), 'image/png');
    const { blob: image } = (
      await ada.agent.com.atproto.repo.uploadBlob(await noisePng(25, 25), { encoding: 'image/png' })
    ).data;
    const reply = { space: space.did, root, parent: root, text: 'See', images: [{ image, alt: '' }] };
    await write(ada, NSID.reply, reply);
    const path = `/media/${ada.did}/${image.ref}`;
    await eventually(
      async () => (await get(path)).status,
      (status) => status === 200,
    );
    await remove(ada, root);
    await isGone(path);
    const labels = { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: '!no-unauthenticated' }] };
    expect((await get((await show(await noisePng(26, 26), 'image/png', ada, { labels })).path)).status).toBe(404);
  });

  test('a space that becomes private shows no media any more', async () => {
    const closing = await makeSpace(home, 'closing');
    const { blob: avatar } = (
      await closing.group.agent.com.atproto.repo.uploadBlob(await noisePng(30, 30), { encoding: 'image/png' })
    ).data;
    const profile = { space: closing.did, displayName: 'Closing', joinPolicy: 'open', avatar };
    await edit(closing.group, { uri: `at://${closing.did}/${NSID.profile}/self`, cid: '' }, profile);
    const path = `/media/${closing.did}/${avatar.ref}/avatar`;
    await eventually(
      async () => (await get(path, {}, closing.host)).status,
      (status) => status === 200,
    );
    await home.admin('setSpace', { space: closing.did, visibility: 'private' });
    await eventually(
      async () => (await get(path, {}, closing.host)).status,
      (status) => status === 404,
    );
  });
});

describe('the operator', () => {
  const query = async (method: string): Promise<Record<string, never>> => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    return (await fetch(`${home.worker.url}/xrpc/club.commonplace.admin.${method}`, { headers })).json();
  };

  test('sees what is kept, for whom', async () => {
    const { media } = (await query('getMedia')) as unknown as {
      media: { bytes: number; blobs: number; spaces: object[] };
    };
    expect(media.blobs).toBeGreaterThan(3);
    expect(media.bytes).toBeGreaterThan(60_000_000);
    expect(media.spaces[0]).toMatchObject({ space: space.did });
  });

  test.each([
    ['a blob', ({ cid }: Shown) => cid],
    ['a record', ({ ref }: Shown) => ref.uri],
    ['an account', (_: Shown, author: Account) => author.did],
  ])('keeps %s out of the whole instance', async (what, subjectOf) => {
    const author = await makeMember(home, space, `mallory${what.length}`);
    const shown = await show(await noisePng(40, 40), 'image/png', author);
    await eventually(
      async () => (await get(shown.path)).status,
      (status) => status === 200,
    );
    const subject = subjectOf(shown, author);
    expect((await home.admin('block', { subject, why: 'a test' })).status).toBe(200);
    await eventually(
      async () => (await get(shown.path)).status,
      (status) => status === 404,
    );
    await eventually(
      () => stored(shown.cid),
      (keys) => keys.length === 0,
      20_000,
    );
    expect(JSON.stringify(await query('listBlocks'))).toContain(subject);
    const { n } = (await home.row<{ n: number }>('select count(*) as n from post where uri = ?', shown.ref.uri)) ?? {
      n: -1,
    };
    expect(n).toBe(what === 'a blob' ? 1 : 0);

    const before = asked();
    await edit(author, shown.ref, { space: space.did, title: 'Again', text: '', images: [] });
    expect((await get(shown.path)).status).toBe(404);
    expect(asked()).toBe(before);
    if (what !== 'a blob') {
      await eventually(
        () => home.row<{ count: number }>("select count from drop_count where reason = 'blocked'"),
        (row) => (row?.count ?? 0) > 0,
      );
    }
    expect((await home.admin('unblock', { subject })).status).toBe(200);
    expect((await home.admin('unblock', { subject })).status).toBe(400);
  });

  test('is told what cannot be blocked', async () => {
    expect((await home.admin('block', { subject: 'everything', why: 'a test' })).status).toBe(400);
  });
});

test('the first bytes of a film are there before the server has sent the last', async () => {
  const bytes = filmOf(30_000_000);
  const { path } = await show(bytes, 'video/mp4');
  const seen = await new Promise<{ first: number; whole: boolean }>((resolve, reject) => {
    const asking = request(
      home.worker.url + path,
      { headers: { host: `${space.host}:${home.worker.port}` } },
      (answer) => {
        answer.once('data', async (chunk: Buffer) => {
          answer.pause();
          resolve({ first: chunk.length, whole: (await stored(path.split('/').at(-1) ?? '')).length > 0 });
          asking.destroy();
        });
      },
    );
    asking.on('error', reject).end();
  });
  expect(seen.first).toBeGreaterThan(0);
  expect(seen.whole).toBe(false);
});
