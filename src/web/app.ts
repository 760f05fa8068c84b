// The website: whose pages a hostname has decides which routes answer.
import { type Context, Hono } from 'hono';
import { type Place, placeOf, type WebContext } from './context.ts';
import { instanceRoutes } from './instance-routes.tsx';
import { privateRoutes } from './private-routes.tsx';
import { failurePage, faultPage } from './respond.tsx';
import { spaceRoutes } from './space-routes.tsx';

const space = spaceRoutes();
const instance = instanceRoutes();
const closed = privateRoutes();

/**
 * `open` gives each request what it needs.
 *
 * @example app.route('/', webRoutes((c) => ({ read: readContext(c.env), ... })))
 */
export function webRoutes(open: (c: Context) => WebContext): Hono {
  const app = new Hono();
  app.all('*', async (c) => {
    const web = open(c);
    const url = new URL(c.req.url);
    let place: Place = { is: 'unknown', ...nowhere(web, url) };
    try {
      place = await placeOf(web, url);
      return await answer(c.req.raw, place, web, url);
    } catch (error) {
      web.fault(error);
      return faultPage(place, web);
    }
  });
  return app;
}
