/** Upgrades to WebSocket: where they may lead, and what is learned when they are refused. */
import { describe, expect, test } from 'vitest';
import { refusedAddress } from '../../src/cloudflare/address.ts';
import { UpgradeRefused, upgrade } from '../../src/cloudflare/socket.ts';

interface Answer {
  status: number;
  location?: string;
  body?: string;
  webSocket?: object;
}

/** A network of these addresses, and what was asked of it. */
function network(answers: Record<string, Answer>): { send: typeof fetch; asked: string[] } {
  const asked: string[] = [];
  const send = async (url: string): Promise<unknown> => {
    asked.push(url);
    const { status, location, body = '', webSocket = null } = answers[url] ?? { status: 404 };
    const response = new Response(body, { status: 200, headers: location === undefined ? {} : { location } });
    return { status, webSocket, headers: response.headers, body: response.body };
  };
  return { send: send as typeof fetch, asked };
}

/** By its looks alone: there is no DNS here. */
const checkedAddress = async (url: string): Promise<URL> => {
  const refused = refusedAddress(url, false);
  if (refused !== null) throw new UpgradeRefused(refused);
  return new URL(url);
};

const open = (address: string, answers: Record<string, Answer>, named: 'by-operator' | 'by-others' = 'by-others') => {
  const { send, asked } = network(answers);
  const { signal } = new AbortController();
  return { opened: upgrade(address, { checkedAddress, named, signal, fetch: send }), asked };
};

const refusal = async (opened: Promise<unknown>): Promise<UpgradeRefused> => {
  const error = await opened.catch((thrown: unknown) => thrown);
  if (!(error instanceof UpgradeRefused)) throw new Error(`not refused: ${String(error)}`);
  return error;
};

const SOCKET = { status: 101, webSocket: {} };

describe('redirects', () => {
  test('are followed three times, relative ones too', async () => {
    const { opened, asked } = open('wss://one.example.com/subscribe?cursor=1', {
      'https://one.example.com/subscribe?cursor=1': { status: 302, location: '/a' },
      'https://one.example.com/a': { status: 307, location: 'wss://two.example.com/b' },
      'https://two.example.com/b': { status: 308, location: 'https://three.example.com/c' },
      'https://three.example.com/c': SOCKET,
    });
    expect(await opened).toBe(SOCKET.webSocket);
    expect(asked.length).toBe(4);
  });

  test('are not followed for ever', async () => {
    const { opened, asked } = open('wss://one.example.com/', {
      'https://one.example.com/': { status: 302, location: '/' },
    });
    expect((await refusal(opened)).message).toMatch(/more than 3/);
    expect(asked.length).toBe(4);
  });

  test.each([
    'http://one.example.com/',
    'https://127.0.0.1/',
    'https://metadata.internal/',
    'https://u:p@example.com/',
    'ws://[::1]/',
    'file:///etc/passwd',
    'http://',
  ])('are never followed to %s', async (location) => {
    const { opened, asked } = open('wss://one.example.com/', {
      'https://one.example.com/': { status: 302, location },
    });
    await refusal(opened);
    expect(asked).toEqual(['https://one.example.com/']);
  });
});

test('the first address is checked unless the operator named it', async () => {
  const answers = { 'http://127.0.0.1:6008/subscribe': SOCKET };
  expect(await open('ws://127.0.0.1:6008/subscribe', answers, 'by-operator').opened).toBe(SOCKET.webSocket);
  const { opened, asked } = open('ws://127.0.0.1:6008/subscribe', answers);
  await refusal(opened);
  expect(asked).toEqual([]);
});

test('a refusal tells its name when it has one, and no more than its beginning', async () => {
  const told = (body: string): Promise<UpgradeRefused> =>
    refusal(open('wss://a.example.com/', { 'https://a.example.com/': { status: 400, body } }).opened);
  expect((await told('{"error":"CursorTooOld","message":"cursor 1 below 7"}')).error).toBe('CursorTooOld');
  expect((await told('no')).error).toBe('');
  expect((await told('null')).error).toBe('');
  expect((await told('x'.repeat(1_000_000))).message.length).toBeLessThan(300);
});
