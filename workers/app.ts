// The Worker: every request, the watchdog, and the Durable Objects.
import { type Context, Hono } from 'hono';
import { webRoutes } from '../src/web/app.ts';
import { type Env, indexerOf, wakeIndexer, webContext } from './wire.ts';

export { Indexer } from './indexer.ts';

const app = new Hono<{ Bindings: Env }>();
app.use(async (c, next) => {
  wakeIndexer(c.env, c.executionCtx);
  await next();
});
app.route(
  '/',
  webRoutes((c: Context<{ Bindings: Env }>) => webContext(c.env, c.executionCtx)),
);

export default {
  fetch: app.fetch,
  /** Re-arms the indexer's alarm should it be lost or stuck in the past. */
  async scheduled(_event: ScheduledController, env: Env): Promise<void> {
    await indexerOf(env).watch();
  },
} satisfies ExportedHandler<Env>;
