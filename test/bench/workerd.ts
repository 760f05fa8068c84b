/**
 * The benches' Worker in workerd: the deployed one with the yardsticks beside it. The database is in a workerd of its own,
 * for on the platform it is another machine's work, not that of the Worker's thread. Both keep their files in memory where
 * there is a folder for that: it is the code that is measured, not this machine's disk.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions as workerSettings } from 'wrangler';
import { modulesOf } from '../../src/cli/worker/bundle.ts';
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
}

const MEMORY = '/dev/shm';

/** Two of the same folder share its databases: the first one started runs them. */
function sharedStorage(folder: string) {
  const [resourcePersistencePath, isolatedResourcePersistencePath, unsafeDevRegistryPath] = [
    join(folder, 'shared'),
    mkdtempSync(join(folder, 'own-')),
    join(folder, 'registry'),
  ] as const;
  mkdirSync(resourcePersistencePath, { recursive: true });
  return {
    ...{ unsafeEnableSharedStorage: true, enableDevRegistry: true },
    ...{ resourcePersistencePath, isolatedResourcePersistencePath, unsafeDevRegistryPath },
  };
}

async function startDatabase(folder: string, d1Databases: Record<string, string>): Promise<Miniflare> {
  const script = 'export default { fetch: () => new Response() }';
  const options = convertV4MiniflareOptions({
    name: 'database',
    modules: true,
    script,
    d1Databases,
    port: 0,
    cf: false,
  });
  const miniflare = new Miniflare({ ...options, ...sharedStorage(folder) });
  await miniflare.ready;
  return miniflare;
}

export async function startBenchWorker({ vars }: BenchWorkerOptions): Promise<BenchWorker> {
  const { workerOptions } = workerSettings('wrangler.toml');
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'bench-storage-'));
  const database = await startDatabase(folder, workerOptions.d1Databases as Record<string, string>);
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      ...workerOptions,
      name: 'commonplace',
      modules: await bundle(),
      bindings: { ...vars },
      durableObjects: {
        INDEXER: { className: 'Indexer', useSQLite: true },
        LISTENERS: { className: 'Listeners', useSQLite: true },
        BLOBS: { className: 'Blobs', useSQLite: true },
        ACCOUNTS: { className: 'Accounts', useSQLite: true },
        FOUNDINGS: { className: 'Foundings', useSQLite: true },
        GROUPS: { className: 'Groups', useSQLite: true },
        SIGN_INS: { className: 'SignIns', useSQLite: true },
        YARDSTICK: { className: 'Yardstick', useSQLite: true },
      },
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      port: 0,
      cf: false,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ message }) => {
        if (process.env.BENCH_LOG === '1') process.stderr.write(`${message}\n`);
      },
    }),
    ...sharedStorage(folder),
  });
  const port = Number((await miniflare.unsafeGetDirectURL()).port);
  await migrate(await miniflare.getD1Database('DB'));
  return {
    port,
    miniflare,
    ask: (name, parameters) => ask(port, name, parameters),
    async stop() {
      await miniflare.dispose();
      await database.dispose();
      rmSync(folder, { recursive: true, force: true });
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

let bundled: ReturnType<typeof modulesOf> | undefined;
const bundle = (): ReturnType<typeof modulesOf> => {
  bundled ??= modulesOf({ entry: ENTRY });
  return bundled;
};
