/** How fast the stream is followed, beside an object that only counts its messages. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SPACE, writeMostlyOthers, writeNatural } from './mixes.ts';
import { measureRows } from './rows.ts';
import { startDirectory, startReplay } from './servers.ts';
import { differences } from './soundness.ts';
import { type BenchWorker, startBenchWorker } from './workerd.ts';
import type { Expected } from './writer.ts';

/** As the indexer asks for it: the yardsticks get the same bytes. */
const WANTED = '?wantedCollections=club.commonplace.*&wantedCollections=site.standard.*';
const TIMEOUT_MS = 600_000;

interface Stage {
  url: string;
  expected: Expected;
  directory: string;
}

/** Writes the lines, replays them to whatever `work` starts, and clears up. */
async function onStage<T>(write: (path: string) => Expected, work: (stage: Stage) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'lines.jsonl');
  const expected = write(path);
  const directory = await startDirectory();
  const replay = await startReplay(path);
  try {
    return await work({ url: replay.url, expected, directory: directory.url });
  } finally {
    await replay.stop();
    directory.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A workerd of its own with empty storage: each run of each side begins alike. */
export async function inWorkerd<T>(
  { url, directory }: Pick<Stage, 'url' | 'directory'>,
  work: (worker: BenchWorker) => Promise<T>,
): Promise<T> {
  const names = { PLC_URL: directory, HANDLE_RESOLVER: directory, RELAY_URLS: 'none', DEVELOPMENT: '1' };
  const worker = await startBenchWorker({ vars: { JETSTREAM_URLS: url, FOLLOW_MODE: 'live', ...names } });
  try {
    return await work(worker);
  } finally {
    await worker.stop();
  }
}

/** Milliseconds; fails when what is held then is not what must be. */
async function follow(worker: BenchWorker, expected: Expected): Promise<number> {
  const { endUs, lines, past, authors } = expected;
  await worker.ask('prepare', { space: SPACE, past, authors });
  const { ms, cursor } = await worker.ask<{ ms: number; cursor: number }>('follow', {
    endUs,
    timeoutMs: TIMEOUT_MS,
  });
  if (cursor < endUs)
    throw new Error(`the indexer stands at ${cursor} after ${ms} ms, and the ${lines} lines end at ${endUs}`);
  const found = await differences(worker, expected);
  if (found.length > 0) throw new Error(`what was admitted is not what belongs:\n${found.slice(0, 20).join('\n')}`);
  return ms;
}

const perSec = (n: number, ms: number): number => Math.round((n / ms) * 1000);
const best = (runs: number[]): number => Math.min(...runs);

export interface IngestResult {
  n: number;
  eventsPerSec: number;
  bareReceivePerSec: number;
}

/** Both sides run in turn, each in a fresh workerd; the best run of each counts. */
export function ingest({ n, rounds }: { n: number; rounds: number }): Promise<IngestResult> {
  return onStage(
    (path) => writeMostlyOthers({ path, n, authors: 100 }),
    async (stage) => {
      const [bare, real]: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round++) {
        const received = inWorkerd(stage, (worker) =>
          worker.ask<{ ms: number }>('receive', { url: stage.url + WANTED, n }),
        );
        bare.push((await received).ms);
        real.push(await inWorkerd(stage, (worker) => follow(worker, stage.expected)));
        progress(
          `round ${round + 1}: bare ${perSec(n, bare[round] as number)}/s, indexer ${perSec(n, real[round] as number)}/s`,
        );
      }
      return { n, eventsPerSec: perSec(n, best(real)), bareReceivePerSec: perSec(n, best(bare)) };
    },
  );
}

export interface AdmitResult {
  n: number;
  admittedPerSec: number;
  keyedInsertPerSec: number;
  rowsWrittenPerPost: number;
  rowsWrittenPerReply: number;
  rowsWrittenPerLike: number;
  rowsWrittenPerRepeat: number;
}

export async function ingestAll({ n, rounds }: { n: number; rounds: number }): Promise<AdmitResult> {
  const speeds = await onStage(
    (path) => writeNatural({ path, n, authors: 300 }),
    async (stage) => {
      const [keyed, real]: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round++) {
        const inserted = inWorkerd(stage, (worker) =>
          worker.ask<{ ms: number }>('keyed', { url: stage.url + WANTED, n }),
        );
        keyed.push((await inserted).ms);
        real.push(await inWorkerd(stage, (worker) => follow(worker, stage.expected)));
        progress(
          `round ${round + 1}: keyed insert ${perSec(n, keyed[round] as number)}/s, admission ${perSec(n, real[round] as number)}/s`,
        );
      }
      return { n, admittedPerSec: perSec(n, best(real)), keyedInsertPerSec: perSec(n, best(keyed)) };
    },
  );
  const { post, reply, like } = await measureRows();
  const repeats = Math.max(post.again, reply.again, like.again);
  const rows = { rowsWrittenPerPost: post.alone, rowsWrittenPerReply: reply.alone, rowsWrittenPerLike: like.alone };
  console.error(post, reply, like);
  return { ...speeds, ...rows, rowsWrittenPerRepeat: repeats };
}

const progress = (text: string): void => void process.stderr.write(`${text}\n`);
