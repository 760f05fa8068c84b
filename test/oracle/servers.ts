/** What the indexer may ask of the world: a directory, a resolver of handles, and two personal data servers. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { givesPower } from '../../src/domain/collections.ts';
import type { Did } from '../../src/domain/model.ts';
import { LOOPBACK } from '../network/loopback.ts';
import { Repositories } from './repositories.ts';

export interface Person {
  handle: string;
  /** Whether the handle names the DID as well. */
  isMutual: boolean;
  /** Which of the two servers holds the account. */
  server: 0 | 1;
  /** What that server says of the account: `deleted` it has never heard of it, null it gives no answer. */
  word: string | null;
}

interface Answer {
  status: number;
  body: object | Uint8Array;
}

export class Servers {
  /** Of the directory and the resolver. */
  url = '';
  readonly pds: string[] = [];
  /** How often an account's server was asked after it, and gave no answer. */
  silences = 0;
  /** How often one was asked that the account had left. */
  leavings = 0;
  /** Answers that were slow to come. */
  slowness = 0;
  /** So long the accounts' servers take to say how an account stands; a quarter of it for all else. */
  delayMs = 0;
  repositories = new Repositories();
  private people = new Map<Did, Person>();
  private readonly running: Server[] = [];

  async start(): Promise<void> {
    this.url = await this.listen((address) => this.direct(address));
    for (const number of [0, 1]) {
      this.pds.push(await this.listen((address) => this.host(address, number), true));
    }
  }

  async stop(): Promise<void> {
    for (const server of this.running) {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    }
  }

  forget(): void {
    this.people = new Map();
    this.repositories = new Repositories();
    this.delayMs = 0;
  }

  /** Everyone has an account, unless told otherwise: active, on the first server, with the handle that the DID suggests. */
  person(did: Did): Person {
    const known = this.people.get(did);
    if (known) return known;
    const person: Person = { handle: `${did.slice(8)}.test`, isMutual: true, server: 0, word: 'active' };
    this.people.set(did, person);
    return person;
  }

  private async listen(answer: (address: URL) => Answer | Promise<Answer>, isPds = false): Promise<string> {
    const server = createServer((request, response) => {
      const tell = async (): Promise<void> => {
        const { status, body } = await answer(new URL(request.url ?? '/', 'http://here'));
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(body instanceof Uint8Array ? body : JSON.stringify(body));
      };
      if (!isPds || this.delayMs === 0) return void tell();
      this.slowness++;
      setTimeout(tell, request.url?.includes('getRepoStatus') ? this.delayMs : this.delayMs / 4);
    });
    server.listen(0, LOOPBACK);
    await once(server, 'listening');
    this.running.push(server);
    return `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  }

  private direct(address: URL): Answer {
    if (address.pathname.startsWith('/did:')) return { status: 200, body: this.document(address.pathname.slice(1)) };
    if (address.pathname !== '/xrpc/com.atproto.identity.resolveHandle') return { status: 404, body: {} };
    const handle = address.searchParams.get('handle');
    const [named] = [...this.people].find(([, person]) => person.handle === handle && person.isMutual) ?? [];
    return named ? { status: 200, body: { did: named } } : { status: 400, body: { error: 'HandleNotFound' } };
  }

  private document(did: Did): object {
    const { handle, server } = this.person(did);
    const key = this.repositories.keyOf(did)?.slice('did:key:'.length);
    const method = { id: `${did}#atproto`, type: 'Multikey', controller: did, publicKeyMultibase: key };
    return {
      id: did,
      verificationMethod: key === undefined ? [] : [method],
      alsoKnownAs: [`at://${handle}`],
      service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: this.pds[server] }],
    };
  }

  private host(address: URL, number: number): Answer | Promise<Answer> {
    if (address.pathname === '/xrpc/com.atproto.sync.getRecord') return this.proof(address.searchParams, number);
    // Not all that was told stands in the repositories: what is to be read from them is not there.
    if (address.pathname === '/xrpc/com.atproto.sync.getLatestCommit')
      return { status: 400, body: { error: 'RepoNotFound' } };
    if (address.pathname !== '/xrpc/com.atproto.sync.getRepoStatus') return { status: 501, body: {} };
    const did = address.searchParams.get('did') ?? '';
    const { word, server } = this.person(did);
    if (word === null) {
      this.silences++;
      return { status: 503, body: {} };
    }
    if (server !== number) this.leavings++;
    if (word === 'deleted' || server !== number) return { status: 400, body: { error: 'RepoNotFound' } };
    const active = word === 'active';
    return { status: 200, body: { did, active, ...(active ? {} : { status: word }) } };
  }

  private async proof(wanted: URLSearchParams, number: number): Promise<Answer> {
    const [did = '', collection = '', rkey = ''] = ['did', 'collection', 'rkey'].map((name) => wanted.get(name) ?? '');
    // What is believed without proof is not there, and nothing is to be made of that.
    if (!givesPower(collection)) return { status: 501, body: {} };
    const car = this.person(did).server === number ? await this.repositories.car(did, collection, rkey) : null;
    return car ? { status: 200, body: car } : { status: 400, body: { error: 'RepoNotFound' } };
  }
}
