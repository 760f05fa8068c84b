// The one way out to addresses that others name: bounded in size, time and reach, each hop checked like the first.
import type { Json } from '../domain/model.ts';
import { hostOf, isPublicIp, refusedAddress } from './address.ts';
import { boundedBody, declaredLength } from './bounded-body.ts';
import { FetchError } from './fetch-error.ts';

export { FetchError, type FetchFailure } from './fetch-error.ts';

export interface Fetched {
  status: number;
  bytes: Uint8Array;
  /** What a `Retry-After` header asks for (RFC 9110, 10.2.3); null without one. */
  retryAfterMs: number | null;
}

export interface Bounds {
  maxBytes?: number;
  /** For all hops together. */
  timeoutMs?: number;
  /** How many are followed; 3 when absent. */
  redirects?: number;
  accept?: string;
}

/** An answer whose body is still to be read. */
export interface Opened {
  status: number;
  retryAfterMs: number | null;
  /** What `Content-Length` says of the body as it comes; null without a word. */
  length: number | null;
  /** Ends with a FetchError beyond the bounds. */
  body: ReadableStream<Uint8Array>;
}

export interface StreamBounds {
  maxBytes: number;
  /** Until the answer begins, and between two pieces of it. */
  idleMs: number;
  totalMs: number;
}

export interface Outbound {
  /** The answer as it comes, without holding it. */
  open(url: string, bounds: StreamBounds): Promise<Opened>;
  bytes(url: string, bounds?: Bounds): Promise<Fetched>;
  text(url: string, bounds?: Bounds): Promise<{ status: number; text: string; retryAfterMs: number | null }>;
  /** `body` is null where an error's answer is no JSON. */
  json(url: string, bounds?: Bounds): Promise<{ status: number; body: Json; retryAfterMs: number | null }>;
  /** For what is no fetch, such as a socket: whether `url` (`wss:` or `https:`) may be asked. Throws a FetchError when not. */
  checkedAddress(url: string): Promise<URL>;
}

export interface OutboundOptions {
  /** Plain http, ports and this machine are allowed: for a local network of servers. */
  development: boolean;
  /** IP addresses behind a name. Without it only the operator's own choice of servers is asked, except in development. */
  addresses?: (host: string) => Promise<string[]>;
  /** Addresses that the operator configured: their names are taken as they are. */
  trusted?: string[];
  fetch?: typeof fetch;
}

const DEFAULTS = { maxBytes: 1_000_000, timeoutMs: 10_000, redirects: 3, accept: '*/*' };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** @example const { status, body } = await outbound({ development, addresses: dns.addresses }).json('https://pds.example.com/...'); */
export function outbound(options: OutboundOptions): Outbound {
  const { fetch: send = (...args) => fetch(...args) } = options;
  const checked = addressCheck(options);

  /** The answer after at most `left` redirects. A GET without credentials: nothing of ours goes along to the next server. */
  const follow = async (
    url: string,
    left: number,
    accept: string,
    signal: AbortSignal,
  ): Promise<[Response, string]> => {
    await until(signal, checked(url));
    // workerd throws on 'error', and follows unchecked on 'follow'.
    const response = await send(url, { redirect: 'manual', signal, headers: { accept } });
    if (response.status < 300 || response.status >= 400) return [response, url];
    await response.body?.cancel();
    const next = nextAddress(response, url);
    if (left === 0)
      throw new FetchError('redirect', url, `answered with a redirect too many (to ${next.slice(0, 300)})`);
    return follow(next, left - 1, accept, signal);
  };

  const bytes = async (url: string, bounds: Bounds = {}): Promise<Fetched> => {
    const { maxBytes, timeoutMs, redirects, accept } = { ...DEFAULTS, ...bounds };
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const [response, address] = await follow(url, redirects, accept, signal);
      const retryAfterMs = retryAfter(response.headers.get('retry-after'));
      return { status: response.status, bytes: await readBounded(response, maxBytes, address), retryAfterMs };
    } catch (error) {
      if (error instanceof FetchError) throw error;
      if (signal.aborted) throw new FetchError('timeout', url, `no complete answer within ${timeoutMs / 1000} s`);
      throw new FetchError('unreachable', url, `cannot be reached (${reason(error)})`);
    }
  };
  const text: Outbound['text'] = async (url, bounds) => {
    const { bytes: body, ...answer } = await bytes(url, bounds);
    return { ...answer, text: new TextDecoder().decode(body) };
  };
  const json: Outbound['json'] = async (url, bounds) => {
    const { text: body, ...answer } = await text(url, bounds);
    return { ...answer, body: parseJson(body, answer.status, url) };
  };
  const open: Outbound['open'] = async (url, bounds) => {
    const abort = new AbortController();
    const late = setTimeout(() => abort.abort(), bounds.idleMs);
    try {
      const [response, address] = await follow(url, DEFAULTS.redirects, '*/*', abort.signal);
      const { status, headers } = response;
      const length = declaredLength(headers);
      const body = boundedBody(response, bounds, address, () => abort.abort());
      return { status, length, body, retryAfterMs: retryAfter(headers.get('retry-after')) };
    } catch (error) {
      if (error instanceof FetchError) throw error;
      if (abort.signal.aborted) throw new FetchError('timeout', url, `no answer within ${bounds.idleMs / 1000} s`);
      throw new FetchError('unreachable', url, `cannot be reached (${reason(error)})`);
    } finally {
      clearTimeout(late);
    }
  };
  return { open, bytes, text, json, checkedAddress: (url) => checked(url, /^ws/i.test(url) ? 'wss:' : 'https:') };
}

/**
 * By its looks, then by its name: every IP address that DNS tells for a host that others named must be public. What cannot be
 * looked up is not asked, and may be tried again. Between this look and the connection the name may change its mind (DNS rebinding):
 * a Worker connects by name alone, so that last gap cannot be closed here, and is left to the platform, which has no private network
 * of ours behind it.
 */
function addressCheck({ development, addresses, trusted = [] }: OutboundOptions) {
  const origins = new Set(trusted.filter((url) => URL.canParse(url)).map((url) => new URL(url).origin));
  return async (address: string, protocol = 'https:'): Promise<URL> => {
    const refused = refusedAddress(address, development, protocol);
    if (refused !== null) throw new FetchError('refused', address, refused);
    const url = new URL(address);
    if (development || origins.has(url.origin)) return url;
    if (!addresses) throw new FetchError('refused', address, 'is not one of the configured servers');
    const ips = await addresses(hostOf(url));
    if (ips.length === 0) throw new FetchError('unreachable', address, 'its name has no address in DNS');
    const hidden = ips.find((ip) => !isPublicIp(ip));
    if (hidden === undefined) return url;
    throw new FetchError('refused', address, `its name leads to ${hidden.slice(0, 100)}, which is no public address`);
  };
}

function nextAddress({ status, headers }: Response, url: string): string {
  const location = headers.get('location');
  if (!REDIRECTS.has(status) || location === null || !URL.canParse(location, url)) {
    throw new FetchError('redirect', url, `answered ${status}, which leads nowhere`);
  }
  return new URL(location, url).href;
}

/** Gives up waiting when the time is over; the work itself has a bound of its own. */
function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(signal.reason);
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });
}

/** Seconds or a date. */
function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

function parseJson(text: string, status: number, url: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    if (status >= 400) return null;
    throw new FetchError('not-json', url, 'answered with something that is no JSON');
  }
}

export async function readBounded(response: Response, maxBytes: number, url: string): Promise<Uint8Array> {
  const tooLarge = (): FetchError => new FetchError('too-large', url, `answered with more than ${maxBytes} bytes`);
  const declared = Number(response.headers.get('content-length'));
  if (declared > maxBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw tooLarge();
    }
    parts.push(part.value);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}

/** Node hides the reason in `cause`. */
function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && cause.message !== '' ? cause.message.slice(0, 200) : 'no connection';
}
