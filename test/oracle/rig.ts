/** Everything a script needs: the Worker, the stream's instances, the servers of the accounts. Used again seed after seed. */

import * as cast from '../model/cast.ts';
import { type Jetstream, startJetstream } from '../network/jetstream/server.ts';
import { freePort } from '../network/loopback.ts';
import type { Alteration } from './alterations.ts';
import { Servers } from './servers.ts';
import { type OracleWorker, startOracleWorker } from './workerd.ts';

export interface Rig {
  worker: OracleWorker;
  servers: Servers;
  /** Starts the instances anew: with nothing to tell. */
  startStreams(count: number): Promise<Jetstream[]>;
  stop(): Promise<void>;
}

export async function startRig(mutant: Alteration[] = []): Promise<Rig> {
  const servers = new Servers();
  await servers.start();
  const ports = [await freePort(), await freePort()];
  const urls = ports.map((port) => `ws://127.0.0.1:${port}/subscribe`);
  const vars = {
    ...{ JETSTREAM_URLS: urls.join(','), PLC_URL: servers.url, HANDLE_RESOLVER: servers.url, DEVELOPMENT: '1' },
    RELAY_URLS: 'none',
    ...{ FOLLOW_MODE: 'live', INSTANCE_HOSTS: 'localhost', ALLOWED_COLLECTIONS: cast.world().allowed.join(',') },
  };
  try {
    const worker = await startOracleWorker(vars, mutant);
    return {
      worker,
      servers,
      startStreams: (count) => Promise.all(ports.slice(0, count).map((port) => startJetstream({ port }))),
      async stop() {
        await worker.stop();
        await servers.stop();
      },
    };
  } catch (error) {
    await servers.stop();
    throw error;
  }
}
