// The Worker: every request, the watchdog, and the Durable Objects.
import { type Context, Hono } from 'hono';
import { version } from '../package.json';
import { log } from '../src/cloudflare/log.ts';
import { countedBucket } from '../src/cloudflare/r2.ts';
import { type Meter, metered } from '../src/db/meter.ts';
import { webRoutes } from '../src/web/app.ts';
import { mediaRoutes } from '../src/web/media-routes.ts';
import { METHODS } from '../src/xrpc/methods.ts';
import { OPERATOR_METHODS } from '../src/xrpc/operator-methods.ts';
import { xrpcRoutes } from '../src/xrpc/router.ts';
import { subscribeRoute } from '../src/xrpc/subscribe.ts';
import { configOf, type Env, indexerOf, wakeIndexer, webContext, xrpcContext } from './wire.ts';
import { mediaContext } from './wire-media.ts';

export { Blobs } from './blobs.ts';
export { Indexer } from './indexer.ts';
export { Listeners } from './listeners.ts';

type Home = { Bindings: Env; Variables: { db: D1Database; bucket: R2Bucket } };

const app = new Hono<Home>();

app.use(async (c, next) => {
  wakeIndexer(c.env, c.executionCtx);
  const meter: Meter | null = configOf(c.env).meter ? metered(c.env.DB) : null;
  const counted = meter && countedBucket(c.env.MEDIA);
  c.set('db', meter?.db ?? c.env.DB);
  c.set('bucket', counted?.bucket ?? c.env.MEDIA);
  await next();
  // An answer that opens a WebSocket cannot be changed.
  if (!meter || c.res.status === 101) return;
  c.res.headers.set('server-timing', `rows;desc="${meter.rowsRead()}", r2;desc="${counted?.operations() ?? 0}"`);
});

const context = (c: Context<Home>) => xrpcContext(c.env, c.get('db'), c.executionCtx, c.req.raw, version);

app.route('/', xrpcRoutes({ methods: [...METHODS, ...OPERATOR_METHODS], version, context, log }));
app.route('/', subscribeRoute({ context, log }));
app.route(
  '/',
  mediaRoutes((c: Context<Home>) => mediaContext(c.env, c.get('db'), c.get('bucket'), c.executionCtx)),
);
app.route(
  '/',
  webRoutes((c: Context<Home>) => webContext(c.env, c.get('db'), c.executionCtx)),
);

export default {
  fetch: app.fetch,
  /** Re-arms the indexer's alarm should it be lost or stuck in the past. */
  async scheduled(_event: ScheduledController, env: Env): Promise<void> {
    await indexerOf(env).watch();
  },
} satisfies ExportedHandler<Env>;
