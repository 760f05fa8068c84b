// `/media/*` of every host: no page, so that it answers without the space's settings.
import { type Context, Hono } from 'hono';
import { type MediaContext, serveMedia } from '../media/serve.ts';
import { hostOf } from './context.ts';

const PREFIX = '/media/';
const METHODS = 'GET, HEAD, OPTIONS';

/** @example app.route('/', mediaRoutes((c) => mediaContext(c.env, db, bucket, c.executionCtx))) */
export function mediaRoutes(open: (c: Context) => MediaContext): Hono {
  const app = new Hono();
  app.all(`${PREFIX}*`, (c) => {
    const { method } = c.req;
    if (method === 'OPTIONS') return new Response(null, { status: 204, headers: PREFLIGHT });
    if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers: { allow: METHODS } });
    const url = new URL(c.req.url);
    return serveMedia(open(c), c.req.raw, hostOf(url), url.pathname.slice(PREFIX.length));
  });
  return app;
}

const PREFLIGHT = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': METHODS,
  'access-control-allow-headers': 'range, if-none-match, if-range',
  'access-control-max-age': '86400',
};
