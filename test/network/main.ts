/** Starts the local atmosphere, or only a Jetstream server over a file, and prints its addresses as one JSON line. */
import { parseArgs } from 'node:util';
import { startJetstream } from './jetstream/server.ts';
import { freePort } from './loopback.ts';

const { values } = parseArgs({
  options: {
    'state-dir': { type: 'string' },
    'plc-port': { type: 'string' },
    'pds-port': { type: 'string' },
    'pds-count': { type: 'string' },
    'jetstream-port': { type: 'string' },
    'lookback-ms': { type: 'string' },
    'handle-origin': { type: 'string' },
    replay: { type: 'string' },
    'close-at-end': { type: 'boolean' },
  },
});

function number(name: 'plc-port' | 'pds-port' | 'pds-count' | 'jetstream-port' | 'lookback-ms'): number | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value)) throw new TypeError(`--${name} must be a whole number, not ${value}`);
  return Number(value);
}

async function start(): Promise<() => Promise<void>> {
  const lookbackMs = number('lookback-ms');
  const lookback = lookbackMs === undefined ? {} : { lookbackMs };
  if (values.replay !== undefined) {
    const port = number('jetstream-port') || (await freePort());
    const closeAtEnd = values['close-at-end'] ?? false;
    const jetstream = await startJetstream({ replay: values.replay, port, closeAtEnd, ...lookback });
    print({ jetstream: jetstream.url, control: jetstream.httpUrl, lines: jetstream.feed.log.length });
    return () => jetstream.stop();
  }
  // The real servers take a second to load, and a replay has no use for them.
  const { startNetwork } = await import('./index.ts');
  const network = await startNetwork({
    ...(values['state-dir'] === undefined ? {} : { stateDir: values['state-dir'] }),
    ...(values['handle-origin'] === undefined ? {} : { handleOrigin: values['handle-origin'] }),
    ports: {
      plc: number('plc-port') ?? 0,
      pds: number('pds-port') ?? 0,
      jetstream: number('jetstream-port') ?? 0,
    },
    pdsCount: number('pds-count') ?? 1,
    ...lookback,
  });
  const { plc, pds, jetstream } = network;
  print({ plc: plc.url, pds: pds.map(({ url }) => url), jetstream: jetstream.url, control: jetstream.httpUrl });
  return () => network.stop();
}

function print(addresses: object): void {
  process.stdout.write(`${JSON.stringify(addresses)}\n`);
}

const stop = await start();
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    stop().then(() => process.exit(0));
  });
}
