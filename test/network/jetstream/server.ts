/** The Jetstream server of the local network: `/subscribe` and v2's `subscribeEvents`, its faults and a relay's queries, on loopback. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { LOOPBACK } from '../loopback.ts';
import { Faults } from './faults.ts';
import { Feed, type Injected } from './feed.ts';
import { Firehose } from './firehose.ts';
import { Hosting } from './hosting.ts';
import { answerHttp, type Counters } from './http.ts';
import { InvalidOptions, parseRequest } from './options.ts';
import { RelayView } from './relay.ts';
import { Reordering } from './reordering.ts';
import { readLines } from './replay.ts';
import { Subscriber, type Subscription } from './subscriber.ts';
import { CursorTooOld, parseRequestV2, SUBSCRIBE_EVENTS, startOfV2 } from './v2.ts';

const DEFAULT_LOOKBACK_MS = 36 * 3600 * 1000;
const PING_MS = 30_000;
const MAX_CLIENT_MESSAGE_BYTES = 10_000_000;
/** Room for 10,000 wanted DIDs in a query. */
const MAX_REQUEST_HEAD_BYTES = 1024 * 1024;

export interface JetstreamOptions {
  port: number;
  stateDir?: string;
  /** Public addresses of the servers whose firehoses it follows. */
  hosts?: string[];
  /** The directory that tells which of them holds an account; without it each is believed about everyone. */
  plcUrl?: string;
  /** How far back a cursor may lie; 36 hours, or for a replayed file no limit. */
  lookbackMs?: number;
  resolveHandle?: (handle: string) => Promise<string | undefined>;
  /** A file of lines to serve: no cursor then means its beginning, and its last line is the present. */
  replay?: string;
  /** Close each connection when it has been told everything. */
  closeAtEnd?: boolean;
}

export interface Jetstream {
  /** Where a consumer connects: `ws://127.0.0.1:<port>/subscribe`. */
  readonly url: string;
  /** The same for v2. */
  readonly urlV2: string;
  readonly httpUrl: string;
  readonly faults: Faults;
  readonly counters: Readonly<Counters>;
  readonly feed: Feed;
  inject(messages: readonly Injected[]): void;
  stop(): Promise<void>;
}

export async function startJetstream(options: JetstreamOptions): Promise<Jetstream> {
  const server = new JetstreamServer(options);
  await server.start();
  return server;
}

class JetstreamServer implements Jetstream {
  readonly url: string;
  readonly urlV2: string;
  readonly httpUrl: string;
  readonly faults = new Faults();
  readonly counters: Counters = { connections: 0, open: 0, messages: 0, foreign: 0 };
  readonly relay = new RelayView();
  readonly feed: Feed;
  readonly hosts: readonly string[];
  private readonly reordering: Reordering;
  private readonly http: Server;
  private readonly upgrades = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_CLIENT_MESSAGE_BYTES,
  });
  private readonly subscribers = new Set<Subscriber>();
  private readonly firehoses: Firehose[];
  private pings: NodeJS.Timeout | undefined;

  constructor(private readonly options: JetstreamOptions) {
    this.feed = new Feed(options.stateDir, (message) => this.relay.note(message));
    this.reordering = new Reordering(this.feed.log);
    this.hosts = options.hosts ?? [];
    const hosting = options.plcUrl === undefined ? undefined : new Hosting(options.plcUrl);
    const onForeign = (): void => void this.counters.foreign++;
    this.firehoses = this.hosts.map((host) => new Firehose(host, this.feed, hosting, onForeign));
    this.http = createServer({ maxHeaderSize: MAX_REQUEST_HEAD_BYTES }, (request, response) => {
      void answerHttp(this, request, response);
    });
    this.http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    this.url = `ws://${LOOPBACK}:${options.port}/subscribe`;
    this.urlV2 = `ws://${LOOPBACK}:${options.port}/xrpc/${SUBSCRIBE_EVENTS}`;
    this.httpUrl = `http://${LOOPBACK}:${options.port}`;
  }

  async start(): Promise<void> {
    this.feed.open();
    if (this.options.replay !== undefined) await readLines(this.options.replay, this.feed.log);
    this.http.listen(this.options.port, LOOPBACK);
    await once(this.http, 'listening');
    for (const firehose of this.firehoses) firehose.start();
    this.pings = setInterval(() => {
      for (const client of this.upgrades.clients) client.ping();
    }, PING_MS);
  }

  inject(messages: readonly Injected[]): void {
    this.feed.inject(messages);
  }

  async resolveHandle(handle: string): Promise<string | undefined> {
    return this.options.resolveHandle?.(handle);
  }

  async stop(): Promise<void> {
    clearInterval(this.pings);
    await Promise.all(this.firehoses.map((firehose) => firehose.stop()));
    for (const subscriber of this.subscribers) subscriber.close(1001, 'server shutting down');
    for (const client of this.upgrades.clients) client.terminate();
    const closed = once(this.http, 'close');
    this.http.close();
    this.http.closeAllConnections();
    await closed;
    this.feed.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Who is refused, or dies while being welcomed, may hang up in any way.
    socket.on('error', () => socket.destroy());
    const url = new URL(request.url ?? '/', this.httpUrl);
    const isV2 = url.pathname === `/xrpc/${SUBSCRIBE_EVENTS}`;
    if (!isV2 && url.pathname !== '/subscribe') {
      refuse(socket, 404, 'Not Found', 'not found');
      return;
    }
    try {
      const subscription = isV2 ? this.subscriptionV2(url.searchParams) : this.subscription(url.searchParams);
      this.welcome(subscription, request, socket, head);
    } catch (error) {
      if (!(error instanceof InvalidOptions || error instanceof CursorTooOld)) throw error;
      const name = error instanceof CursorTooOld ? 'CursorTooOld' : 'InvalidRequest';
      const body = isV2 ? JSON.stringify({ error: name, message: error.message }) : error.message;
      refuse(socket, 400, 'Bad Request', body, isV2 ? 'application/json' : 'text/plain');
    }
  }

  private subscription(query: URLSearchParams): Subscription {
    const { cursor, filter, requireHello } = parseRequest(query);
    return { protocol: 'v1', filter, requireHello, from: this.startOf(cursor), outdated: false };
  }

  private subscriptionV2(query: URLSearchParams): Subscription {
    const { cursor, filter } = parseRequestV2(query);
    try {
      const { at, outdated } = startOfV2(this.feed.log, cursor, this.floorUs());
      if (outdated && this.faults.current.clamp) this.faults.fire('clamp');
      return { protocol: 'v2', filter, requireHello: false, from: at, outdated };
    } catch (error) {
      if (error instanceof CursorTooOld && this.faults.current.clamp) this.faults.fire('clamp');
      throw error;
    }
  }

  private welcome(subscription: Subscription, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.upgrades.handleUpgrade(request, socket, head, (webSocket) => {
      const { faults, reordering, counters } = this;
      const closeAtEnd = this.options.closeAtEnd ?? false;
      const context = { log: this.feed.log, faults, reordering, closeAtEnd, counters };
      const subscriber = new Subscriber(context, webSocket, socket, subscription);
      this.subscribers.add(subscriber);
      counters.connections++;
      counters.open++;
      webSocket.on('close', () => {
        this.subscribers.delete(subscriber);
        counters.open--;
      });
    });
  }

  private get isReplay(): boolean {
    return this.options.replay !== undefined;
  }

  private now(): number {
    const { log } = this.feed;
    return this.isReplay ? log.lastTimeUs() : Math.max(Date.now() * 1000, log.lastTimeUs());
  }

  /** What lies before this is forgotten. */
  private floorUs(): number {
    const { clamp } = this.faults.current;
    const usual = this.options.lookbackMs ?? (this.isReplay ? Number.POSITIVE_INFINITY : DEFAULT_LOOKBACK_MS);
    return this.now() - (clamp?.lookbackMs ?? usual) * 1000;
  }

  private startOf(cursor: number | undefined): number {
    const { log } = this.feed;
    if (cursor === undefined) return this.isReplay ? 0 : log.length;
    if (cursor > this.now()) return log.length;
    const floor = this.floorUs();
    if (this.faults.current.clamp !== undefined && cursor < floor) this.faults.fire('clamp');
    return log.indexAt(Math.max(cursor, floor));
  }
}

function refuse(socket: Duplex, status: number, reason: string, body: string, type = 'text/plain'): void {
  const head = `HTTP/1.1 ${status} ${reason}\r\ncontent-type: ${type}\r\nconnection: close\r\n`;
  socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
