/** A worker over a database of so many posts, with one thread of fifty replies. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Community } from './community.ts';
import { SPACE } from './mixes.ts';
import { type BenchWorker, startBenchWorker } from './workerd.ts';
import { LineWriter } from './writer.ts';

const AUTHORS = 300;
const BATCH_LINES = 800;
const REPLIES = 50;

export const HOST = 'bench.localhost';
/** Between two lines, as `LineWriter` has it: the newest are of the last hours, whatever the size. */
const STEP_MS = 20;

export interface Filled {
  worker: BenchWorker;
  /** Path of the thread on the space's site. */
  thread: string;
  /** A word that many posts hold. */
  word: string;
}

export async function startFilled(posts: number): Promise<Filled> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'lines.jsonl');
  const writer = new LineWriter(path, Date.now() - posts * 3 * STEP_MS - 3_600_000);
  const community = new Community(writer, SPACE, { from: 1000, count: AUTHORS });
  community.profile();
  for (let i = 0; community.posts.length < posts - 1; i++) community.create(i % 4 === 3 ? 'like' : 'post');
  const thread = community.thread(REPLIES);
  writer.close();
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  rmSync(folder, { recursive: true });
  const worker = await startBenchWorker({
    vars: {
      METER: '1',
      FOLLOW_MODE: 'drain',
      INSTANCE_HOSTS: 'localhost',
      DEVELOPMENT: '1',
      RELAY_URLS: 'none',
      JETSTREAM_URLS: 'ws://127.0.0.1:9/subscribe',
    },
  });
  for (let at = 0; at < lines.length; at += BATCH_LINES) {
    await worker.ask('admit', lines.slice(at, at + BATCH_LINES).join('\n'));
  }
  const database = await worker.miniflare.getD1Database('DB');
  // As if all names had been looked up: that is not what is measured.
  await database.batch([
    database.prepare(`insert into identity (did, handle) select did, substr(did, 9, 8) || '.test' from author_space where true
      on conflict do update set handle = excluded.handle`),
    database.prepare('delete from job'),
  ]);
  const section = thread.collection.endsWith('.story') ? 'stories' : 'topics';
  return { worker, thread: `/${section}/${thread.rkey}`, word: community.commonWord };
}
