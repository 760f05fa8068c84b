// `/docs/api`, the same at every host that has pages.
import type { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { say } from '../messages.ts';
import { docsPage, failurePage, redirectTo } from '../respond.tsx';
import { hubOf } from '../sign-in/door.ts';
import { documentOf } from './documents.ts';
import { ApiIndex, ApiPage, type DocsProps } from './pages.tsx';

type Open = 'space' | 'instance';
type Env = Visit<Open>['Bindings'];

const ROOT = '/docs/api';

export function docsRoutes<P extends Open>(routes: Hono<Visit<P>>): void {
  const app = routes as unknown as Hono<Visit<Open>>;
  app.get('/docs', () => redirectTo(ROOT, 302));
  app.get(ROOT, ({ env }) => shown(env, say.apiTitle, ROOT, <ApiIndex {...propsOf(env)} />));
  app.get(`${ROOT}/:nsid`, ({ env, req }) => lexiconPage(env, req.param('nsid')));
}

function propsOf(env: Env): DocsProps {
  const { origin, host } = new URL(hubOf(env).origin);
  return { methods: env.web.methods, origin, service: `did:web:${host.replace(':', '%3A')}#commonplace` };
}

function lexiconPage(env: Env, nsid: string): Response {
  const document = documentOf(nsid, env.web.methods);
  if (!document) return failurePage(env.place, 404);
  return shown(env, nsid, `${ROOT}/${nsid}`, <ApiPage {...propsOf(env)} document={document} />);
}

const shown = (env: Env, title: string, path: string, body: Child): Response =>
  docsPage(env.place, { title, description: say.apiDescription(title), canonical: hubOf(env).origin + path }, body);
