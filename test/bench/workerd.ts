/** The benches' Worker in workerd: the deployed one with the yardsticks beside it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
  /** Folder of the database; a new one, removed at the end, when absent. */
  persist?: string;
  inspectorPort?: number;
}

export async function startBenchWorker({ vars, persist, inspectorPort }: BenchWorkerOptions): Promise<BenchWorker> {
  const { workerOptions } = workerSettings('wrangler.toml');
  const folder = persist ?? mkdtempSync(join(tmpdir(), 'bench-storage-'));
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...workerOptions,
      name: 'commonplace',
      modules: await bundle(),
      bindings: { ...vars },
      durableObjects: {
        INDEXER: { className: 'Indexer', useSQLite: true },
        YARDSTICK: { className: 'Yardstick', useSQLite: true },
      },
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      port: 0,
      cf: false,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ message }) => {
        if (process.env.BENCH_LOG === '1') process.stderr.write(`${message}\n`);
      },
      resourcePersistencePath: folder,
      ...(inspectorPort === undefined ? {} : { inspectorPort }),
    }),
  );
  const port = Number((await miniflare.unsafeGetDirectURL()).port);
  await migrate(await miniflare.getD1Database('DB'));
  return {
    port,
    miniflare,
    ask: (name, parameters) => ask(port, name, parameters),
    async stop() {
      await miniflare.dispose();
      if (persist === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ask<T>(port: number, name: string, parameters: unknown): Promise<T> {
  const body = typeof parameters === 'string' ? parameters : JSON.stringify(parameters);
  const answer = await fetch(`http://127.0.0.1:${port}/bench/${name}`, { method: 'POST', body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`/bench/${name} answered ${answer.status}: ${text.slice(0, 2000)}`);
  return JSON.parse(text) as T;
}

type Module = { type: 'ESModule' | 'Text' | 'Data' | 'CompiledWasm'; path: string; contents: Uint8Array };

const MODULE_TYPES: [ending: RegExp, type: Module['type']][] = [
  [/\.m?js$/, 'ESModule'],
  [/\.(?:css|txt|html|sql|svg)$/, 'Text'],
  [/\.wasm$/, 'CompiledWasm'],
  [/\.(?:bin|woff2|png|ico)$/, 'Data'],
];

let bundled: Promise<Module[]> | undefined;
const bundle = (): Promise<Module[]> => {
  bundled ??= bundleOnce();
  return bundled;
};

async function bundleOnce(): Promise<Module[]> {
  const out = mkdtempSync(join(tmpdir(), 'bench-bundle-'));
  try {
    const args = ['node_modules/.bin/wrangler', 'deploy', ENTRY, '--dry-run', '--outdir', out];
    const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1' };
    await promisify(execFile)(process.execPath, args, { env, maxBuffer: 10_000_000 });
    const modules = readdirSync(out).flatMap((file): Module[] => {
      const type = MODULE_TYPES.find(([ending]) => ending.test(file))?.[1];
      return type ? [{ type, path: file, contents: readFileSync(join(out, file)) }] : [];
    });
    return modules.sort((a, b) => Number(b.path === 'app.js') - Number(a.path === 'app.js'));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
