// What one does for oneself, the same at every host that has pages.
import type { Hono } from 'hono';
import type { Visit } from '../context.ts';
import { dataPage, eraseData, erasePage, exportData } from './data.tsx';
import { makeFeed, notificationsFeed, revokeFeed } from './feed.ts';
import { changeMute, mutesPage } from './mutes.tsx';
import { dropName, namePage, switchSpaceNames, takeName } from './name.tsx';
import { markSeen, notificationsPage } from './notifications.tsx';

type Open = 'space' | 'instance';

export function personalRoutes<P extends Open>(routes: Hono<Visit<P>>): void {
  // What is done here is the same for both.
  const app = routes as unknown as Hono<Visit<Open>>;
  app.get('/notifications', ({ env }) => notificationsPage(env));
  app.post('/notifications/seen', ({ env, req }) => markSeen(env, req.raw));
  app.post('/notifications/feed', ({ env, req }) => makeFeed(env, req.raw));
  app.post('/notifications/feed/revoke', ({ env, req }) => revokeFeed(env, req.raw));
  app.get('/notifications/feed/:token', ({ env, req }) => notificationsFeed(env, req.param('token')));
  app.get('/account/data', ({ env }) => dataPage(env));
  app.post('/account/data/export', ({ env, req }) => exportData(env, req.raw));
  app.get('/account/data/erase', ({ env }) => erasePage(env));
  app.post('/account/data/erase', ({ env, req }) => eraseData(env, req.raw));
  app.get('/account/mutes', ({ env }) => mutesPage(env));
  app.post('/account/mutes', ({ env, req }) => changeMute(env, req.raw));
}

/** Names are of one space, at its own site. */
export function nameRoutes(app: Hono<Visit<'space'>>): void {
  app.get('/account/name', ({ env }) => namePage(env));
  app.post('/account/name', ({ env, req }) => takeName(env, req.raw));
  app.post('/account/name/drop', ({ env, req }) => dropName(env, req.raw));
  app.post('/account/name/switch', ({ env, req }) => switchSpaceNames(env, req.raw));
}
