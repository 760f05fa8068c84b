/** How many connections one space's object holds on this machine, what ends that, and how fast a burst reaches them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { Community } from './community.ts';
import { SPACE } from './mixes.ts';
import { type BenchWorker, startBenchWorker } from './workerd.ts';
import { LineWriter } from './writer.ts';

export interface ListenResult {
  /** Connections that were open at once. */
  sockets: number;
  /** Why there were not more. */
  limit: string;
  openedPerSec: number;
  /** Memory of workerd and its open files, for each of them. */
  kbPerSocket: number;
  filesPerSocket: number;
  /** 1,000 events to 200 connections: milliseconds until the last was heard. */
  burstMs: number;
  /** One event to all connections; not measured beyond the limit, for workerd may not outlive it. */
  oneToAllMs: number | null;
}

const BURST = { events: 1_000, clients: 200, batch: 100 };
const AT_ONCE = 50;
const TIMEOUT_MS = 120_000;

class Client {
  readonly times: number[] = [];
  readonly socket: WebSocket;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => void this.times.push((JSON.parse(String(data)) as { time_us: number }).time_us));
  }

  static open(port: number): Promise<Client> {
    const socket = new WebSocket(`ws://localhost:${port}/subscribe?space=${SPACE}`, { perMessageDeflate: false });
    const client = new Client(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(client));
      socket.once('unexpected-response', (_, answer) =>
        reject(new Error(`the instance answered ${answer.statusCode}`)),
      );
      socket.once('error', reject);
    });
  }
}

export async function listen(most: number, progress: (line: string) => void): Promise<ListenResult> {
  const { past, news } = lines();
  const worker = await startBenchWorker({
    vars: { FOLLOW_MODE: 'drain', DEVELOPMENT: '1', JETSTREAM_URLS: 'ws://127.0.0.1:9/subscribe' },
  });
  const clients: Client[] = [];
  try {
    await worker.ask('prepare', { space: SPACE, past, authors: [] });
    await openMore(clients, BURST.clients, worker);
    const burstMs = await tell(worker, clients, news.slice(0, BURST.events));
    progress(`${BURST.events} events to ${BURST.clients} clients in ${burstMs} ms`);
    const before = workerdNow();
    const began = performance.now();
    const limit = await openMore(clients, most, worker);
    const more = clients.length - BURST.clients;
    const openedPerSec = Math.round(more / ((performance.now() - began) / 1000));
    const { kb, files } = workerdNow();
    const [kbPerSocket, filesPerSocket] = [
      Math.round((kb - before.kb) / more),
      Math.round((files - before.files) / more),
    ];
    progress(`${clients.length} connections: ${limit}`);
    for (const { times } of clients) times.length = 0;
    const last = news.slice(BURST.events, BURST.events + 1);
    const oneToAllMs = clients.length < most ? null : await tell(worker, clients, last);
    return { sockets: clients.length, limit, openedPerSec, kbPerSocket, filesPerSocket, burstMs, oneToAllMs };
  } finally {
    for (const { socket } of clients) socket.terminate();
    await worker.stop();
  }
}

/** What came before, and what comes: each a record of its own. */
function lines(): { past: string[]; news: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const writer = new LineWriter(join(folder, 'lines.jsonl'), Date.now() - 3_600_000, 10);
  const community = new Community(writer, SPACE, { from: 1000, count: 20 });
  community.profile();
  for (let i = 0; i < BURST.events + 20; i++) community.create('post');
  const { past } = writer.close();
  const news = readFileSync(join(folder, 'lines.jsonl'), 'utf8').trimEnd().split('\n');
  rmSync(folder, { recursive: true });
  return { past, news };
}

/** Says why it stopped. */
async function openMore(clients: Client[], most: number, { port }: BenchWorker): Promise<string> {
  while (clients.length < most) {
    const asked = Array.from({ length: Math.min(AT_ONCE, most - clients.length) }, () => Client.open(port));
    const opened = await Promise.allSettled(asked);
    for (const one of opened) if (one.status === 'fulfilled') clients.push(one.value);
    const failed = opened.find((one) => one.status === 'rejected');
    if (failed) return String(failed.reason);
  }
  return `no more were asked for than ${most}`;
}

/** Milliseconds until everybody has heard all, in order. */
async function tell(worker: BenchWorker, clients: Client[], news: string[]): Promise<number> {
  const began = performance.now();
  for (let at = 0; at < news.length; at += BURST.batch) await worker.ask('tell', news.slice(at, at + BURST.batch));
  while (clients.some(({ times }) => times.length < news.length)) {
    if (performance.now() - began > TIMEOUT_MS) throw new Error('not everything was heard');
    await new Promise((done) => setTimeout(done, 5));
  }
  const ms = Math.round(performance.now() - began);
  const [first] = clients;
  for (const { times } of clients) {
    if (
      times.length !== news.length ||
      times.some((time, i) => time !== first?.times[i] || time <= (times[i - 1] ?? 0))
    ) {
      throw new Error('events were lost, told twice or out of order');
    }
  }
  return ms;
}

/** Memory and open files of the processes that this one has started: workerd's. */
function workerdNow(): { kb: number; files: number } {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  const used = { kb: 0, files: 0 };
  for (const pid of children) {
    used.kb += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    used.files += readdirSync(`/proc/${pid}/fd`).length;
  }
  return used;
}
