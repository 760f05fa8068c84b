// A space's site: which address is which page.
import type { Hono } from 'hono';
import { readFollowed } from '../reads/index.ts';
import { themeResponse } from './assets.ts';
import { askingAt, type Visit } from './context.ts';
import { docsRoutes } from './docs/routes.tsx';
import { favicon } from './favicon.ts';
import { didResponse, robotsResponse, svgResponse } from './files.ts';
import { authorPage } from './handlers/author.tsx';
import { cardPicture } from './handlers/card.ts';
import { sectionPage, spaceHome, tagPage } from './handlers/feed.tsx';
import { searchPage } from './handlers/search.tsx';
import { spaceStatus } from './handlers/status.tsx';
import { threadPage } from './handlers/thread.tsx';
import { versionsPage } from './handlers/versions.tsx';
import { say } from './messages.ts';
import { AboutPage } from './pages/about.tsx';
import { ContactText } from './pages/contact.tsx';
import { SpaceFrame } from './parts/frame.tsx';
import { nameRoutes, personalRoutes } from './personal/routes.ts';
import { failurePage, sitePage } from './respond.tsx';
import { rosterRoutes } from './roster/routes.ts';
import { baseRoutes } from './routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { isListed, profileUri, spaceName } from './site.ts';
import { writingRoutes } from './writing/routes.ts';

export function spaceRoutes(): Hono<Visit<'space'>> {
  const app = baseRoutes<'space'>();
  files(app);
  signInRoutes(app);
  rosterRoutes(app);
  writingRoutes(app);
  settingsRoutes(app);
  personalRoutes(app);
  nameRoutes(app);
  docsRoutes(app);
  app.get('/', (c) => spaceHome(c.env));
  app.get('/about', ({ env }) => aboutPage(env));
  app.get('/contact', ({ env }) => contactPage(env));
  app.get('/status', (c) => spaceStatus(c.env));
  app.get('/search', (c) => searchPage(c.env));
  app.get('/tag/:tag', (c) => tagPage(c.env, c.req.param('tag')));
  app.get('/author/:who', (c) => authorPage(c.env));
  app.get('/versions', (c) => versionsPage(c.env));
  app.get('/card/:section/:post', (c) => cardPicture(c.env));
  app.get('/:section', (c) => sectionPage(c.env, c.req.param('section')));
  app.get('/:section/:post', (c) => threadPage(c.env));
  return app;
}

function files(app: Hono<Visit<'space'>>): void {
  app.get('/robots.txt', ({ env }) => robotsResponse(isListed(env.place.site.space)));
  app.on('GET', ['/favicon.svg', '/favicon.ico'], ({ env }) => {
    const { space } = env.place.site;
    return svgResponse(favicon(spaceName(space), space.theme));
  });
  app.get('/.well-known/atproto-did', ({ env }) => didResponse(env.place.site.space.did));
  app.get('/theme/:did/:file', ({ env, req }) => {
    const { space } = env.place.site;
    const isOurs = space.did === req.param('did') && space.themeHash !== null;
    return isOurs ? themeResponse(space, req.param('file')) : failurePage(env.place, 404);
  });
}

function contactPage({ web, place: { site } }: Visit<'space'>['Bindings']): Response {
  const head = { title: say.contact, description: say.contactText, path: '/contact' };
  const body = (
    <SpaceFrame site={site} here="/contact">
      <ContactText contact={web.legalContact} />
    </SpaceFrame>
  );
  return sitePage(site, head, body);
}

async function aboutPage({ web, place: { site } }: Visit<'space'>['Bindings']): Promise<Response> {
  const { did, description } = site.space;
  const head = { title: say.about, description, path: '/about', record: profileUri(did) };
  const viewer = site.standing?.did;
  const isFollowed = viewer !== undefined && (await readFollowed(web.read, did, viewer));
  const asking = await askingAt(web, site);
  return sitePage(site, head, <AboutPage site={site} isFollowed={isFollowed} asking={asking} />);
}
