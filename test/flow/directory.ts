/**
 * A directory and a server for the accounts of a generated history: they live, and what is asked of them agrees with the
 * stream. Repositories are signed, and as they are in the end.
 */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Did } from '../../src/domain/model.ts';
import { LOOPBACK } from '../network/loopback.ts';
import type { SignedRepository } from '../support/signed-repository.ts';

export interface Directory {
  url: string;
  /** How often the status of an account was asked. */
  asked(): number;
  stop(): Promise<void>;
}

/** @param statuses of the accounts that are not active */
export async function startDirectory(
  statuses: ReadonlyMap<Did, string>,
  repositories: ReadonlyMap<Did, SignedRepository>,
): Promise<Directory> {
  let asked = 0;
  const proof = async (response: ServerResponse, wanted: URLSearchParams): Promise<void> => {
    const [did, collection, rkey] = ['did', 'collection', 'rkey'].map((name) => wanted.get(name) ?? '');
    const repository = repositories.get(did ?? '');
    if (!repository || statuses.get(did ?? '') === 'deleted') return answer(response, { error: 'RepoNotFound' }, 400);
    response.end(await repository.car(collection ?? '', rkey ?? ''));
  };
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', url);
    // No repositories stand behind the events.
    if (address.pathname === '/xrpc/com.atproto.sync.getLatestCommit')
      return answer(response, { error: 'RepoNotFound' }, 400);
    if (address.pathname.startsWith('/did:')) {
      const did = address.pathname.slice(1);
      return answer(response, document(did, url, repositories.get(did)?.key.did()));
    }
    if (address.pathname === '/xrpc/com.atproto.sync.getRecord') return void proof(response, address.searchParams);
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

const document = (did: Did, serviceEndpoint: string, key?: string): object => ({
  '@context': ['https://www.w3.org/ns/did/v1'],
  ...{ id: did, alsoKnownAs: [] },
  verificationMethod: key
    ? [{ id: `${did}#atproto`, type: 'Multikey', controller: did, publicKeyMultibase: key.slice('did:key:'.length) }]
    : [],
  service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint }],
});
