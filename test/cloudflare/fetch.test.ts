/** The one way out: what it never asks, where it follows, and what it never takes. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { FetchError, outbound } from '../../src/cloudflare/fetch.ts';

const PDS = 'https://pds.example.com/';
const PUBLIC = ['104.16.0.1', '2606:4700::1'];

/** A web of answers and a DNS, both tables; a path that is a text redirects there. */
function world(web: Record<string, Response | string>, names: Record<string, string[]> = {}) {
  const asked: string[] = [];
  const looked: string[] = [];
  const out = outbound({
    development: false,
    trusted: ['https://plc.example.com', 'wss://stream.example.com/subscribe'],
    addresses: async (host) => {
      looked.push(host);
      const found = names[host] ?? PUBLIC;
      if (found[0] === 'down') throw new FetchError('unreachable', 'https://doh.example.com/', 'cannot be reached');
      return found;
    },
    fetch: (async (input: RequestInfo | URL) => {
      asked.push(String(input));
      const answer = web[String(input)] ?? new Response('not found', { status: 404 });
      return typeof answer === 'string' ? redirect(answer) : answer.clone();
    }) as typeof fetch,
  });
  return { out, asked, looked };
}

const redirect = (location: string, status = 302): Response => new Response(null, { status, headers: { location } });

describe('in production', () => {
  test('what is refused by its looks is neither looked up nor asked', async () => {
    const { out, asked, looked } = world({});
    for (const url of ['https://169.254.169.254/', 'http://pds.example.com/', 'https://a:b@pds.example.com/']) {
      await expect(out.text(url)).rejects.toMatchObject({ failure: 'refused' });
    }
    expect([asked, looked]).toEqual([[], []]);
  });

  test('a server is asked whose name leads to public addresses only', async () => {
    const { out, asked, looked } = world({ [PDS]: new Response('hello') });
    expect(await out.text(PDS)).toMatchObject({ status: 200, text: 'hello' });
    expect([asked, looked]).toEqual([[PDS], ['pds.example.com']]);
  });

  test.each([
    ['a private one', ['192.168.1.1']],
    ['a private one among public ones', [...PUBLIC, '10.0.0.1']],
    ["a cloud's metadata service", ['169.254.169.254']],
    ['the same by IPv6', ['104.16.0.1', 'fd00:ec2::254']],
    ['this machine', ['::1']],
    ['this machine in disguise', ['::ffff:127.0.0.1']],
    ['nonsense', ['localhost']],
  ])('a name that leads to %s is refused', async (_, ips) => {
    const { out, asked } = world({}, { 'pds.example.com': ips });
    await expect(out.text(PDS)).rejects.toMatchObject({ failure: 'refused' });
    expect(asked).toEqual([]);
  });

  test('a name that cannot be looked up, or has no address, is not asked now and no verdict either', async () => {
    for (const answer of [['down'], []]) {
      const { out, asked } = world({}, { 'pds.example.com': answer });
      await expect(out.text(PDS)).rejects.toMatchObject({ failure: 'unreachable' });
      expect(asked).toEqual([]);
    }
  });

  test('the dot at the end of a name is none of it', async () => {
    const { out, looked } = world({});
    await out.text('https://PDS.example.com./');
    expect(looked).toEqual(['pds.example.com']);
  });

  test("the operator's own choice is taken by its name, without DNS; without DNS no other is asked", async () => {
    const { out, asked, looked } = world({});
    await out.text('https://plc.example.com/did:plc:x');
    expect([asked.length, looked]).toEqual([1, []]);
    const alone = outbound({
      development: false,
      trusted: ['https://plc.example.com/'],
      fetch: async () => new Response(),
    });
    expect((await alone.text('https://plc.example.com/')).status).toBe(200);
    await expect(alone.text(PDS)).rejects.toMatchObject({ failure: 'refused' });
    await expect(alone.text('https://plc.example.com:444/')).rejects.toMatchObject({ failure: 'refused' });
  });

  test('an address for a socket is checked the same way', async () => {
    const { out, looked } = world({}, { 'labeler.example.com': ['10.0.0.1'] });
    expect((await out.checkedAddress('wss://stream.example.com/subscribe?cursor=1')).host).toBe('stream.example.com');
    expect(looked).toEqual([]);
    expect((await out.checkedAddress('wss://other.example.com/subscribe')).host).toBe('other.example.com');
    for (const url of ['wss://labeler.example.com/', 'ws://other.example.com/', 'wss://127.0.0.1/', 'nonsense']) {
      await expect(out.checkedAddress(url)).rejects.toMatchObject({ failure: 'refused' });
    }
  });
});

describe('a redirect', () => {
  test('is followed three times, and no more', async () => {
    const hops = (count: number): Record<string, Response | string> => ({
      ...Object.fromEntries(Array.from({ length: count }, (_, n) => [`${PDS}${n || ''}`, `${PDS}${n + 1}`])),
      [`${PDS}${count}`]: new Response('there'),
    });
    const three = world(hops(3));
    expect(await three.out.text(PDS)).toMatchObject({ status: 200, text: 'there' });
    expect(three.looked).toEqual(['pds.example.com', 'pds.example.com', 'pds.example.com', 'pds.example.com']);
    const four = world(hops(4));
    await expect(four.out.text(PDS)).rejects.toMatchObject({ failure: 'redirect' });
    expect(four.asked).toHaveLength(4);
  });

  test.each([301, 302, 303, 307, 308])('of kind %d may be relative, and stays a GET', async (status) => {
    const { out, asked } = world({ [PDS]: redirect('/there', status), [`${PDS}there`]: new Response('yes') });
    expect((await out.text(PDS)).text).toBe('yes');
    expect(asked).toEqual([PDS, `${PDS}there`]);
  });

  test.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://[::ffff:169.254.169.254]/',
    '//localhost/',
    'http://pds.example.com/there',
    'https://user:password@pds.example.com/',
    'https://metadata.google.internal/',
    'https://inside.example.com/',
    'file:///etc/passwd',
    'data:text/plain,hello',
  ])('to %s is refused, and nobody is asked there', async (location) => {
    const { out, asked } = world({ [PDS]: location }, { 'inside.example.com': ['10.0.0.1'] });
    await expect(out.text(PDS)).rejects.toMatchObject({ failure: 'refused' });
    expect(asked).toEqual([PDS]);
  });

  test('from a trusted server is trusted no further', async () => {
    const { out } = world(
      { 'https://plc.example.com/': 'https://inside.example.com/' },
      { 'inside.example.com': ['::1'] },
    );
    await expect(out.text('https://plc.example.com/')).rejects.toMatchObject({ failure: 'refused' });
  });

  test('in a circle ends', async () => {
    const { out, asked } = world({ [PDS]: `${PDS}b`, [`${PDS}b`]: PDS });
    await expect(out.text(PDS)).rejects.toMatchObject({ failure: 'redirect' });
    expect(asked).toHaveLength(4);
  });

  test('is not followed where the caller wants none', async () => {
    const { out, asked } = world({ [PDS]: `${PDS}b` });
    await expect(out.text(PDS, { redirects: 0 })).rejects.toMatchObject({ failure: 'redirect' });
    expect(asked).toEqual([PDS]);
  });

  test.each([
    ['without an address', new Response(null, { status: 302 })],
    ['to no address', redirect('https://')],
    ['that is none', redirect('/there', 304)],
  ])('%s leads nowhere', async (_, answer) => {
    await expect(world({ [PDS]: answer }).out.text(PDS)).rejects.toMatchObject({ failure: 'redirect' });
  });
});

test('all hops and look-ups together have one time', async () => {
  const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
  const slow = outbound({
    development: false,
    addresses: async () => PUBLIC,
    fetch: async () => wait(40).then(() => redirect(PDS)),
  });
  await expect(slow.text(PDS, { timeoutMs: 60 })).rejects.toMatchObject({ failure: 'timeout' });
  const stuck = outbound({ development: false, addresses: () => new Promise(() => undefined) });
  await expect(stuck.text(PDS, { timeoutMs: 30 })).rejects.toMatchObject({ failure: 'timeout' });
});

describe('an answer', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }
  const { text, json } = outbound({ development: true });

  test('is given as text and as JSON', async () => {
    const url = await serve((_, response) => response.end('{"a": [1, null]}'));
    expect(await text(url)).toMatchObject({ status: 200, text: '{"a": [1, null]}' });
    expect(await json(url)).toMatchObject({ status: 200, body: { a: [1, null] } });
  });

  test('may be somewhere else', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/there' }).end();
      else response.end('there');
    });
    expect((await text(url)).text).toBe('there');
    await expect(text(url, { redirects: 0 })).rejects.toMatchObject({ failure: 'redirect' });
  });

  test('larger than it says is cut off', async () => {
    const url = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(1000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    await expect(text(url, { maxBytes: 5000 })).rejects.toMatchObject({ failure: 'too-large' });
  });

  test('that says it is too large is not read', async () => {
    const url = await serve((_, response) => response.writeHead(200, { 'content-length': '5001' }).write('x'));
    await expect(text(url, { maxBytes: 5000 })).rejects.toMatchObject({ failure: 'too-large' });
  });

  test.each([
    ['never begins', () => {}],
    ['never ends', ((_, response) => response.write('{"a":')) as RequestListener],
  ])('that %s ends by the clock', async (_, listener) => {
    const url = await serve(listener);
    await expect(json(url, { timeoutMs: 50 })).rejects.toMatchObject({ failure: 'timeout' });
  });

  test('that is no JSON is an error, except beside an error', async () => {
    const url = await serve((request, response) => {
      response.statusCode = request.url === '/' ? 200 : 502;
      response.end('<html>');
    });
    await expect(json(url)).rejects.toMatchObject({ failure: 'not-json' });
    expect(await json(`${url}broken`)).toMatchObject({ status: 502, body: null });
  });

  test('that nobody gives is unreachable', async () => {
    const url = await serve((_, response) => response.end());
    await new Promise((resolve) => server?.close(resolve));
    await expect(text(url)).rejects.toMatchObject({ failure: 'unreachable' });
  });
});

describe('an answer read as it comes', () => {
  const BOUNDS = { maxBytes: 1_000, idleMs: 50, totalMs: 200 };
  const read = async (body: ReadableStream<Uint8Array>): Promise<number> =>
    (await new Response(body).arrayBuffer()).byteLength;

  test('is asked under the same rules: no private address, not by redirect either', async () => {
    const { out, asked } = world(
      { [PDS]: 'https://inside.example.com/', 'https://inside.example.com/': new Response('secret') },
      { 'inside.example.com': ['10.0.0.1'] },
    );
    for (const url of [PDS, 'https://127.0.0.1/', 'http://pds.example.com/', 'https://inside.example.com/']) {
      await expect(out.open(url, BOUNDS)).rejects.toMatchObject({ failure: 'refused' });
    }
    expect(asked).toEqual([PDS]);
  });

  test('comes whole, with its length where that is told', async () => {
    const { out } = world({ [PDS]: new Response('hello', { headers: { 'content-length': '5' } }) });
    const answer = await out.open(PDS, BOUNDS);
    expect([answer.status, answer.length, await read(answer.body)]).toEqual([200, 5, 5]);
    const packed = world({
      [PDS]: new Response('x', { headers: { 'content-length': '5', 'content-encoding': 'br' } }),
    });
    expect((await packed.out.open(PDS, BOUNDS)).length).toBeNull();
  });

  test('that never ends is cut off, whether it is fast, slow or silent', async () => {
    const endless = (every: number): ReadableStream<Uint8Array> =>
      new ReadableStream({
        async pull(controller) {
          await new Promise((done) => setTimeout(done, every));
          controller.enqueue(new Uint8Array(100));
        },
      });
    const outcome = async (body: ReadableStream<Uint8Array>, bounds = BOUNDS): Promise<unknown> => {
      const out = outbound({ development: true, fetch: async () => new Response(body) });
      return read((await out.open(PDS, bounds)).body).catch((error: FetchError) => error.failure);
    };
    expect(await outcome(endless(0))).toBe('too-large');
    expect(await outcome(new ReadableStream({ pull: () => new Promise(() => {}) }))).toBe('timeout');
    expect(await outcome(endless(20), { ...BOUNDS, maxBytes: 1e9 })).toBe('timeout');
  });

  test('that does not begin is given up', async () => {
    const never = outbound({
      development: true,
      fetch: (_input, init) =>
        new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    });
    await expect(never.open(PDS, BOUNDS)).rejects.toMatchObject({ failure: 'timeout' });
  });
});
