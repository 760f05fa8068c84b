/** The Worker in workerd on this machine, as `npm start`, `npm run dev`, tests and benches run it. */
import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { unstable_readConfig as readConfig, unstable_getMiniflareWorkerOptions as workerSettings } from 'wrangler';
import { bundleWorker } from './worker/bundle.ts';
import { migrate } from './worker/migrate.ts';

export interface WorkerOptions {
  /** Folder of D1, R2 and the Durable Objects; `wrangler ... --persist-to` of the same folder sees them. */
  persist: string;
  /** Any free one when absent or 0. */
  port?: number;
  host?: string;
  /** Variables and secrets. */
  vars: Record<string, string>;
  /** Fires the cron triggers of wrangler.toml, which nothing else does locally. */
  crons?: boolean;
  /** A line that the Worker logged. */
  onLog?(line: string): void;
  /** workerd had died and runs again. */
  onRestart?(): void;
}

export interface RunningWorker {
  /** Origin, e.g. `http://localhost:8787`. The Worker sees the Host that a request names. */
  readonly url: string;
  readonly port: number;
  readonly miniflare: Miniflare;
  /** Processes of workerd that this process has now; one that is killed is started again. */
  pids(): number[];
  scheduled(): Promise<void>;
  stop(): Promise<void>;
}

const CRON_MS = 5 * 60_000;

export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { modules } = await bundleWorker();
  const config = readConfig({ config: 'wrangler.toml' });
  const { workerOptions } = workerSettings(config);
  const { host = '127.0.0.1', port = 0 } = options;
  const children = watchChildren();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...workerOptions,
      name: 'commonplace',
      modules,
      // Not wrangler's: those would bring a developer's .dev.vars into every test.
      bindings: { ...config.vars, ...options.vars },
      // Straight to workerd: Miniflare's own front on `port` would halve the speed and rewrite answers.
      unsafeDirectSockets: [{ host, port }],
      host,
      port: 0,
      cf: false,
      resourcePersistencePath: join(options.persist, 'v3'),
      log: new Log(LogLevel.ERROR),
      logRequests: false,
      handleStructuredLogs: ({ message }) => options.onLog?.(message),
      unsafeHandleRuntimeRestart: () => options.onRestart?.(),
    }),
  );
  try {
    const address = await miniflare.unsafeGetDirectURL();
    await migrate(await miniflare.getD1Database('DB'));
    return running(miniflare, Number(address.port), children, options.crons ?? false);
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
}

function running(miniflare: Miniflare, port: number, children: Children, crons: boolean): RunningWorker {
  const scheduled = async (): Promise<void> => {
    await (await miniflare.getWorker()).scheduled();
  };
  // A failed round says so in the Worker's own log, and the next one comes.
  const timer = crons ? setInterval(() => void scheduled().catch(() => {}), CRON_MS) : undefined;
  return {
    url: `http://localhost:${port}`,
    port,
    miniflare,
    pids: children.pids,
    scheduled,
    async stop() {
      clearInterval(timer);
      children.stop();
      await miniflare.dispose();
    },
  };
}

interface Children {
  pids(): number[];
  stop(): void;
}

/** Miniflare hides its child process; Node tells of every one that is made. */
function watchChildren(): Children {
  const workerds = new Set<ChildProcess>();
  const onChild = (message: unknown): void => {
    const { process: child } = message as { process: ChildProcess };
    workerds.add(child);
    child.once('exit', () => workerds.delete(child));
  };
  subscribe('child_process', onChild);
  return {
    pids: () => [...workerds].flatMap(({ pid, spawnfile }) => (pid && /workerd[^/\\]*$/.test(spawnfile) ? [pid] : [])),
    stop: () => unsubscribe('child_process', onChild),
  };
}
