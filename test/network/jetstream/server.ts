/** The Jetstream server of the local network: `/subscribe`, its faults and a relay's queries, on loopback. */
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
import { InvalidOptions, parseRequest, type Request } from './options.ts';
import { RelayView } from './relay.ts';
import { Reordering } from './reordering.ts';
import { readLines } from './replay.ts';
import { Subscriber } from './subscriber.ts';

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
    const url = new URL(request.url ?? '/', this.httpUrl);
    if (url.pathname !== '/subscribe') {
      refuse(socket, 404, 'Not Found', 'not found');
      return;
    }
    try {
      this.welcome(parseRequest(url.searchParams), request, socket, head);
    } catch (error) {
      if (!(error instanceof InvalidOptions)) throw error;
      refuse(socket, 400, 'Bad Request', error.message);
    }
  }

  private welcome(wanted: Request, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.upgrades.handleUpgrade(request, socket, head, (webSocket) => {
      const { faults, reordering, counters } = this;
      const closeAtEnd = this.options.closeAtEnd ?? false;
      const context = { log: this.feed.log, faults, reordering, closeAtEnd, counters };
      const subscriber = new Subscriber(context, webSocket, socket, wanted, this.startOf(wanted.cursor));
      this.subscribers.add(subscriber);
      counters.connections++;
      counters.open++;
      webSocket.on('close', () => {
        this.subscribers.delete(subscriber);
        counters.open--;
      });
    });
  }

  private startOf(cursor: number | undefined): number {
    const { log } = this.feed;
    const isReplay = this.options.replay !== undefined;
    const now = isReplay ? log.lastTimeUs() : Math.max(Date.now() * 1000, log.lastTimeUs());
    if (cursor === undefined) return isReplay ? 0 : log.length;
    if (cursor > now) return log.length;
    const { clamp } = this.faults.current;
    const usual = this.options.lookbackMs ?? (isReplay ? Number.POSITIVE_INFINITY : DEFAULT_LOOKBACK_MS);
    const floor = now - (clamp?.lookbackMs ?? usual) * 1000;
    if (clamp !== undefined && cursor < floor) this.faults.fire('clamp');
    return log.indexAt(Math.max(cursor, floor));
  }
}

function refuse(socket: Duplex, status: number, reason: string, body: string): void {
  const head = `HTTP/1.1 ${status} ${reason}\r\ncontent-type: text/plain\r\nconnection: close\r\n`;
  socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
