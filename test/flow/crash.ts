/** Kills workerd at random moments of a replay; what the index holds in the end must be the model's fold of the same events. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type RunningWorker, startWorker } from '../../src/cli/worker.ts';
import { givesPower } from '../../src/domain/collections.ts';
import type { StreamEvent } from '../../src/domain/event.ts';
import type { Did } from '../../src/domain/model.ts';
import { world } from '../model/cast.ts';
import { jetstreamLines, late } from '../model/delivery.ts';
import { Dice } from '../model/dice.ts';
import { choicesOf, history } from '../model/generate.ts';
import { fold } from '../model/model.ts';
import type { Index, World } from '../model/nouns.ts';
import { breaches, differences, readIndex } from '../model/tables.ts';
import { type Directory, startDirectory } from './directory.ts';
import { IndexFile } from './index-file.ts';
import { signed, withTrueCids } from './signing.ts';

export interface CrashOptions {
  events: number;
  kills: number;
  seed: number;
  /** A line about what happened. */
  log(line: string): void;
}

export interface CrashResult {
  /** How many of the events were in the index when each kill fell. */
  killedAt: number[];
  events: number;
  /** What is wrong with the index in the end. */
  wrong: string[];
}

/**
 * Nobody is known before the batch that brings their first record is written, and of those not known deletions are rightly
 * passed over: the opening is told again until no batch can hold it and what follows.
 */
const LARGEST_BATCH = 1_000;
/**
 * Two seconds of silence, which a busy machine can make, count as a drained stream, and its cursor becomes the time of
 * connecting. Events that are a little ahead of our clock keep that, which is no crash, out of this test.
 */
const AHEAD_MS = 30 * 60_000;
const END_MS = 240_000;
/** So many that no one of them reaches the limit of what a non-member may have pending. */
const authorsFor = (events: number): number => Math.max(8, Math.ceil(events / 125));

export async function crashTest(options: CrashOptions): Promise<CrashResult> {
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const now = Date.now();
    const events = await withTrueCids(tell(options, now));
    const told = world(now);
    const file = join(folder, 'events.jsonl');
    const firstUs = (now + AHEAD_MS) * 1000;
    writeFileSync(file, `${jetstreamLines(events, firstUs).join('\n')}\n`);
    const directory = await startDirectory(lastStatuses(events), await signed(events, now));
    closers.push(() => directory.stop());
    const replay = await startReplay(file);
    closers.push(() => stopChild(replay.child));
    const run = new Run(options, { folder, firstUs, count: events.length, directory, jetstream: replay.url });
    closers.push(() => run.stop());
    const killedAt = await run.killRepeatedly(events, told);
    const wrong = await run.finish(events, told);
    return { killedAt, events: events.length, wrong };
  } finally {
    for (const close of closers.toReversed()) await close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The opening, then everything late, out of order and repeated; as many as asked for. */
function tell({ events, seed }: CrashOptions, now: number): StreamEvent[] {
  const pace = (2 * 35 * 24 * 3_600_000) / events;
  const told = history(choicesOf(seed, events), { authors: authorsFor(events), pace, snapshots: false, now });
  const again = Math.ceil(LARGEST_BATCH / told.opening.length);
  const openings = Array.from({ length: 1 + again }, () => told.opening).flat();
  return [...openings, ...late(told.events, new Dice(seed))].slice(0, events);
}

/**
 * A server answers with how things stand in the end: a status is noted with the time of asking, and what is proven with the
 * last rev of its repository.
 */
const untimed = (index: Index): Index => ({
  ...index,
  accounts: index.accounts.map((account) => ({ ...account, at: 0 })),
  authors: index.authors.map((author) => ({ ...author, rev: '' })),
  records: index.records.map((record) =>
    givesPower(record.collection) ? { ...record, rev: '', snapshot: false, sortAt: 0 } : record,
  ),
});

function lastStatuses(events: StreamEvent[]): Map<Did, string> {
  const accounts = events.filter((event) => event.kind === 'account').toSorted((a, b) => a.at - b.at);
  return new Map(accounts.map(({ did, status }) => [did, status]));
}

async function startReplay(file: string): Promise<{ child: ChildProcess; url: string }> {
  const main = fileURLToPath(new URL('../network/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--replay', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line')) as [string];
  return { child, url: (JSON.parse(line) as { jetstream: string }).jetstream };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

interface Place {
  folder: string;
  firstUs: number;
  count: number;
  directory: Directory;
  jetstream: string;
}

class Run {
  private readonly options: CrashOptions;
  private readonly place: Place;
  private readonly index: IndexFile;
  private worker: RunningWorker | null = null;

  constructor(options: CrashOptions, place: Place) {
    this.options = options;
    this.place = place;
    this.index = new IndexFile(join(place.folder, 'worker'));
  }

  async killRepeatedly(events: StreamEvent[], told: World): Promise<number[]> {
    const { kills, seed, log } = this.options;
    const dice = new Dice(seed + 1);
    await this.start();
    await this.found(events, told);
    await this.wake();
    const killedAt: number[] = [];
    for (let kill = 1; kill <= kills; kill++) {
      const share = (kill - dice.roll()) / (kills + 1);
      const admitted = await this.reach(Math.floor(share * this.place.count));
      await sleep(dice.below(60));
      killedAt.push(Math.max(admitted, await this.kill()));
      log(`kill ${kill} of ${kills}: ${killedAt.at(-1)} of ${this.place.count} events admitted`);
      await this.start();
      await this.wake();
    }
    return killedAt;
  }

  private async start(): Promise<void> {
    const { folder, jetstream, directory } = this.place;
    this.worker = await startWorker({
      persist: join(folder, 'worker'),
      vars: {
        ...{
          JETSTREAM_URLS: jetstream,
          PLC_URL: directory.url,
          HANDLE_RESOLVER: directory.url,
          RELAY_URLS: 'none',
          DEVELOPMENT: '1',
        },
        ...{ FOLLOW_MODE: 'live', INSTANCE_HOSTS: 'localhost', ALLOWED_COLLECTIONS: world().allowed.join(',') },
      },
    });
  }

  /** The spaces are followed from the beginning, and what they take is known. */
  private async found(events: StreamEvent[], told: World): Promise<void> {
    const db = (await this.worker?.miniflare.getD1Database('DB')) as unknown as D1Database;
    for (const did of told.spaces) {
      const profile = events.find((event) => event.kind === 'record' && event.did === did && event.rkey === 'self');
      const text = profile?.kind === 'record' ? JSON.stringify(profile.record) : null;
      const sql = 'insert into space (did, display_name, added_at, profile) values (?, ?, 1, ?)';
      await db.prepare(sql).bind(did, did, text).run();
    }
  }

  /** Any request wakes the indexer. */
  private async wake(): Promise<void> {
    await (await fetch(`${this.worker?.url}/xrpc/_health`)).body?.cancel();
  }

  private admitted(): number {
    const { cursor } = this.index.standing();
    return Math.min(this.place.count, Math.max(0, cursor - this.place.firstUs + 1));
  }

  private async reach(events: number): Promise<number> {
    const end = Date.now() + END_MS;
    for (;;) {
      const admitted = this.admitted();
      if (admitted >= events) return admitted;
      if (Date.now() > end) throw new Error(`only ${admitted} of ${events} events came in ${END_MS} ms`);
      await sleep(5);
    }
  }

  /** Gives how many events were admitted when it fell. */
  private async kill(): Promise<number> {
    for (const pid of this.worker?.pids() ?? []) process.kill(pid, 'SIGKILL');
    const admitted = this.admitted();
    await this.stop();
    return admitted;
  }

  async finish(events: StreamEvent[], told: World): Promise<string[]> {
    await this.reach(events.length);
    const end = Date.now() + END_MS;
    while (this.index.standing().jobs > 0) {
      if (Date.now() > end) throw new Error(`${this.index.standing().jobs} jobs are left after ${END_MS} ms`);
      await sleep(50);
    }
    this.options.log(
      `${events.length} events admitted, ${this.place.directory.asked()} accounts asked after; comparing`,
    );
    const { query } = this.index;
    const drops = await query('select reason, count from drop_count order by reason');
    const gaps = await query('select reason, count(*) as count from gap group by reason');
    for (const { reason, count } of [...drops, ...gaps]) this.options.log(`${reason}: ${count}`);
    const [model, tables] = [untimed(fold(events, told)), untimed(await readIndex(query))];
    return [...differences(model, tables), ...(await breaches(query))];
  }

  async stop(): Promise<void> {
    this.index.close();
    await this.worker?.stop();
    this.worker = null;
  }
}
