// The website: whose pages a hostname has decides which routes answer.
import { type Context, Hono } from 'hono';
import { guestOf } from '../auth/guest.ts';
import { MAX_QUERY } from '../domain/bounds.ts';
import { quotaHeaders } from '../domain/quota.ts';
import { checkFile } from './check-file.ts';
import { clientFile } from './client-files.ts';
import { hostOf, nowhere, type Place, placeOf, type WebContext } from './context.ts';
import { withheld } from './headers.ts';
import { instanceRoutes } from './instance-routes.tsx';
import { privateRoutes } from './private-routes.tsx';
import { failurePage, faultPage } from './respond.tsx';
import { unknownRoutes } from './routes.ts';
import { spaceRoutes } from './space-routes.tsx';

export type { WebContext } from './context.ts';

/**
 * All pages of all hosts. `open` gives each request what it needs.
 *
 * @example app.route('/', webRoutes((c) => ({ read: readContext(c.env), instanceHosts, development, requestId, fault })))
 */
export function webRoutes(open: (c: Context) => WebContext): Hono {
  const app = new Hono();
  app.all('*', async (c) => {
    const given = open(c);
    const url = new URL(c.req.url);
    let place: Place = nowhere(given, url);
    try {
      const guest = await guestOf(c.req.raw, hostOf(url), given.auth.accounts);
      const web: WebContext = { ...given, read: { ...given.read, viewer: guest.viewer } };
      place = await placeOf(web, url, guest, isReading(c.req.raw));
      const response =
        (await checkFile(web, url)) ??
        (await clientFile(web, place, url)) ??
        (await answer(c.req.raw, place, web, url));
      const told = web.spent ? quotaHeaders(web.spent, web.read.now) : [];
      for (const [name, value] of told) response.headers.set(name, value);
      // What stands under /assets/ is the same at every host.
      return isPrivate(place) && !url.pathname.startsWith('/assets/') ? withheld(response) : response;
    } catch (error) {
      given.fault(error);
      return faultPage(place, given);
    }
  });
  return app;
}

/** Browsers ask so for what they show as a page: not for pictures, stylesheets and what scripts fetch. */
const isReading = ({ method, headers }: Request): boolean =>
  method === 'GET' && headers.get('accept')?.includes('text/html') === true;

const space = spaceRoutes();
const instance = instanceRoutes();
const closed = privateRoutes();
const unknown = unknownRoutes();

/** What is at its host depends on who asks, down to what is not there. */
const isPrivate = (place: Place): boolean =>
  place.is === 'private' || (place.is === 'space' && place.site.space.visibility === 'private');

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

function answer(request: Request, place: Place, web: WebContext, url: URL): Response | Promise<Response> {
  if (!METHODS.has(request.method)) return failurePage(place, 405);
  if (url.search.length > MAX_QUERY) return failurePage(place, 414);
  switch (place.is) {
    case 'space':
      return space.fetch(request, { web, url, place });
    case 'instance':
      return instance.fetch(request, { web, url, place });
    case 'private':
      return closed.fetch(request, { web, url, place });
    case 'unknown':
      return unknown.fetch(request, { web, url, place });
  }
}
