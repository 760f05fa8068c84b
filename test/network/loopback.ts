/** Loopback only: finding a free port, and making an express app listen nowhere else. */
import { once } from 'node:events';
import { createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, LOOPBACK);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('the probe has no port');
  return address.port;
}

/** Narrows an app's `listen(port)`, which would bind every interface. */
export function listenOnLoopback(app: { listen: (...args: never[]) => unknown }): void {
  const listen: (port: number, host: string) => unknown = app.listen.bind(app) as never;
  Object.assign(app, { listen: (port: number) => listen(port, LOOPBACK) });
}
