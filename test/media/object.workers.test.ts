/** Blobs on their way into the store: once, true, and never held as a whole. */
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import type { BlobStore } from '../../src/ports/media.ts';
import {
  ADA,
  ascii,
  BEA,
  bytesOf,
  cidOf,
  clock,
  difference,
  filmOf,
  isStored,
  objectOf,
  orderOf,
  piecesOf,
  pngOf,
  read,
  readSome,
  SPACE,
  serverOf,
  store,
} from '../support/workers/media.ts';

// Megabytes on a busy machine take their time.

const SMALL = filmOf(100_000);
const LARGE = filmOf(9_000_000);

describe('a blob', () => {
  test.each([
    ['a small one', SMALL, SMALL.length],
    ['a small one of unknown length', filmOf(100_000, 2), null],
    ['a large one', LARGE, LARGE.length],
    ['a large one of unknown length', filmOf(12_000_000, 3), null],
  ])('%s is given as it is, and kept', async (_, bytes, length) => {
    const cid = await cidOf(bytes);
    const server = serverOf(bytes, length);
    const object = objectOf(server);
    const answer = await object.open(orderOf(cid));
    expect(answer).toMatchObject({ type: 'video/mp4' });
    expect(difference(await read(answer), bytes)).toBe('none');
    await vi.waitFor(
      async () =>
        expect(await env.DB.prepare('select size, type from blob where cid = ?').bind(cid).first()).toEqual({
          ...{ size: bytes.length, type: 'video/mp4' },
        }),
      40_000,
    );
    expect(difference(await read(await objectOf(server).open(orderOf(cid))), bytes)).toBe('none');
    expect(server.asked).toBe(1);
  });

  test.each([
    ['a small one', bytesOf(1_000), 1_000],
    ['of unknown length', bytesOf(1_000), null],
  ])('with wrong bytes, %s, is a failure and is not kept', async (_, bytes, length) => {
    const cid = await cidOf(ascii('something else'));
    const server = serverOf(bytes, length);
    expect(await objectOf(server).open(orderOf(cid, { declared: 'text/plain' }))).toMatchObject({ failed: 'wrong' });
    expect(await isStored(cid)).toBe(false);
  });

  test.each([
    ['of a length that is told', 9_000_028],
    ['of a length that is not', null],
  ])('with one wrong byte at its end, %s, breaks off before that and is not kept', async (_, length) => {
    const bytes = filmOf(9_000_000, 20);
    const cid = await cidOf(bytes);
    const forged = bytes.slice();
    forged[forged.length - 1] = 1 + (forged.at(-1) ?? 0);
    const object = objectOf(serverOf(forged, length));
    const came = await readSome(await object.open(orderOf(cid)));
    expect({ ...came, bytes: came.bytes < bytes.length }).toEqual({ broke: true, bytes: true });
    expect(await object.open(orderOf(cid, { streams: false }))).toMatchObject({ failed: 'wrong' });
    expect(await isStored(cid)).toBe(false);
  });

  test.each([
    ['longer', 500],
    ['shorter', -500],
  ])('whose server says it is %s than it is breaks off, and is not kept', async (_, by) => {
    const bytes = filmOf(6_000_000, 10 + by);
    const cid = await cidOf(bytes);
    const { broke } = await readSome(await objectOf(serverOf(bytes, bytes.length + by)).open(orderOf(cid)));
    expect(broke).toBe(true);
    expect(await isStored(cid)).toBe(false);
  });

  test('that breaks off on its way is not kept', async () => {
    const bytes = filmOf(6_000_000, 4);
    const cid = await cidOf(bytes);
    const server = serverOf(bytes);
    server.answer = () => ({
      length: bytes.length,
      body: piecesOf(bytes, (at) => (at > 5_000_000 ? Promise.reject(new Error('gone')) : null)),
    });
    expect((await readSome(await objectOf(server).open(orderOf(cid)))).broke).toBe(true);
    expect(await isStored(cid)).toBe(false);
  });
});

describe('readers', () => {
  test('two hundred at once of a cold blob make one request', async () => {
    for (const [count, bytes] of [
      [200, filmOf(200_000, 5)],
      [20, filmOf(5_000_000, 6)],
    ] as const) {
      const cid = await cidOf(bytes);
      const server = serverOf(bytes);
      const object = objectOf(server);
      const answers = await Promise.all(Array.from({ length: count }, () => object.open(orderOf(cid))));
      const lengths = await Promise.all(answers.map(async (answer) => (await read(answer)).length));
      expect(new Set(lengths)).toEqual(new Set([bytes.length]));
      expect(server.asked).toBe(1);
    }
  });

  test('see the beginning before the end was fetched', async () => {
    const bytes = filmOf(8_000_000, 7);
    const cid = await cidOf(bytes);
    const { promise, resolve } = Promise.withResolvers<void>();
    let isOver = false;
    const server = serverOf(bytes);
    server.answer = () => ({
      length: bytes.length,
      body: piecesOf(bytes, async (at) => {
        if (at > 5_000_000) await promise;
        if (at > 5_000_000) isOver = true;
      }),
    });
    const answer = await objectOf(server).open(orderOf(cid));
    if ('failed' in answer || answer.body instanceof Uint8Array) throw new Error('no stream');
    const reader = answer.body.getReader();
    const first = await reader.read();
    expect(first.value?.subarray(4, 8)).toEqual(ascii('ftyp'));
    expect(isOver).toBe(false);
    resolve();
    let size = first.value?.length ?? 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) size += part.value.length;
    expect(size).toBe(bytes.length);
  });

  test('one who does not read holds up nobody, and gets all of it later', async () => {
    const bytes = filmOf(12_000_000, 8);
    const cid = await cidOf(bytes);
    const object = objectOf(serverOf(bytes));
    const idle = await object.open(orderOf(cid));
    const [busy, late] = await Promise.all([object.open(orderOf(cid)), object.open(orderOf(cid, { streams: false }))]);
    expect(difference(await read(busy), bytes)).toBe('none');
    expect(difference(await read(late), bytes)).toBe('none');
    expect(difference(await read(idle), bytes)).toBe('none');
  });

  test('never are more than some megabytes held, however slow the store is', async () => {
    const bytes = filmOf(30_000_000, 9);
    const cid = await cidOf(bytes);
    let [fetched, taken, most] = [0, 0, 0];
    const slow: BlobStore = {
      ...store,
      put: async (_key, body) => {
        if (body instanceof Uint8Array) throw new Error('held whole');
        for await (const piece of body) {
          most = Math.max(most, fetched - taken);
          taken += piece.length;
        }
        return '"etag"';
      },
    };
    const server = serverOf(bytes);
    server.answer = () => ({
      length: bytes.length,
      body: piecesOf(bytes, (at) => {
        fetched = at;
      }),
    });
    const object = objectOf(server, { store: { ...slow, get: async () => null } });
    const answer = await object.open(orderOf(cid));
    expect((await readSome(answer)).bytes).toBe(bytes.length);
    expect(taken).toBe(bytes.length);
    expect(most).toBeLessThan(3_000_000);
  });
});

describe('what is refused, and not kept', () => {
  const refusedAs = async (bytes: Uint8Array, declared: string) => {
    const cid = await cidOf(bytes);
    const answer = await objectOf(serverOf(bytes)).open(orderOf(cid, { declared }));
    expect(await isStored(cid)).toBe(false);
    return 'failed' in answer ? answer.failed : answer.type;
  };

  test('a page dressed as a picture', async () => {
    expect(await refusedAs(ascii('<!doctype html><script>alert(1)</script>'), 'image/png')).toBe('type');
    expect(await refusedAs(ascii('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'image/png')).toBe('type');
    expect(await refusedAs(pngOf(10, 10), 'video/mp4')).toBe('type');
  });

  test('a picture that is enormous once unpacked', async () => {
    expect(await refusedAs(pngOf(60_000, 60_000), 'image/png')).toBe('too-large');
    expect(await refusedAs(pngOf(100_000, 1), 'image/png')).toBe('too-large');
  });

  test('more than the space, or the member, has room for', async () => {
    const cid = await cidOf(ascii('room'));
    const server = serverOf(bytesOf(1_000));
    server.answer = (most) =>
      most < 1_000 ? { failed: 'too-large', detail: '' } : { length: null, body: piecesOf(bytesOf(1)) };
    for (const quota of [
      { spaceBytes: 999, memberBytes: 1e9 },
      { spaceBytes: 1e9, memberBytes: 999 },
    ]) {
      await env.DB.prepare('delete from blob').run();
      expect(await objectOf(server, { quota }).open(orderOf(cid))).toMatchObject({ failed: 'quota' });
    }
    await env.DB.prepare(
      `insert into blob (cid, space, did, size, type, still, stored_at) values ('x', ?, ?, 600, 'image/png', 1, 0), ('y', ?, ?, 300, 'image/png', 1, 0)`,
    )
      .bind(SPACE, ADA, SPACE, BEA)
      .run();
    server.asked = 0;
    const quota = { spaceBytes: 900, memberBytes: 1e9 };
    expect(await objectOf(server, { quota }).open(orderOf(cid))).toMatchObject({ failed: 'quota' });
    expect(server.asked).toBe(0);
    await env.DB.prepare('delete from blob').run();
    expect(await env.DB.prepare('select count(*) as n from media_use').first()).toEqual({ n: 0 });
  });

  test('what the operator keeps out, and then nobody is asked', async () => {
    const cid = await cidOf(SMALL);
    const server = serverOf(SMALL);
    for (const subject of [cid, ADA]) {
      await env.DB.prepare('insert into block (subject, why, at) values (?, ?, 0)').bind(subject, 'test').run();
      await env.MEDIA.delete(cid);
      expect(await objectOf(server).open(orderOf(cid))).toMatchObject({ failed: 'blocked' });
      await env.DB.prepare('delete from block').run();
    }
    expect(server.asked).toBe(0);
  });

  test('a server that failed is left alone for a while, and another’s is asked', async () => {
    const bytes = filmOf(1_000, 11);
    const cid = await cidOf(bytes);
    const server = serverOf(bytes);
    server.answer = () => ({ failed: 'unreachable', detail: 'no connection' });
    const object = objectOf(server);
    for (let i = 0; i < 3; i++) expect(await object.open(orderOf(cid))).toMatchObject({ failed: 'unreachable' });
    expect(server.asked).toBe(1);
    server.answer = () => ({ length: null, body: piecesOf(bytes) });
    expect(difference(await read(await object.open(orderOf(cid, { did: BEA }))), bytes)).toBe('none');
    expect(server.asked).toBe(2);
    await env.MEDIA.delete(cid);
    clock.at += 31_000;
    await vi.waitFor(
      async () => expect(difference(await read(await object.open(orderOf(cid))), bytes)).toBe('none'),
      40_000,
    );
  });
});

describe('smaller pictures', () => {
  const PICTURE = pngOf(800, 600, 5_000);
  const resizer = {
    calls: 0,
    fails: false,
    async resize(image: ReadableStream<Uint8Array>) {
      resizer.calls++;
      await new Response(image).arrayBuffer();
      if (resizer.fails) throw new Error('quota');
      return ascii(`variant ${resizer.calls}`);
    },
    async colour(image: ReadableStream<Uint8Array>) {
      await image.cancel();
      return '#123456';
    },
  };
  const order = (cid: string, preset: 'thumb' | 'feed' = 'thumb') => orderOf(cid, { declared: 'image/png', preset });

  test('are made once each, however many want them at once', async () => {
    const cid = await cidOf(PICTURE);
    const server = serverOf(PICTURE);
    const object = objectOf(server, { resizer });
    const answers = await Promise.all(Array.from({ length: 20 }, () => object.open(order(cid))));
    const seen = await Promise.all(answers.map(async (answer) => new TextDecoder().decode(await read(answer))));
    expect(new Set(seen)).toEqual(new Set(['variant 1']));
    expect(await object.open(order(cid))).toMatchObject({ is: 'variant', type: 'image/webp' });
    expect({ asked: server.asked, calls: resizer.calls }).toEqual({ asked: 1, calls: 1 });
    await read(await object.open(order(cid, 'feed')));
    expect(resizer.calls).toBe(2);
    const row = await env.DB.prepare('select width, height, colour, still, made from blob where cid = ?')
      .bind(cid)
      .first();
    expect(row).toEqual({ width: 800, height: 600, colour: '#123456', still: 1, made: 18 });
    await object.purge(cid);
    expect((await env.MEDIA.list({ prefix: cid })).objects).toEqual([]);
  });

  test('where they cannot be made, the original is given, and it is tried again', async () => {
    const bytes = pngOf(801, 600, 5_000);
    const cid = await cidOf(bytes);
    const object = objectOf(serverOf(bytes), { resizer });
    resizer.fails = true;
    const answer = await object.open(order(cid));
    expect(answer).toMatchObject({ is: 'instead', type: 'image/png' });
    expect(difference(await read(answer), bytes)).toBe('none');
    resizer.fails = false;
    expect(await object.open(order(cid))).toMatchObject({ is: 'variant' });
  });

  test('are not made of what moves: it stays as it is', async () => {
    const bytes = new Uint8Array([
      ...ascii('GIF89a'),
      10,
      0,
      10,
      0,
      0,
      0,
      0,
      0x21,
      0xff,
      11,
      ...ascii('NETSCAPE2.0'),
      3,
      1,
      0,
      0,
      0,
      0x3b,
    ]);
    const cid = await cidOf(bytes);
    const calls = resizer.calls;
    const object = objectOf(serverOf(bytes), { resizer });
    const answer = await object.open(orderOf(cid, { declared: 'image/gif', preset: 'feed' }));
    expect(answer).toMatchObject({ is: 'original', type: 'image/gif' });
    expect(difference(await read(answer), bytes)).toBe('none');
    expect(resizer.calls).toBe(calls);
  });
});

test('what was purged while it came is not kept', async () => {
  const bytes = filmOf(1_000_000, 12);
  const cid = await cidOf(bytes);
  const server = serverOf(bytes);
  const object = objectOf(server);
  const answer = object.open(orderOf(cid));
  await vi.waitFor(() => expect(server.asked).toBe(1), 40_000);
  await object.purge(cid);
  await answer;
  await vi.waitFor(async () => expect(await isStored(cid)).toBe(false), 40_000);
});
