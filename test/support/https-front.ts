/** A front that ends TLS before a Worker, as the edge does: for `home.commonplace.club` and names under it, which lead to this machine. */
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';

/** Of a name that is reserved for examples or tests servers of accounts take no client. */
export const DOMAIN = 'home.commonplace.club';
/** Chromium finds the names with these; it does not know the test CA. */
export const BROWSER_FLAGS = [`--host-resolver-rules=MAP ${DOMAIN} 127.0.0.1, MAP *.${DOMAIN} 127.0.0.1`];

const read = (name: string): string => readFileSync(new URL(`tls/${name}`, import.meta.url), 'utf8');

export interface Front {
  port: number;
  stop(): Promise<void>;
}

/** `target`: origin of the Worker. Servers in this process trust the front, and find it. */
export async function startFront(target: string): Promise<Front> {
  const server = createServer({ cert: read('cert.pem'), key: read('key.pem') }, (incoming, outgoing) => {
    const headers = { ...incoming.headers, 'x-forwarded-proto': 'https' };
    const asking = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    asking.on('error', () => outgoing.destroy());
    incoming.pipe(asking);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const undo = [trustTestCa(), findNames()];
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((done) => {
        for (const each of undo) each();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function trustTestCa(): () => void {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, read('ca.pem')]);
  return () => tls.setDefaultCACertificates(before);
}

/** Nobody else's DNS knows these names. */
function findNames(): () => void {
  const { lookup } = dns;
  dns.lookup = ((name: string, ...rest: unknown[]) =>
    (lookup as (...all: unknown[]) => void)(name.endsWith(DOMAIN) ? '127.0.0.1' : name, ...rest)) as typeof lookup;
  return () => {
    dns.lookup = lookup;
  };
}
