// The Worker: every request, the watchdog, and the Durable Objects.
import { type Context, Hono } from 'hono';
import { version } from '../package.json';
import { log } from '../src/cloudflare/log.ts';
import { type Meter, metered } from '../src/db/meter.ts';
import { webRoutes } from '../src/web/app.ts';
import { METHODS } from '../src/xrpc/methods.ts';
import { OPERATOR_METHODS } from '../src/xrpc/operator-methods.ts';
import { xrpcRoutes } from '../src/xrpc/router.ts';
import { subscribeRoute } from '../src/xrpc/subscribe.ts';
import { configOf, type Env, indexerOf, wakeIndexer, webContext, xrpcContext } from './wire.ts';

export { Accounts } from './accounts.ts';
export { Indexer } from './indexer.ts';
export { Listeners } from './listeners.ts';
export { SignIns } from './sign-ins.ts';

type Home = { Bindings: Env; Variables: { db: D1Database } };

const app = new Hono<Home>();

app.use(async (c, next) => {
  wakeIndexer(c.env, c.executionCtx);
  const meter: Meter | null = configOf(c.env).meter ? metered(c.env.DB) : null;
  c.set('db', meter?.db ?? c.env.DB);
  await next();
  // An answer that opens a WebSocket cannot be changed.
  if (meter && c.res.status !== 101) c.res.headers.set('server-timing', `rows;desc="${meter.rowsRead()}"`);
});

const context = (c: Context<Home>) => xrpcContext(c.env, c.get('db'), c.executionCtx, c.req.raw, version);

app.route('/', xrpcRoutes({ methods: [...METHODS, ...OPERATOR_METHODS], version, context, log }));
app.route('/', subscribeRoute({ context, log }));
app.route(
  '/',
  webRoutes((c: Context<Home>) => webContext(c.env, c.get('db'), c.executionCtx)),
);

/** On a developer's machine a front that ends TLS says so; at the edge the address tells. */
const asSent = (request: Request, env: Env): Request =>
  configOf(env).development && request.headers.get('x-forwarded-proto') === 'https'
    ? new Request(request.url.replace(/^http:/, 'https:'), request)
    : request;

export default {
  fetch: (request: Request, env: Env, execution: ExecutionContext) => app.fetch(asSent(request, env), env, execution),
  /** Re-arms the indexer's alarm should it be lost or stuck in the past. */
  async scheduled(_event: ScheduledController, env: Env): Promise<void> {
    await indexerOf(env).watch();
  },
} satisfies ExportedHandler<Env>;
