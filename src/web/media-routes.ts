// `/media/*` of every host. No page, and asked for more often than all pages: it answers without a router and the space's settings.
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

/** Null for every other address. */
export function mediaAnswer(request: Request, open: () => MediaContext): Promise<Response> | Response | null {
  // Cheaper than to take every address of the site apart twice.
  if (!request.url.includes(PREFIX)) return null;
  const url = new URL(request.url);
  if (!url.pathname.startsWith(PREFIX)) return null;
  const { method } = request;
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: PREFLIGHT });
  if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers: { allow: METHODS } });
  return serveMedia(open(), request, hostOf(url), url.pathname.slice(PREFIX.length));
}
