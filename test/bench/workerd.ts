/** The benches' Worker in workerd: the deployed one with the yardsticks beside it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions as workerSettings } from 'wrangler';
import { migrate } from '../../src/cli/worker/migrate.ts';

const ENTRY = 'test/bench/worker/app.ts';

export interface BenchWorker {
  port: number;
  miniflare: Miniflare;
  ask<T>(name: string, parameters: unknown): Promise<T>;
  stop(): Promise<void>;
}

export interface BenchWorkerOptions {
  vars: Record<string, string>;
  /** In memory when absent. */
  persist?: string;
  inspectorPort?: number;
}

export async function startBenchWorker({ vars, persist, inspectorPort }: BenchWorkerOptions): Promise<BenchWorker> {
  const { workerOptions } = workerSettings('wrangler.toml');
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...workerOptions,
      name: 'commonplace',
      modules: [{ type: 'ESModule', path: 'app.js', contents: await bundle() }],
      bindings: { ...vars },
      durableObjects: { ...workerOptions.durableObjects, YARDSTICK: { className: 'Yardstick', useSQLite: true } },
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      port: 0,
      cf: false,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ message }) => {
        if (process.env.BENCH_LOG === '1') process.stderr.write(`${message}\n`);
      },
      ...(persist === undefined ? {} : { resourcePersistencePath: persist }),
      ...(inspectorPort === undefined ? {} : { inspectorPort }),
    }),
  );
  const port = Number((await miniflare.unsafeGetDirectURL()).port);
  await migrate(await miniflare.getD1Database('DB'));
  return {
    port,
    miniflare,
    ask: (name, parameters) => ask(port, name, parameters),
    stop: () => miniflare.dispose(),
  };
}

async function ask<T>(port: number, name: string, parameters: unknown): Promise<T> {
  const body = typeof parameters === 'string' ? parameters : JSON.stringify(parameters);
  const answer = await fetch(`http://127.0.0.1:${port}/bench/${name}`, { method: 'POST', body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`/bench/${name} answered ${answer.status}: ${text.slice(0, 2000)}`);
  return JSON.parse(text) as T;
}

let bundled: Promise<Uint8Array> | undefined;
const bundle = (): Promise<Uint8Array> => {
  bundled ??= bundleOnce();
  return bundled;
};

async function bundleOnce(): Promise<Uint8Array> {
  const out = mkdtempSync(join(tmpdir(), 'bench-bundle-'));
  try {
    const args = ['node_modules/.bin/wrangler', 'deploy', ENTRY, '--dry-run', '--outdir', out];
    const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1' };
    await promisify(execFile)(process.execPath, args, { env, maxBuffer: 10_000_000 });
    return readFileSync(join(out, 'app.js'));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
