// The host of a private space, to all who are not inside: who it is, how to join, the way in for those who are, and nothing else.
import type { Hono } from 'hono';
import { readDidOfHost } from '../reads/index.ts';
import { STYLE_PATH } from './assets.ts';
import { hostOf, type Visit } from './context.ts';
import { favicon } from './favicon.ts';
import { didResponse, robotsResponse, svgResponse } from './files.ts';
import { PrivatePage } from './pages/private.tsx';
import { failurePage, htmlResponse } from './respond.tsx';
import { doorRoutes } from './roster/routes.ts';
import { baseRoutes } from './routes.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { frontName } from './site.ts';

export function privateRoutes(): Hono<Visit<'private'>> {
  const app = baseRoutes<'private'>();
  signInRoutes(app);
  doorRoutes(app);
  app.get('/', ({ env: { place } }) => {
    const name = frontName(place.front);
    const head = {
      ...{ title: name, description: place.front.description, siteName: name, canonical: `${place.origin}/` },
      ...{ index: false, type: 'website' as const, stylesheets: [STYLE_PATH] },
    };
    const { front, instance, guest, site } = place;
    const props = { front, instance, guest, standing: site.standing };
    return htmlResponse(head, <PrivatePage {...props} />, { isPersonal: guest.viewer !== null });
  });
  app.get('/robots.txt', () => robotsResponse(false));
  app.on('GET', ['/favicon.svg', '/favicon.ico'], ({ env }) => svgResponse(favicon(frontName(env.place.front), null)));
  // A handle is checked by whoever meets the account: its name is the host's, whoever may read the space.
  app.get('/.well-known/atproto-did', async ({ env: { web, url, place } }) => {
    const did = await readDidOfHost(web.read, hostOf(url));
    return did === null ? failurePage(place, 404) : didResponse(did);
  });
  return app;
}
