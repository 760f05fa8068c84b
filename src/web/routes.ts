// What the routes of every kind of host have in common.
import { Hono } from 'hono';
import { readNamed } from '../reads/index.ts';
import { assetResponse } from './assets.ts';
import { hostOf, type Place, type Visit } from './context.ts';
import { favicon } from './favicon.ts';
import { didResponse, robotsResponse, svgResponse } from './files.ts';
import { say } from './messages.ts';
import { failurePage, redirectTo } from './respond.tsx';

/** Routes with the stylesheet, the script and a page for what is not there. Faults are left to the caller. */
export function baseRoutes<P extends Place['is']>(): Hono<Visit<P>> {
  const app = new Hono<Visit<P>>();
  app.get('/assets/:file', (c) => assetResponse(c.req.param('file')));
  app.notFound(({ env: { place, url }, req }) => {
    // Few addresses take a form.
    if (req.method === 'POST') return failurePage(place, 405);
    const path = withoutSlashes(url.pathname);
    return path === url.pathname ? failurePage(place, 404) : redirectTo(path + url.search, 301);
  });
  app.onError((error) => {
    throw error;
  });
  return app;
}

/** A host that is nobody's: whatever is asked for, the page says so. */
export function unknownRoutes(): Hono<Visit<'unknown'>> {
  const app = baseRoutes<'unknown'>();
  app.get('/robots.txt', () => robotsResponse(false));
  app.get('/.well-known/atproto-did', ({ env }) => memberDid(env));
  app.get('/favicon.svg', ({ env }) => svgResponse(favicon(env.place.instance.host, null)));
  app.notFound(({ env: { place }, req }) =>
    req.method === 'POST' ? failurePage(place, 405) : failurePage(place, 404, say.unknownHost(place.host)),
  );
  return app;
}

/** Below a space's hostname are the names that it gives its members. */
async function memberDid({ web, url, place }: Visit<'unknown'>['Bindings']): Promise<Response> {
  const did = web.memberNames ? await readNamed(web.read, hostOf(url)) : null;
  return did === null ? failurePage(place, 404, say.unknownHost(place.host)) : didResponse(did);
}

/** Many slashes at the beginning would name another host. */
const withoutSlashes = (path: string): string => `/${path.replace(/^\/+|\/+$/g, '')}`;
