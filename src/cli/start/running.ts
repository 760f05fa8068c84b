/** The whole thing on this machine: the network, the Worker over it, and on the first start the sample communities. */
import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Network, startNetwork } from '../../../test/network/index.ts';
import type { FoundingCode } from '../admin/founding.ts';
import { type Atmosphere, readAtmosphere, writeAtmosphere } from '../shared/atmosphere.ts';
import { askInstance, type Instance } from '../shared/instance.ts';
import { CommandError } from '../shared/terminal.ts';
import { type RunningWorker, startWorker } from '../worker.ts';
import { takeLock } from './lock.ts';
import { choosePort } from './ports.ts';
import { secretsIn } from './secrets.ts';
import { seed } from './seed.ts';

export interface StartOptions {
  stateDir: string;
  /** Any when undefined. */
  port: number | undefined;
  /** Further variables of the Worker, above those that the local network needs. */
  vars: Record<string, string>;
  progress(line: string): void;
}

export interface Running {
  atmosphere: Atmosphere;
  /** Whether the communities were made now. */
  isNew: boolean;
  /** With which a space can be founded. */
  code: FoundingCode;
  stop(): Promise<void>;
}

/** Folders below STATE_DIR. */
export const PARTS = { network: 'network', worker: 'worker' };

export async function startAll(options: StartOptions): Promise<Running> {
  const { stateDir, progress } = options;
  const lock = await takeLock(stateDir);
  const stops: (() => unknown)[] = [lock.release];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const before = readAtmosphere(stateDir);
    if (!before) discardUnfinished(stateDir, progress);
    const port = await choosePort(options.port, before?.instance);
    progress('Starting the local network: a PLC directory, a PDS and a Jetstream ...');
    const network = await openNetwork(stateDir, port);
    stops.push(() => network.stop());
    progress('Starting the instance in workerd ...');
    const secrets = secretsIn(stateDir);
    const worker = await openWorker(options, port, network, lock.note);
    stops.push(() => worker.stop());
    lock.note(worker.pids());
    const instance = { url: worker.url, adminToken: secrets.ADMIN_TOKEN };
    const seeded = before ?? (await seed(network, instance, progress));
    const atmosphere = atmosphereOf(network, instance, seeded);
    writeAtmosphere(stateDir, atmosphere);
    // It answers, and now follows the stream again.
    await askInstance(instance, 'listSpaces');
    const code = await askInstance<FoundingCode>(instance, 'createFoundingCode', {});
    return { atmosphere, isNew: before === null, code, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A first start that was interrupted leaves half a community: it begins anew. */
function discardUnfinished(stateDir: string, progress: (line: string) => void): void {
  const parts = Object.values(PARTS).map((part) => join(stateDir, part));
  if (parts.some((part) => existsSync(part)))
    progress('The first start before this one did not come to its end: beginning anew.');
  for (const part of parts) rmSync(part, { recursive: true, force: true });
}

async function openNetwork(stateDir: string, port: number): Promise<Network> {
  try {
    return await startNetwork({ stateDir: join(stateDir, PARTS.network), handleOrigin: `http://127.0.0.1:${port}` });
  } catch (error) {
    const { code, port: taken } = error as { code?: string; port?: number };
    if (code !== 'EADDRINUSE') throw error;
    throw new CommandError(
      `Port ${taken}, which identities of the local network name, is taken by another program. End it, or begin anew: npm run clean`,
    );
  }
}

function openWorker(
  { stateDir, vars }: StartOptions,
  port: number,
  network: Network,
  note: (pids: number[]) => void,
): Promise<RunningWorker> {
  const logFile = join(stateDir, 'worker.log');
  writeFileSync(logFile, '');
  const running = startWorker({
    persist: join(stateDir, PARTS.worker),
    port,
    crons: true,
    vars: {
      INSTANCE_HOSTS: 'localhost,127.0.0.1',
      JETSTREAM_URLS: network.jetstream.url,
      RELAY_URLS: network.jetstream.httpUrl,
      PLC_URL: network.plc.url,
      HANDLE_RESOLVER: network.pds[0].url,
      FOLLOW_MODE: 'live',
      DEVELOPMENT: '1',
      ...secretsIn(stateDir),
      ...vars,
    },
    onLog: (line) => appendFileSync(logFile, `${line}\n`),
    onRestart: () => void running.then((worker) => note(worker.pids())),
  });
  return running;
}

const atmosphereOf = (
  network: Network,
  { url, adminToken }: Instance,
  { spaces, accounts }: Pick<Atmosphere, 'spaces' | 'accounts'>,
): Atmosphere => ({
  pds: network.pds[0].url,
  plc: network.plc.url,
  jetstream: network.jetstream.url,
  instance: url,
  adminToken,
  spaces,
  accounts,
});
