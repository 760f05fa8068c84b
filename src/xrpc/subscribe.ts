// `/subscribe`: what changes in a space, in Jetstream's wire format. Whatever is wrong is said before the upgrade.
import { type Context, Hono } from 'hono';
import { ANYONE, mayCopy } from '../domain/access.ts';
import { MAX_QUERY } from '../domain/bounds.ts';
import { isRefusal, refuse } from '../domain/outcome.ts';
import { readSubscription } from '../domain/subscription.ts';
import { $nsid } from '../lexicons/club/commonplace/sync/subscribe.ts';
import { readDidOfHost } from '../reads/index.ts';
import { errorResponse, refusalResponse } from './errors.ts';
import type { XrpcContext } from './method.ts';
import { openSource } from './source.ts';

/** @example app.route('/', subscribeRoute({ context, log })) */
export function subscribeRoute<C extends XrpcContext>(options: {
  context(c: Context): C;
  log(message: string, facts: Record<string, unknown>): void;
}): Hono {
  const app = new Hono();
  app.get('/subscribe', async (c) => {
    try {
      return await subscribe(options.context(c));
    } catch (error) {
      options.log('subscribe fault', { level: 'error', error: error instanceof Error ? error.stack : String(error) });
      return errorResponse(500, 'InternalServerError', 'Internal Server Error');
    }
  });
  return app;
}

async function subscribe(ctx: XrpcContext): Promise<Response> {
  const { request, instanceHosts, instance, listeners } = ctx;
  const url = new URL(request.url);
  if (url.search.length > MAX_QUERY) {
    const message = `the query string is longer than ${MAX_QUERY} characters: send lists as options_update`;
    return errorResponse(414, 'InvalidRequest', message);
  }
  const home = await readDidOfHost(ctx, url.hostname);
  if (home === null && !instanceHosts.includes(url.hostname)) {
    return errorResponse(400, 'InvalidRequest', `${url.hostname} is no hostname of this instance or its spaces`);
  }
  const name = url.searchParams.get('space') ?? home;
  if (name === null) return errorResponse(400, 'InvalidRequest', 'space must be a DID or handle');
  const subscription = readSubscription(url.searchParams);
  if (isRefusal(subscription)) return refusalResponse(subscription);
  const source = await openSource(ctx, name, $nsid, home !== null && isSameOrigin(request, url));
  if (isRefusal(source)) return refusalResponse(source);
  const { space, caller } = source;
  // Whoever claims to be a page may hear what comes, and copies nothing.
  if (caller.is === 'page' && subscription.cursor !== null && mayCopy(space, ANYONE, instance) !== 'yes') {
    return refusalResponse(refuse('AuthenticationRequired', 'only instances that the space names may give a cursor'));
  }
  if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') {
    return errorResponse(426, 'InvalidRequest', 'this is a stream: connect by WebSocket', { upgrade: 'websocket' });
  }
  const address = request.headers.get('cf-connecting-ip');
  return listeners.open({ ...subscription, space: space.did, caller, address });
}

/** A browser says where the page is from; others may say anything. */
const isSameOrigin = (request: Request, { protocol, host }: URL): boolean =>
  request.headers.get('origin') === `${protocol.replace('ws', 'http')}//${host}`;
