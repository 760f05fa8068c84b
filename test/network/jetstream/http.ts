/** The server's plain HTTP side: fault control, injection, and a relay's queries. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultChanges, Faults } from './faults.ts';
import type { Feed, Injected } from './feed.ts';
import { type Answer, invalid, type RelayView } from './relay.ts';
import { isObject } from './wire.ts';

const MAX_BODY_BYTES = 256 * 1024 * 1024;

export interface Counters {
  connections: number;
  open: number;
  /** Sent from the log; what faults add is not among them. */
  messages: number;
  /** Events refused because they came from a server that does not hold the account. */
  foreign: number;
}

export interface HttpContext {
  readonly feed: Feed;
  readonly faults: Faults;
  readonly relay: RelayView;
  readonly counters: Counters;
  readonly hosts: readonly string[];
  resolveHandle(handle: string): Promise<string | undefined>;
}

export async function answerHttp(
  context: HttpContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { status, body } = await route(context, request, url).catch((error: unknown) => {
    if (error instanceof TypeError || error instanceof SyntaxError) return invalid(error.message);
    throw error;
  });
  response.writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
  response.end(JSON.stringify(body));
}

async function route(context: HttpContext, request: IncomingMessage, url: URL): Promise<Answer> {
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /control':
      return control(context);
    case 'POST /control':
      change(context.faults, JSON.parse(await bodyOf(request)));
      return control(context);
    case 'POST /inject':
      return inject(context.feed, request.headers['content-type'] ?? '', await bodyOf(request));
    case 'GET /xrpc/com.atproto.sync.listReposByCollection':
      return context.relay.listReposByCollection(url.searchParams);
    case 'GET /xrpc/com.atproto.sync.getRepoStatus':
      return context.relay.getRepoStatus(url.searchParams);
    case 'GET /xrpc/com.atproto.sync.listHosts':
      return listHosts(context);
    case 'GET /xrpc/com.atproto.identity.resolveHandle':
      return resolveHandle(context, url.searchParams.get('handle') ?? '');
    default:
      return { status: 404, body: { error: 'NotFound', message: `nothing answers ${url.pathname}` } };
  }
}

function control({ feed, faults, counters }: HttpContext): Answer {
  const { log } = feed;
  const told = { length: log.length, firstTimeUs: log.length === 0 ? 0 : log.timeUs(0), lastTimeUs: log.lastTimeUs() };
  return { status: 200, body: { faults: faults.current, fired: faults.fired, counters, log: told } };
}

/** `{"clear": true}` switches everything off before the other changes are made. */
function change(faults: Faults, body: unknown): void {
  if (!isObject(body)) throw new TypeError('the body must be an object of faults');
  const { clear, ...changes } = body;
  if (clear === true) faults.clear();
  faults.set(changes as FaultChanges);
}

/** JSON brings one message or a list of them, any other type raw lines. */
function inject(feed: Feed, contentType: string, body: string): Answer {
  const parsed: unknown = contentType.includes('application/json')
    ? JSON.parse(body)
    : body.split('\n').filter(Boolean);
  const messages = Array.isArray(parsed) ? parsed : [parsed];
  if (!messages.every((message): message is Injected => typeof message === 'string' || isObject(message))) {
    throw new TypeError('a message is an object, or a string for a raw line');
  }
  feed.inject(messages);
  return { status: 200, body: { injected: messages.length } };
}

function listHosts({ feed, hosts }: HttpContext): Answer {
  const known = hosts.map((host) => ({ hostname: new URL(host).host, seq: feed.seqOf(host), status: 'active' }));
  return { status: 200, body: { hosts: known } };
}

async function resolveHandle(context: HttpContext, handle: string): Promise<Answer> {
  const did = await context.resolveHandle(handle);
  if (did !== undefined) return { status: 200, body: { did } };
  return { status: 400, body: { error: 'HandleNotFound', message: `unable to resolve ${handle}` } };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new TypeError(`the body is over ${MAX_BODY_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
