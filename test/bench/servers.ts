/** What the indexer talks to: a Jetstream that replays a file, in its own process, and a directory that knows every DID. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

export interface Replay {
  url: string;
  stop(): Promise<void>;
}

export async function startReplay(path: string): Promise<Replay> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/network/main.ts', '--replay', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Also when this process ends by an error.
  process.once('exit', () => child.kill());
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { jetstream } = JSON.parse(line) as { jetstream: string };
  return {
    url: jetstream,
    async stop() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

export interface Directory {
  url: string;
  stop(): void;
}

/** Answers as PLC directory and handle resolver, so that authors met for the first time are looked up as they would be. */
export async function startDirectory(): Promise<Directory> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const handle = searchParams.get('handle');
    const did = handle ? `did:plc:${handle.split('.')[0]}` : pathname.slice(1);
    const name = did.slice('did:plc:'.length);
    const body = handle ? { did } : { id: did, alsoKnownAs: [`at://${name}.test`], service: [] };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => void server.close() };
}
