/** Follows the firehose of one PDS and turns its frames into Jetstream messages. */
import { type Cid, isLexMap } from '@atproto/lex';
import { decode, decodeAll } from '@atproto/lex-cbor';
import { readCar } from '@atproto/repo';
import WebSocket from 'ws';
import type { Feed } from './feed.ts';
import type { Hosting } from './hosting.ts';
import { accountLine, commitLine, identityLine, syncLine } from './wire.ts';

const RETRY_MS = 200;

interface Commit {
  repo: string;
  rev: string;
  seq: number;
  blocks: Uint8Array;
  ops: { action: 'create' | 'update' | 'delete'; path: string; cid: Cid | null }[];
}

interface Identity {
  did: string;
  seq: number;
  time: string;
  handle?: string;
}

interface Sync {
  did: string;
  seq: number;
  time: string;
  rev: string;
  blocks: Uint8Array;
}

interface Account {
  did: string;
  seq: number;
  time: string;
  active: boolean;
  status?: string;
}

export class Firehose {
  private socket: WebSocket | undefined;
  private retry: NodeJS.Timeout | undefined;
  private stopped = false;
  /** Frames are decoded one after another: the order of the host is the order of the log. */
  private work: Promise<void> = Promise.resolve();

  /** @param host the PDS's public address, by which its sequence is remembered */
  constructor(
    private readonly host: string,
    private readonly feed: Feed,
    private readonly hosting: Hosting | undefined,
    private readonly onForeign: () => void,
  ) {}

  start(): void {
    const url = new URL('/xrpc/com.atproto.sync.subscribeRepos', this.host);
    url.protocol = 'ws:';
    url.searchParams.set('cursor', String(this.feed.seqOf(this.host)));
    const socket = new WebSocket(url, { perMessageDeflate: false });
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      // One frame that cannot be read must not end the stream of all the others.
      this.work = this.work.then(() => this.take(data)).catch((error) => console.error(this.host, error));
    });
    // A refused connection also closes, and that is where it is tried again.
    socket.on('error', () => {});
    socket.on('close', () => {
      if (!this.stopped) this.retry = setTimeout(() => this.start(), RETRY_MS);
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    this.socket?.terminate();
    await this.work;
  }

  private async take(data: Buffer): Promise<void> {
    const [header, body] = [...decodeAll(data)];
    if (!isLexMap(header) || !isLexMap(body)) return;
    const type = header.t;
    const did = String(body.repo ?? body.did ?? '');
    // Both are rare and come with a move, when the old server may be heard before the new one.
    if (type === '#identity' || type === '#account') this.hosting?.forget(did);
    if (this.stopped) return;
    if (this.hosting !== undefined && !(await this.hosting.isAt(did, this.host))) this.onForeign();
    else if (type === '#commit') await this.commit(body as unknown as Commit);
    else if (type === '#identity') this.identity(body as unknown as Identity);
    else if (type === '#account') this.account(body as unknown as Account);
    else if (type === '#sync') this.sync(body as unknown as Sync);
    if (typeof body.seq === 'number') this.feed.advance(this.host, body.seq);
  }

  private async commit(commit: Commit): Promise<void> {
    const { blocks } = await readCar(commit.blocks);
    for (const { action, path, cid } of commit.ops) {
      const [collection = '', rkey = ''] = path.split('/');
      const bytes = cid === null ? undefined : blocks.get(cid);
      const written = cid && bytes ? { record: decode(bytes), cid: cid.toString() } : {};
      const event = { did: commit.repo, rev: commit.rev, operation: action, collection, rkey, ...written };
      this.feed.append((timeUs) => commitLine(event, timeUs));
    }
  }

  private identity(event: Identity): void {
    this.feed.append((timeUs) => identityLine(event, timeUs));
  }

  private account(event: Account): void {
    this.feed.append((timeUs) => accountLine(event, timeUs));
  }

  private sync(event: Sync): void {
    this.feed.append((timeUs) => syncLine(event, timeUs));
  }
}
