// The instance's own hosts: the directory of public spaces, and what the instance is as a service.
import type { Hono } from 'hono';
import type { Space } from '../domain/model.ts';
import { isRefusal } from '../domain/outcome.ts';
import { withoutTricks } from '../domain/text.ts';
import { listSpaces, readSpace, searchSpaces } from '../reads/index.ts';
import { STYLE_PATH } from './assets.ts';
import { originOf, type Visit } from './context.ts';
import { docsRoutes } from './docs/routes.tsx';
import { favicon } from './favicon.ts';
import { robotsResponse, serviceResponse, svgResponse } from './files.ts';
import { instanceStatus } from './handlers/status.tsx';
import { say } from './messages.ts';
import { ContactText } from './pages/contact.tsx';
import { DirectoryPage } from './pages/directory.tsx';
import { InstanceFrame } from './parts/frame.tsx';
import { personalRoutes } from './personal/routes.ts';
import { isRefused, text } from './query.ts';
import { failurePage, htmlResponse, redirectTo, refusalPage } from './respond.tsx';
import { baseRoutes } from './routes.ts';
import { setupRoutes } from './setup/routes.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { withQuery } from './site.ts';

const LIMIT = 30;
const LONGEST = 200;

export function instanceRoutes(): Hono<Visit<'instance'>> {
  const app = baseRoutes<'instance'>();
  signInRoutes(app);
  setupRoutes(app);
  personalRoutes(app);
  docsRoutes(app);
  app.get('/', ({ env }) => directory(env, null));
  app.get('/search', ({ env }) => {
    const q = text(env.url, 'q');
    if (isRefused(q)) return refusalPage(env.place, q);
    return directory(
      env,
      withoutTricks(q ?? '')
        .trim()
        .slice(0, LONGEST) || null,
    );
  });
  app.get('/s/:name', ({ env, req }) => toSpace(env, req.param('name')));
  app.get('/contact', ({ env }) => contactPage(env));
  app.get('/status', ({ env }) => instanceStatus(env));
  app.get('/robots.txt', () => robotsResponse(true));
  app.on('GET', ['/favicon.svg', '/favicon.ico'], ({ env }) => svgResponse(favicon(env.place.instance.host, null)));
  app.get('/.well-known/did.json', ({ env }) => serviceResponse(env.place.instance.origin));
  return app;
}

/** A space by any of its names, at its own site. */
async function toSpace({ web, url, place }: Visit<'instance'>['Bindings'], name: string): Promise<Response> {
  const space = await readSpace(web.read, name);
  const [host] = isRefusal(space) ? [] : space.hosts;
  return host ? redirectTo(`${originOf(web, url, host)}/`, 302) : failurePage(place, 404);
}

function contactPage({ web, place: { instance, guest } }: Visit<'instance'>['Bindings']): Response {
  const head = {
    ...{ title: `${say.contact} · ${instance.host}`, description: say.contactText, siteName: instance.host },
    ...{ canonical: `${instance.origin}/contact`, index: true, type: 'website' as const, stylesheets: [STYLE_PATH] },
  };
  const body = (
    <InstanceFrame instance={instance} guest={guest} isHome={false}>
      <ContactText contact={web.legalContact} />
    </InstanceFrame>
  );
  return htmlResponse(head, body, { isPersonal: guest.viewer !== null });
}

/** `q` null lists all, those with the most recent life first. */
async function directory({ web, url, place }: Visit<'instance'>['Bindings'], q: string | null): Promise<Response> {
  const cursor = text(url, 'cursor');
  if (isRefused(cursor)) return refusalPage(place, cursor);
  const spaces =
    q === null
      ? await listSpaces(web.read, { sort: 'active', limit: LIMIT, cursor })
      : await searchSpaces(web.read, { q, limit: LIMIT, cursor });
  if (isRefusal(spaces)) return refusalPage(place, spaces);
  const { instance, guest } = place;
  const siteOf = ({ hosts: [host] }: Space): string | null => (host ? `${originOf(web, url, host)}/` : null);
  const head = {
    title: q === null ? `${say.directoryTitle} · ${instance.host}` : `${say.searchTitle(q)} · ${instance.host}`,
    description: say.directoryText(instance.host),
    siteName: instance.host,
    canonical: instance.origin + withQuery(q === null ? '/' : '/search', { q, cursor }),
    ...{ index: q === null && cursor === null, type: 'website' as const, stylesheets: [STYLE_PATH] },
  };
  const page = (
    <DirectoryPage
      instance={instance}
      guest={guest}
      q={q}
      spaces={spaces}
      siteOf={siteOf}
      isFirst={cursor === null}
      mayFound={web.founding.policy !== 'operator'}
    />
  );
  return htmlResponse(head, page, { isPersonal: guest.viewer !== null });
}
