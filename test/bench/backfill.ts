/** How fast the repositories of a space are read through real PDSes, beside reading them and keeping nothing. */

import { outbound } from '../../src/cloudflare/fetch.ts';
import { pdsPort } from '../../src/cloudflare/pds.ts';
import { NSID } from '../../src/domain/collections.ts';
import { readSome } from '../../src/sync/reading.ts';
import { readCar } from '../../src/sync/repository-car.ts';
import { Dice } from '../model/dice.ts';
import { type Account, type Network, startNetwork } from '../network/index.ts';
import { Speech } from './speech.ts';
import { type BenchWorker, startBenchWorker } from './workerd.ts';

export interface BackfillResult {
  repositories: number;
  records: number;
  /** From the word of the operator until the last repository is in the index. */
  recordsPerSec: number;
  /** Reading alone, by the same code and as many at once, as a share of that time. */
  waitShare: number;
  rowsWrittenPerRecord: number;
  /** Reading alone, each repository as one CAR file, and page by page. */
  getRepoRecordsPerSec: number;
  listRecordsPerSec: number;
}

export interface BackfillBench {
  repositories: number;
  recordsEach: number;
}

const HOST = 'bench.localhost';
const TOKEN = 'bench';
const AT_ONCE = 6;
const WRITES = 100;

export async function backfill(options: BackfillBench, progress: (line: string) => void): Promise<BackfillResult> {
  const network = await startNetwork({ pdsCount: 2 });
  try {
    const { group, authors } = await populate(network, options, progress);
    const alone = await readAlone(authors);
    const { ms, rows } = await readIntoIndex(network, group, authors.length * options.recordsEach);
    const records = authors.length * options.recordsEach;
    const perSec = (took: number): number => Math.round((records / took) * 1000);
    return {
      ...{ repositories: authors.length, records, recordsPerSec: perSec(ms) },
      waitShare: Number((Math.min(alone.car, alone.pages) / ms).toFixed(2)),
      rowsWrittenPerRecord: Number((rows / records).toFixed(2)),
      ...{ getRepoRecordsPerSec: perSec(alone.car), listRecordsPerSec: perSec(alone.pages) },
    };
  } finally {
    await network.stop();
  }
}

async function populate(
  network: Network,
  { repositories, recordsEach }: BackfillBench,
  progress: (line: string) => void,
) {
  const [first] = network.pds;
  const group = await first.createAccount({ handle: 'club.test' });
  const createdAt = new Date().toISOString();
  const profile = {
    $type: NSID.profile,
    space: group.did,
    displayName: 'Bench',
    joinPolicy: 'open',
    postPolicy: 'anyone',
    createdAt,
  };
  await group.agent.com.atproto.repo.createRecord({
    repo: group.did,
    collection: NSID.profile,
    rkey: 'self',
    record: profile,
  });
  const speech = new Speech(new Dice(4));
  const authors: Account[] = [];
  for (let number = 0; number < repositories; number++) {
    const pds = network.pds[number % network.pds.length] ?? first;
    const author = await pds.createAccount({ handle: `person${number}.test` });
    authors.push(author);
    for (let at = 0; at < recordsEach; at += WRITES) {
      const writes = Array.from({ length: Math.min(WRITES, recordsEach - at) }, (_, n) => ({
        $type: 'com.atproto.repo.applyWrites#create' as const,
        collection: n % 4 === 0 ? NSID.topic : NSID.story,
        value: { space: group.did, title: speech.words(5), text: speech.words(40), createdAt },
      }));
      await author.agent.com.atproto.repo.applyWrites({ repo: author.did, writes });
    }
    progress(`${number + 1} of ${repositories} repositories written`);
  }
  return { group, authors };
}

/** Milliseconds of each way. */
async function readAlone(authors: Account[]): Promise<{ car: number; pages: number }> {
  const pds = pdsPort(outbound({ development: true }));
  const wanted = (): boolean => true;
  const home = (author: Account): string => new URL(author.agent.serviceUrl).origin;
  const car = await timed(authors, async (author) => {
    await readCar((await pds.repo(home(author), author.did, 50_000_000)) as Uint8Array, author.did, wanted);
  });
  const noCar = { ...pds, repo: () => Promise.reject(Object.assign(new Error('in pages'), { failure: 'too-large' })) };
  const pages = await timed(authors, async (author) => {
    for (let position: string | null = ''; position !== null; ) {
      const { did } = author;
      const reading: Awaited<ReturnType<typeof readSome>> = await readSome(noCar, {
        pds: home(author),
        did,
        position,
        wanted,
        limit: 1000,
      });
      position = reading?.next ?? null;
    }
  });
  return { car, pages };
}

async function timed(authors: Account[], read: (author: Account) => Promise<void>): Promise<number> {
  const left = [...authors];
  const start = Date.now();
  const worker = async (): Promise<void> => {
    for (let author = left.shift(); author; author = left.shift()) await read(author);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return Date.now() - start;
}

async function readIntoIndex(network: Network, group: Account, records: number): Promise<{ ms: number; rows: number }> {
  network.jetstream.faults.set({ clamp: { lookbackMs: 0 } });
  const worker = await startBenchWorker({
    vars: {
      ...{ JETSTREAM_URLS: network.jetstream.url, RELAY_URLS: network.jetstream.httpUrl, PLC_URL: network.plc.url },
      ...{ HANDLE_RESOLVER: network.pds[0].url, DEVELOPMENT: '1', FOLLOW_MODE: 'live', ADMIN_TOKEN: TOKEN },
      INSTANCE_HOSTS: 'localhost,127.0.0.1',
    },
  });
  try {
    const start = Date.now();
    await admin(worker, 'addSpace', { subject: group.did, hosts: [HOST] });
    const db = (await worker.miniflare.getD1Database('DB')) as unknown as D1Database;
    for (let posts = 0; posts < records; ) {
      await new Promise((done) => setTimeout(done, 20));
      posts = (await db.prepare('select posts from space').first<number>('posts')) ?? 0;
      if (Date.now() - start > 600_000) throw new Error(`only ${posts} of ${records} records came in ten minutes`);
    }
    const ms = Date.now() - start;
    const { rows } = await worker.ask<{ rows: number }>('written', {});
    return { ms, rows };
  } finally {
    await worker.stop();
  }
}

async function admin({ port }: BenchWorker, method: string, input: object): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/xrpc/club.commonplace.admin.${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  if (!answer.ok) throw new Error(`${method} answered ${answer.status}: ${await answer.text()}`);
}
