/** The one way out: what it never asks, and what it never takes. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { FetchError, outbound, refusedAddress } from '../../src/cloudflare/fetch.ts';

describe('in production', () => {
  test.each([
    'http://pds.example.com/',
    'ftp://pds.example.com/',
    'data:text/plain,hello',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:password@pds.example.com/',
    'https://user@pds.example.com/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://pds.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/computeMetadata/v1/',
    'https://metadata/',
    'https://router.lan/',
    'https://nas.home.arpa/',
    'https://1.0.0.127.in-addr.arpa/',
    'https://alice.test/',
    'https://hidden.onion/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.0.0.1./',
    'https://10.0.0.8/',
    'https://172.16.3.4/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://224.0.0.1/',
    'https://8.8.8.8/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2606:4700::1111]/',
    'not an address',
    '/relative',
  ])('%s is refused', (address) => {
    expect(refusedAddress(address, false)).toEqual(expect.any(String));
  });

  test.each(['https://plc.directory/did:plc:x', 'https://pds.example.com:8443/xrpc/x', 'https://bücher.example.com/'])(
    '%s is asked',
    (address) => expect(refusedAddress(address, false)).toBeNull(),
  );

  test('what is refused is not asked at all', async () => {
    let asked = 0;
    const fetch = async (): Promise<Response> => {
      asked++;
      return new Response('');
    };
    await expect(outbound({ development: false, fetch }).text('https://169.254.169.254/')).rejects.toThrow(FetchError);
    expect(asked).toBe(0);
  });
});

test.each(['http://localhost:2583/', 'http://127.0.0.1:2582/', 'https://[::1]/'])(
  'in development %s is asked',
  (address) => expect(refusedAddress(address, true)).toBeNull(),
);

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

  test('is never a redirect', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/secret' }).end();
      else response.end('secret');
    });
    await expect(text(url)).rejects.toMatchObject({ failure: 'redirect' });
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
