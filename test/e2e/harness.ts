/** A whole home for tests: the local atmosphere, the Worker over it, one space with members. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningWorker, startWorker } from '../../src/cli/worker.ts';
import { NSID } from '../../src/domain/collections.ts';
import { type Account, type Network, type NetworkOptions, type Pds, startNetwork } from '../network/index.ts';
import { send } from '../support/http.ts';

export const ADMIN_TOKEN = 'test-admin-token';
const INSTANCE_KEY = Buffer.alloc(32, 7).toString('base64');

export interface Ref {
  uri: string;
  cid: string;
}

export interface Home {
  readonly network: Network;
  readonly worker: RunningWorker;
  readonly pds: Pds;
  readonly state: string;
  db(): Promise<D1Database>;
  /** One row of the index. */
  row<T>(sql: string, ...values: unknown[]): Promise<T | null>;
  /** GET at a hostname of the instance. */
  get(host: string, path: string, headers?: Record<string, string>): Promise<Response>;
  xrpc(method: string, params?: Record<string, string>): Promise<Response>;
  admin(method: string, body: object): Promise<Response>;
  restartWorker(vars?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

export async function startHome(
  options: { network?: NetworkOptions; vars?: Record<string, string> } = {},
): Promise<Home> {
  const state = mkdtempSync(join(tmpdir(), 'home-'));
  const network = await startNetwork(options.network ?? {});
  const vars = {
    ...{ JETSTREAM_URLS: network.jetstream.url, PLC_URL: network.plc.url, HANDLE_RESOLVER: network.pds[0].url },
    RELAY_URLS: network.jetstream.httpUrl,
    ...{ DEVELOPMENT: '1', FOLLOW_MODE: 'live', INSTANCE_HOSTS: 'localhost,127.0.0.1', ADMIN_TOKEN, INSTANCE_KEY },
    ...options.vars,
  };
  const start = (more: Record<string, string> = {}): Promise<RunningWorker> =>
    startWorker({ persist: join(state, 'worker'), vars: { ...vars, ...more } });
  let worker = await start();
  const db = async (): Promise<D1Database> => (await worker.miniflare.getD1Database('DB')) as unknown as D1Database;
  const get = (host: string, path: string, headers: Record<string, string> = {}): Promise<Response> =>
    send(`${worker.url}${path}`, { host, headers });
  return {
    ...{ network, state, db, get, pds: network.pds[0] },
    get worker() {
      return worker;
    },
    row: async <T>(sql: string, ...values: unknown[]) =>
      (await db())
        .prepare(sql)
        .bind(...values)
        .first<T>(),
    xrpc: (method, params = {}) => get('localhost', `/xrpc/${method}?${new URLSearchParams(params)}`),
    admin: (method, body) =>
      fetch(`${worker.url}/xrpc/club.commonplace.admin.${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    async restartWorker(more) {
      await worker.stop();
      worker = await start(more);
    },
    async stop() {
      await worker.stop();
      await network.stop();
      await rm(state, { recursive: true, force: true });
    },
  };
}

const now = (): string => new Date().toISOString();

/** Writes a record to its author's repository, as any client would. */
export async function write(author: Account, collection: string, record: object, rkey?: string): Promise<Ref> {
  const { data } = await author.agent.com.atproto.repo.createRecord({
    ...{ repo: author.did, collection, record: { $type: collection, createdAt: now(), ...record } },
    ...(rkey === undefined ? {} : { rkey }),
  });
  return { uri: data.uri, cid: data.cid };
}

export async function edit(author: Account, { uri }: Ref, record: object): Promise<Ref> {
  const [, , , collection = '', rkey = ''] = uri.split('/');
  const { data } = await author.agent.com.atproto.repo.putRecord({
    ...{ repo: author.did, collection, rkey, record: { $type: collection, createdAt: now(), ...record } },
  });
  return { uri, cid: data.cid };
}

export async function remove(author: Account, { uri }: Ref): Promise<void> {
  const [, , , collection = '', rkey = ''] = uri.split('/');
  await author.agent.com.atproto.repo.deleteRecord({ repo: author.did, collection, rkey });
}

export interface Space {
  group: Account;
  did: string;
  host: string;
}

/** A group account with a profile, followed by the instance. */
export async function makeSpace(home: Home, name: string, profile: object = {}): Promise<Space> {
  const space = await makeGroup(home, name, profile);
  await addSpace(home, space);
  return space;
}

/** A group account with a profile, that no instance knows of. */
export async function makeGroup(home: Home, name: string, profile: object = {}): Promise<Space> {
  const group = await home.pds.createAccount({ handle: `${name}.test` });
  const { did } = group;
  const said = { space: did, displayName: `The ${name}`, joinPolicy: 'open', postPolicy: 'members', ...profile };
  await write(group, NSID.profile, said, 'self');
  return { group, did, host: `${name}.localhost` };
}

export async function addSpace(home: Home, { did, host }: Space): Promise<void> {
  const answer = await home.admin('addSpace', { subject: did, hosts: [host] });
  if (!answer.ok) throw new Error(`the space could not be added: ${await answer.text()}`);
}

/** Both halves of a membership. */
export async function makeMember(
  home: Home,
  space: Space,
  name: string,
  pds: Pds = home.pds,
  roles: string[] = [],
): Promise<Account> {
  const member = await pds.createAccount({ handle: `${name}.test` });
  await write(member, NSID.join, { space: space.did }, space.did);
  await write(space.group, NSID.membership, { space: space.did, member: member.did, roles }, member.did);
  return member;
}

/** Waits until a claim about the index or a page is true; says what it was at the end. */
export async function eventually<T>(look: () => Promise<T>, claim: (seen: T) => boolean, ms = 10_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (claim(seen)) return seen;
    if (Date.now() > end)
      throw new Error(`it did not come to pass within ${ms} ms; last seen: ${JSON.stringify(seen)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Waits until so many posts and replies show. */
export const postsShown = (home: Home, count: number): Promise<unknown> =>
  eventually(
    () => home.row<{ n: number }>('select count(*) as n from post where hidden = 0'),
    (row) => row?.n === count,
  );
