// `/media/*` of every host. No page, and asked for more often than all pages: it answers without a router and the space's settings.
import { type MediaName, mediaName } from '../domain/media.ts';
import { type MediaContext, serveMedia } from '../media/serve.ts';
import { hostOf } from './context.ts';

const PREFIX = '/media/';
const METHODS = 'GET, HEAD, OPTIONS';

const PREFLIGHT = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': METHODS,
  'access-control-allow-headers': 'range, if-none-match, if-range',
  'access-control-max-age': '86400',
};

interface Address {
  hostname: string;
  /** Null for what names no blob. */
  name: MediaName | null;
}

/** The same few are asked for again and again: taking them apart costs as much as all the rest of a hit. */
const known = new Map<string, Address>();
const MOST_KNOWN = 2_000;
const LONGEST_KNOWN = 400;

function addressOf(address: string): Address | null {
  const before = known.get(address);
  if (before) return before;
  const url = new URL(address);
  if (!url.pathname.startsWith(PREFIX)) return null;
  const found = { hostname: hostOf(url), name: mediaName(url.pathname.slice(PREFIX.length)) };
  if (known.size >= MOST_KNOWN) known.clear();
  if (address.length <= LONGEST_KNOWN) known.set(address, found);
  return found;
}

/** Null for every other address. */
export function mediaAnswer(request: Request, open: () => MediaContext): Promise<Response> | Response | null {
  const { method, url } = request;
  const address = url.includes(PREFIX) ? addressOf(url) : null;
  if (address === null) return null;
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: PREFLIGHT });
  if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers: { allow: METHODS } });
  return serveMedia(open(), request, address.hostname, address.name);
}
