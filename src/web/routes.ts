// What the routes of every kind of host have in common.
import { Hono } from 'hono';
import { styleResponse } from './assets.ts';
import type { Place, Visit } from './context.ts';
import { failurePage } from './respond.tsx';

/** Routes with the stylesheet and a page for what is not there. Faults are left to the caller. */
export function baseRoutes<P extends Place['is']>(): Hono<Visit<P>> {
  const app = new Hono<Visit<P>>();
  app.get('/assets/:file', (c) => styleResponse(c.req.param('file')));
  app.notFound((c) => failurePage(c.env.place, 404));
  app.onError((error) => {
    throw error;
  });
  return app;
}
