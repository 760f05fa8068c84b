// The website: whose pages a hostname has decides which routes answer.
import { type Context, Hono } from 'hono';
import { checkFile } from './check-file.ts';
import { clientFile } from './client-files.ts';
import { nowhere, type Place, placeOf, type WebContext } from './context.ts';
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
    const web = open(c);
    const url = new URL(c.req.url);
    let place: Place = nowhere(web, url);
    try {
      place = await placeOf(web, url, c.req.raw);
      return (
        (await checkFile(web, url)) ?? (await clientFile(web, place, url)) ?? (await answer(c.req.raw, place, web, url))
      );
    } catch (error) {
      web.fault(error);
      return faultPage(place, web);
    }
  });
  return app;
}

const space = spaceRoutes();
const instance = instanceRoutes();
const closed = privateRoutes();
const unknown = unknownRoutes();

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

function answer(request: Request, place: Place, web: WebContext, url: URL): Response | Promise<Response> {
  if (!METHODS.has(request.method)) return failurePage(place, 405);
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
