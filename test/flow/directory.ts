/** A directory and a server for the accounts of a generated history: they live, and what is asked of them agrees with the stream. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Did } from '../../src/domain/model.ts';
import { LOOPBACK } from '../network/loopback.ts';

export interface Directory {
  url: string;
  /** How often the status of an account was asked. */
  asked(): number;
  stop(): Promise<void>;
}

/** @param statuses of the accounts that are not active */
export async function startDirectory(statuses: ReadonlyMap<Did, string>): Promise<Directory> {
  let asked = 0;
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', url);
    if (address.pathname.startsWith('/did:')) return answer(response, document(address.pathname.slice(1), url));
    // No repositories stand behind the events.
    if (address.pathname === '/xrpc/com.atproto.sync.getLatestCommit')
      return answer(response, { error: 'RepoNotFound' }, 400);
    if (address.pathname !== '/xrpc/com.atproto.sync.getRepoStatus')
      return answer(response, { error: 'NotFound' }, 404);
    asked++;
    const did = address.searchParams.get('did') ?? '';
    const status = statuses.get(did) ?? 'active';
    if (status === 'deleted') return answer(response, { error: 'RepoNotFound' }, 400);
    answer(response, { did, active: status === 'active', ...(status === 'active' ? {} : { status }) });
  });
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  const url = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked: () => asked,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answer(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

const document = (did: Did, serviceEndpoint: string): object => ({
  '@context': ['https://www.w3.org/ns/did/v1'],
  ...{ id: did, alsoKnownAs: [], verificationMethod: [] },
  service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint }],
});
