// The Worker: every request, the watchdog, and the Durable Objects.
import { type Context, Hono } from 'hono';
import { version } from '../package.json';
import type { FoundingDeps } from '../src/actions/founding/deps.ts';
import { forgetOld } from '../src/actions/founding/group.ts';
import { welcome } from '../src/actions/welcome.ts';
import { log } from '../src/cloudflare/log.ts';
import { countedBucket } from '../src/cloudflare/r2.ts';
import { metered } from '../src/db/meter.ts';
import { webRoutes } from '../src/web/app.ts';
import { mediaAnswer } from '../src/web/media-routes.ts';
import { GROUP_METHODS } from '../src/xrpc/group-methods.ts';
import { METHODS } from '../src/xrpc/methods.ts';
import { OPERATOR_METHODS } from '../src/xrpc/operator-methods.ts';
import { xrpcRoutes } from '../src/xrpc/router.ts';
import { subscribeRoute } from '../src/xrpc/subscribe.ts';
import { configOf, type Env, type Execution, indexerOf, wakeIndexer, webContext, xrpcContext } from './wire.ts';
import { operatorContext, withFounding } from './wire-founding.ts';
import { mediaContext } from './wire-media.ts';
import { authOf } from './wire-members.ts';

export { Accounts } from './accounts.ts';
export { Blobs } from './blobs.ts';
export { Foundings } from './foundings.ts';
export { Groups } from './groups.ts';
export { Indexer } from './indexer.ts';
export { Listeners } from './listeners.ts';
export { SignIns } from './sign-ins.ts';

type Home = { Bindings: Env; Variables: { db: D1Database } };

const app = new Hono<Home>();

interface Metering {
  db: D1Database;
  bucket: R2Bucket;
  /** What the answer cost, for its `Server-Timing`; null where nobody wants to know. */
  cost: (() => string) | null;
}

const TIMING = 'server-timing';

function metering(env: Env): Metering {
  if (!configOf(env).meter) return { db: env.DB, bucket: env.MEDIA, cost: null };
  const meter = metered(env.DB);
  const counted = countedBucket(env.MEDIA);
  const cost = (): string => `rows;desc="${meter.rowsRead()}", r2;desc="${counted.operations()}"`;
  return { db: meter.db, bucket: counted.bucket, cost };
}

app.use(async (c, next) => {
  wakeIndexer(c.env, c.executionCtx);
  const { db, cost } = metering(c.env);
  c.set('db', db);
  await next();
  // Not by `c.res = …`, which copies the answer and makes a stream of it. One that opens a WebSocket cannot be changed.
  if (cost && c.res.status !== 101) c.res.headers.set(TIMING, cost());
});

const webOf = (env: Env, db: D1Database, execution: Execution) =>
  withFounding(env, { ...webContext(env, db, execution, authOf(env)), methods });

const methods = [...METHODS, ...GROUP_METHODS, ...OPERATOR_METHODS];

const context = (c: Context<Home>) => ({
  ...xrpcContext(c.env, c.get('db'), c.executionCtx, c.req.raw, authOf(c.env)),
  ...operatorContext(c.env, c.get('db')),
  version,
});

app.route('/', xrpcRoutes({ methods, version, context, log }));
app.route('/', subscribeRoute({ context, log }));
app.route(
  '/',
  webRoutes((c: Context<Home>) => webOf(c.env, c.get('db'), c.executionCtx)),
);

/** A fault says nothing of itself. */
function mute(error: unknown): Response {
  log('media failed', {
    level: 'error',
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
  return new Response(null, { status: 500 });
}

/** Null for what is no address of media. */
function media(request: Request, env: Env, execution: ExecutionContext): Promise<Response> | null {
  const { db, bucket, cost } = metering(env);
  const answer = mediaAnswer(request, () => mediaContext(env, db, bucket, execution));
  if (answer === null) return null;
  wakeIndexer(env, execution);
  const tell = (response: Response): Response => {
    if (!cost) return response;
    // One from a cache cannot be changed.
    const told = new Response(response.body, response);
    told.headers.set(TIMING, cost());
    return told;
  };
  return Promise.resolve(answer).then(tell).catch(mute);
}

/** Foundings that nobody goes on with are forgotten; once an hour, spaces without life are looked for. */
async function tidySpaces(env: Env, at: number, founding: FoundingDeps): Promise<void> {
  await forgetOld(founding);
  const { archiveAfterMs: afterMs } = configOf(env);
  if (new Date(at).getUTCMinutes() < 5) await indexerOf(env).operate({ order: 'archive', afterMs });
}

/** A `Host` that is no name makes an address that is none: it is asked for at a name that is nobody's. */
const addressed = (request: Request): Request =>
  URL.canParse(request.url)
    ? request
    : new Request(`http://invalid${request.url.replace(/^[a-z]+:\/\/[^/]*/, '')}`, request);

/** On a developer's machine a front that ends TLS says so; at the edge the address tells. */
const asSent = (request: Request, env: Env): Request =>
  configOf(env).development && request.headers.get('x-forwarded-proto') === 'https'
    ? new Request(request.url.replace(/^http:/, 'https:'), request)
    : request;

export default {
  fetch(request: Request, env: Env, execution: ExecutionContext): Response | Promise<Response> {
    const sent = asSent(addressed(request), env);
    return media(sent, env, execution) ?? app.fetch(sent, env, execution);
  },
  /** Re-arms the indexer's alarm should it be lost or stuck in the past; confirms those who joined from elsewhere. */
  async scheduled({ scheduledTime }: ScheduledController, env: Env, execution: ExecutionContext): Promise<void> {
    await indexerOf(env).watch();
    const { read, own, founding } = webOf(env, env.DB, execution);
    await welcome(read, own);
    await tidySpaces(env, scheduledTime, founding);
  },
} satisfies ExportedHandler<Env>;
