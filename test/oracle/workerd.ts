/** The oracle's Worker in workerd, built from an altered copy of the sources. One process serves many seeds. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions as workerSettings } from 'wrangler';
import { modulesOf } from '../../src/cli/worker/bundle.ts';
import { migrate } from '../../src/cli/worker/migrate.ts';
import { IndexFile } from '../flow/index-file.ts';
import { LOOPBACK } from '../network/loopback.ts';
import { type Alteration, alter, HASTE } from './alterations.ts';
import { steadily } from './steadily.ts';

export interface OracleWorker {
  url: string;
  /** The tables, read beside the process that writes them. */
  index: IndexFile;
  tell<T>(name: string, parameter?: unknown): Promise<T>;
  stop(): Promise<void>;
}

const SOURCES = [
  'src',
  'workers',
  'migrations',
  'test/oracle/worker',
  'package.json',
  'wrangler.toml',
  'tsconfig.json',
];
const MEMORY = '/dev/shm';

const makeFolder = (name: string): string => mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), `${name}-`));

/** @param mutant a deliberate bug */
export async function startOracleWorker(
  vars: Record<string, string>,
  mutant: Alteration[] = [],
): Promise<OracleWorker> {
  const folder = makeFolder('oracle');
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // Who is called off leaves no memory filled.
  process.once('exit', remove);
  try {
    const root = join(folder, 'sources');
    for (const source of SOURCES) cpSync(source, join(root, source), { recursive: true });
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
    for (const alteration of [...HASTE, ...mutant]) alter(root, alteration);
    const worker = await start(folder, root, vars);
    const stop = async (): Promise<void> => {
      await worker.stop();
      remove();
      process.off('exit', remove);
    };
    return { ...worker, stop };
  } catch (error) {
    remove();
    process.off('exit', remove);
    throw error;
  }
}

async function start(folder: string, root: string, vars: Record<string, string>): Promise<OracleWorker> {
  const { workerOptions } = workerSettings('wrangler.toml');
  const persist = join(folder, 'persist');
  mkdirSync(persist);
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...workerOptions,
      name: 'commonplace',
      modules: await modulesOf({ entry: 'test/oracle/worker/app.ts', root }),
      bindings: vars,
      unsafeDirectSockets: [{ host: LOOPBACK, port: 0 }],
      host: LOOPBACK,
      port: 0,
      cf: false,
      resourcePersistencePath: persist,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ message }) => {
        if (process.env.ORACLE_LOG === '1') process.stderr.write(`${message}\n`);
      },
    }),
  );
  const url = `http://${LOOPBACK}:${(await miniflare.unsafeGetDirectURL()).port}`;
  await migrate(await miniflare.getD1Database('DB'), join(root, 'migrations'));
  const index = new IndexFile(persist);
  return {
    url,
    index,
    tell: (name, parameter = null) => tell(url, name, parameter),
    async stop() {
      index.close();
      await miniflare.dispose();
    },
  };
}

async function tell<T>(url: string, name: string, parameter: unknown): Promise<T> {
  const request = { method: 'POST', body: JSON.stringify(parameter) };
  const answer = await steadily(() => fetch(`${url}/oracle/${name}`, request));
  const text = await answer.text();
  if (!answer.ok) throw new Error(`/oracle/${name} answered ${answer.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as T;
}
