/** The local atmosphere: a real PLC directory, real PDSes and a Jetstream server, on loopback. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Handles } from './handles.ts';
import { type Jetstream, startJetstream } from './jetstream/server.ts';
import { freePort } from './loopback.ts';
import { startPds } from './pds.ts';
import { type Pds, withPeople } from './people.ts';
import { startPlc } from './plc.ts';

export type { Jetstream } from './jetstream/server.ts';
export { moveAccount } from './moving.ts';
export type { Account, Pds } from './people.ts';
export { waitForMessage, waitForRecord } from './records.ts';

export interface NetworkOptions {
  /** Where everything is kept, ports included, because identities name them; without it the network forgets. */
  stateDir?: string;
  /** 0, or none, is any free port. Further PDSes take the ports after the first one's. */
  ports?: { plc?: number; pds?: number; jetstream?: number };
  pdsCount?: number;
  lookbackMs?: number;
  handleDomains?: string[];
  /** Origin that answers `/.well-known/atproto-did` for handles of other domains, told apart by Host. */
  handleOrigin?: string;
}

export interface Network {
  readonly plc: { readonly url: string };
  readonly pds: readonly [Pds, ...Pds[]];
  readonly jetstream: Jetstream;
  resolveHandle(handle: string): Promise<string | undefined>;
  stop(): Promise<void>;
}

interface Ports {
  plc: number;
  pds: number[];
  jetstream: number;
}

type Stop = () => Promise<unknown>;

export async function startNetwork(options: NetworkOptions = {}): Promise<Network> {
  const stateDir = options.stateDir ?? mkdtempSync(join(tmpdir(), 'network-'));
  mkdirSync(stateDir, { recursive: true });
  const stops: Stop[] = [];
  if (options.stateDir === undefined) stops.push(() => rm(stateDir, { recursive: true, force: true }));
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const ports = await choosePorts(options, join(stateDir, 'ports.json'));
    return { ...(await startParts(options, stateDir, ports, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  options: NetworkOptions,
  stateDir: string,
  ports: Ports,
  stops: Stop[],
): Promise<Omit<Network, 'stop'>> {
  const { lookbackMs, handleDomains, handleOrigin } = options;
  const plc = await startPlc({ port: ports.plc, stateDir });
  stops.push(() => plc.stop());
  const handles = new Handles(handleOrigin);
  const resolveHandle = (handle: string): Promise<string | undefined> => handles.resolve(handle);
  const pds: Pds[] = [];
  for (const [number, port] of ports.pds.entries()) {
    const dataDir = join(stateDir, `pds${number}`);
    const domains = handleDomains === undefined ? {} : { handleDomains };
    const server = await startPds({ port, dataDir, plcUrl: plc.url, handles, ...domains });
    stops.push(() => server.stop());
    pds.push(withPeople(server));
  }
  const jetstream = await startJetstream({
    port: ports.jetstream,
    stateDir: join(stateDir, 'jetstream'),
    hosts: pds.map(({ url }) => url),
    plcUrl: plc.url,
    resolveHandle,
    ...(lookbackMs === undefined ? {} : { lookbackMs }),
  });
  stops.push(() => jetstream.stop());
  const [first, ...others] = pds;
  if (first === undefined) throw new RangeError('a network needs at least one PDS');
  return { plc, pds: [first, ...others], jetstream, resolveHandle };
}

/** What was asked for, else what the state folder remembers, else any free port. */
async function choosePorts(options: NetworkOptions, file: string): Promise<Ports> {
  const known: Partial<Ports> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const { plc, pds, jetstream } = options.ports ?? {};
  const pdsPorts: number[] = [];
  for (let number = 0; number < (options.pdsCount ?? 1); number++) {
    pdsPorts.push(pds ? pds + number : (known.pds?.[number] ?? (await freePort())));
  }
  const chosen: Ports = {
    plc: plc || known.plc || (await freePort()),
    pds: pdsPorts,
    jetstream: jetstream || known.jetstream || (await freePort()),
  };
  writeFileSync(file, JSON.stringify(chosen));
  return chosen;
}
