// `/xrpc/*`: finds the method, checks what came by its lexicon, and answers in the protocol's form.
import { isValidNsid } from '@atproto/syntax';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { spend } from '../auth/quota.ts';
import { MAX_QUERY } from '../domain/bounds.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import { quotaHeaders } from '../domain/quota.ts';
import { readDidOfHost } from '../reads/index.ts';
import { errorResponse, refusalResponse } from './errors.ts';
import { readInput, readParameters } from './input.ts';
import type { Method, XrpcContext } from './method.ts';
import { askingOf } from './viewer.ts';

export interface XrpcOptions<C extends XrpcContext> {
  /** The route table; `METHODS` and what else there is. */
  methods: readonly Method<C>[];
  version: string;
  context(c: Context): C;
  log(message: string, facts: Record<string, unknown>): void;
}

const ANYBODY = cors({
  origin: '*',
  allowMethods: ['GET', 'HEAD', 'POST', 'OPTIONS'],
  allowHeaders: ['authorization', 'content-type', 'atproto-accept-labelers', 'atproto-proxy', 'dpop'],
  exposeHeaders: [
    ...['atproto-content-labelers', 'dpop-nonce', 'retry-after', 'server-timing', 'www-authenticate'],
    ...['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'ratelimit-policy'],
  ],
  maxAge: 86_400,
});

/** @example app.route('/', xrpcRoutes({ methods: METHODS, version, context, log })) */
export function xrpcRoutes<C extends XrpcContext>(options: XrpcOptions<C>): Hono {
  const { methods, version, context, log } = options;
  const byNsid = new Map(methods.map((method) => [method.nsid, method]));
  const app = new Hono();

  app.use('/xrpc/*', ANYBODY);
  app.get('/xrpc/_health', () => answer({ version }));
  app.all('/xrpc/_health', ({ req }) => wrongVerb('_health', req.method, ['GET', 'HEAD']));
  app.all('/xrpc/:nsid{.*}', async (c) => {
    const nsid = c.req.param('nsid');
    let requestId: string | undefined;
    try {
      const ctx = context(c);
      requestId = ctx.requestId;
      return await respond(byNsid.get(nsid), nsid, ctx);
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
      log('xrpc fault', { level: 'error', requestId, nsid, error: message, stack });
      return errorResponse(500, 'InternalServerError', 'Internal Server Error');
    }
  });
  return app;
}

async function respond<C extends XrpcContext>(method: Method<C> | undefined, nsid: string, ctx: C): Promise<Response> {
  const { request } = ctx;
  const url = new URL(request.url);
  if (url.search.length > MAX_QUERY) {
    return errorResponse(414, 'InvalidRequest', `the query string is longer than ${MAX_QUERY} characters`);
  }
  if (!(await isOurHost(ctx, url.hostname))) {
    return errorResponse(400, 'InvalidRequest', `${url.hostname} is no hostname of this instance or its spaces`);
  }
  if (!method) return unknownMethod(nsid);
  const allowed = method.type === 'query' ? ['GET', 'HEAD'] : ['POST'];
  if (!allowed.includes(request.method)) return wrongVerb(nsid, request.method, allowed);
  const params = readParameters(method.parameters, url.searchParams);
  if (isRefusal(params)) return refusalResponse(params);
  const asking = await admitted(method, ctx);
  if (isRefusal(asking)) return refusalResponse(asking);
  return !changes(method) || method.asker === 'operator'
    ? done(method, params, asking)
    : withinBounds(asking, () => done(method, params, asking));
}

const changes = ({ type, acts }: Pick<Method, 'type' | 'acts'>): boolean => type === 'procedure' || acts === true;

/** The context with who asks. */
async function admitted<C extends XrpcContext>(method: Method<C>, ctx: C): Promise<C | Refusal> {
  const { nsid, asker } = method;
  const refused = await method.authorize?.(ctx);
  if (refused) return refused;
  if (asker === 'operator' || asker === 'source') return ctx;
  const asking = await askingOf(ctx, { nsid, asker, changes: changes(method) });
  return isRefusal(asking) ? asking : { ...ctx, ...asking };
}

async function done<C extends XrpcContext>(method: Method<C>, params: object, ctx: C): Promise<Response> {
  const input = await readInput(method.input, ctx.request);
  if (isRefusal(input)) return refusalResponse(input);
  const output = await method.handle(params, input.value, ctx);
  // What it changed is seen at once, in this isolate at least.
  if (method.type === 'procedure') ctx.spaces.forget();
  return isRefusal(output) ? refusalResponse(output) : answer(output);
}

/** What may be done in a while, and how much of it is left. */
async function withinBounds(ctx: XrpcContext, work: () => Promise<Response>): Promise<Response> {
  const { request, viewer, own, signIns, now } = ctx;
  const quota = await spend(request, 'write', viewer?.did ?? null, { accounts: own.accounts, signIns });
  const response = quota?.isOver ? refusalResponse(TOO_MUCH) : await work();
  for (const [name, value] of quota ? quotaHeaders(quota, now) : []) response.headers.set(name, value);
  return response;
}

const TOO_MUCH = refuse('RateLimitExceeded', 'too much was written of late: wait as long as Retry-After says');

function wrongVerb(nsid: string, given: string, allowed: string[]): Response {
  const allow = allowed.join(', ');
  return errorResponse(405, 'InvalidRequest', `${nsid} is asked with ${allow}, not ${given}`, { allow });
}

function unknownMethod(nsid: string): Response {
  return isValidNsid(nsid)
    ? errorResponse(501, 'MethodNotImplemented', `this instance does not implement ${nsid}`)
    : errorResponse(400, 'InvalidRequest', 'the path must be /xrpc/ and the NSID of a method');
}

const isOurHost = async (ctx: XrpcContext, hostname: string): Promise<boolean> =>
  ctx.instanceHosts.includes(hostname) || (await readDidOfHost(ctx, hostname)) !== null;

/** What one may see may change with every moment and every viewer. */
const answer = (body: object): Response =>
  Response.json(body, { headers: { 'cache-control': 'private, max-age=0, must-revalidate' } });
