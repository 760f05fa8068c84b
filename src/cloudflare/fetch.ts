// The one way out to addresses that others name: bounded in size, time and reach, and never redirected.
import type { Json } from '../domain/model.ts';

export type FetchFailure = 'refused' | 'unreachable' | 'timeout' | 'redirect' | 'too-large' | 'not-json';

/** Says what went wrong with which address, in words for an operator. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly failure: FetchFailure;

  constructor(failure: FetchFailure, url: string, why: string) {
    super(`${url.slice(0, 300)}: ${why}`);
    this.failure = failure;
  }
}

export interface Fetched {
  status: number;
  bytes: Uint8Array;
  /** What a `Retry-After` header asks for (RFC 9110, 10.2.3); null without one. */
  retryAfterMs: number | null;
}

export interface Bounds {
  maxBytes?: number;
  timeoutMs?: number;
}

export interface Outbound {
  bytes(url: string, bounds?: Bounds): Promise<Fetched>;
  text(url: string, bounds?: Bounds): Promise<{ status: number; text: string; retryAfterMs: number | null }>;
  /** `body` is null where an error's answer is no JSON. */
  json(url: string, bounds?: Bounds): Promise<{ status: number; body: Json; retryAfterMs: number | null }>;
}

export interface OutboundOptions {
  /** Plain http, ports and this machine are allowed: for a local network of servers. */
  development: boolean;
  fetch?: typeof fetch;
}

const DEFAULTS = { maxBytes: 1_000_000, timeoutMs: 10_000 };

/** @example const { status, body } = await outbound({ development: false }).json('https://plc.directory/did:plc:...'); */
export function outbound({ development, fetch: send = (...args) => fetch(...args) }: OutboundOptions): Outbound {
  const bytes = async (url: string, bounds: Bounds = {}): Promise<Fetched> => {
    const refused = refusedAddress(url, development);
    if (refused !== null) throw new FetchError('refused', url, refused);
    const { maxBytes, timeoutMs } = { ...DEFAULTS, ...bounds };
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      // workerd throws on 'error', so a redirect comes back as an answer and is refused here.
      const response = await send(url, { redirect: 'manual', signal, headers: { accept: '*/*' } });
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel();
        throw new FetchError('redirect', url, `answered with a redirect (${response.status}), which is not followed`);
      }
      const retryAfterMs = retryAfter(response.headers.get('retry-after'));
      return { status: response.status, bytes: await readBounded(response, maxBytes, url), retryAfterMs };
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
  return { bytes, text, json };
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

async function readBounded(response: Response, maxBytes: number, url: string): Promise<Uint8Array> {
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

/** Names that lead to no public server, or to this machine and its neighbours (RFC 6761, RFC 6762, RFC 8375, RFC 9476). */
const PRIVATE_SUFFIX =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|arpa|test|example|invalid|onion|alt)$/;

/**
 * Why an address may not be asked, or null. Every literal IP is refused, not only private ranges: servers of the network have
 * names. A name that resolves to a private address is the platform's to stop, and Cloudflare's does.
 */
export function refusedAddress(address: string, development: boolean): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url) return 'is no address';
  if (url.username !== '' || url.password !== '') return 'carries a password';
  if (url.protocol !== 'https:' && !(development && url.protocol === 'http:')) return 'is not https';
  if (development) return null;
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  // The URL parser has already turned every spelling of an IPv4 address into four decimal numbers.
  if (host.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(host)) return 'names a server by its number, not by a name';
  if (!host.includes('.') || PRIVATE_SUFFIX.test(host)) return 'is not a public server';
  return null;
}
