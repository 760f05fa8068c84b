/** A real PDS and directory, read the way the indexer reads them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outbound } from '../../src/cloudflare/fetch.ts';
import { identityPort } from '../../src/cloudflare/identity.ts';
import { pdsPort } from '../../src/cloudflare/pds.ts';
import type { RecordEvent } from '../../src/domain/event.ts';
import type { IdentityPort } from '../../src/ports/identity.ts';
import type { Snapshot } from '../../src/ports/repository.ts';
import { confirmAccount } from '../../src/sync/account.ts';
import { readRepository } from '../../src/sync/repository.ts';
import { type Account, type Network, startNetwork } from '../network/index.ts';

const NOTE = 'com.example.note';
const OTHER = 'com.example.other';
const pds = pdsPort(outbound({ development: true }));
let network: Network;
let origin: string;
let identity: IdentityPort;
let alice: Account;

beforeAll(async () => {
  network = await startNetwork();
  origin = network.pds[0].url;
  identity = identityPort({
    plcUrl: network.plc.url,
    handleResolver: origin,
    development: true,
    outbound: outbound({ development: true }),
    dns: { txt: () => Promise.reject(new Error('a local network has no DNS')) },
  });
  alice = await network.pds[0].createAccount({ handle: 'alice.test' });
  await write(alice, NOTE, 130);
  await write(alice, OTHER, 1);
});
afterAll(() => network?.stop());

async function write(account: Account, collection: string, count: number): Promise<void> {
  await account.agent.com.atproto.repo.applyWrites({
    repo: account.did,
    writes: Array.from({ length: count }, (_, number) => ({
      $type: 'com.atproto.repo.applyWrites#create',
      collection,
      rkey: `${collection.split('.').at(-1)}-${number}`,
      value: { $type: collection, number },
    })),
  });
}

async function drain(snapshot: Snapshot | null): Promise<{ pages: RecordEvent[][]; truncated: boolean }> {
  const pages: RecordEvent[][] = [];
  for (let page = await snapshot?.pages.next(); page; page = await snapshot?.pages.next()) {
    if (page.done) return { pages, truncated: page.value.truncated };
    pages.push(page.value);
  }
  throw new Error('there is no such repository');
}

test('an account is found by its handle and by its DID', async () => {
  expect(await identity.resolveHandle('alice.test')).toBe(alice.did);
  expect(await identity.resolveHandle('nobody.test')).toBeNull();
  expect(await identity.resolveDid(alice.did)).toEqual({
    did: alice.did,
    handle: 'alice.test',
    pds: origin,
    signingKey: expect.stringMatching(/^did:key:zQ3s/),
  });
  expect(await identity.resolveDid('did:plc:aaaaaaaaaaaaaaaaaaaaaaaa')).toBeNull();
});

describe('a repository', () => {
  test('is read whole, in pages, as one snapshot', async () => {
    expect(await pds.collections(origin, alice.did)).toEqual([NOTE, OTHER]);
    const rev = await pds.latestRev(origin, alice.did);
    const snapshot = await readRepository(
      { did: alice.did, pds: origin, collections: [OTHER, NOTE] },
      { pds, identity },
    );
    expect(snapshot?.rev).toBe(rev);
    const { pages, truncated } = await drain(snapshot);
    expect(pages.map((page) => page.length)).toEqual([1, 100, 30]);
    expect(truncated).toBe(false);
    const events = pages.flat();
    expect(new Set(events.map(({ rkey }) => rkey)).size).toBe(131);
    expect(events[0]).toEqual({
      kind: 'record',
      proven: true,
      did: alice.did,
      collection: OTHER,
      rkey: 'other-0',
      rev,
      operation: 'create',
      snapshot: true,
      cid: expect.stringMatching(/^bafy/),
      record: { $type: OTHER, number: 0 },
    });
    expect(new Set(events.map((event) => event.rev))).toEqual(new Set([rev]));
  });

  test('has the rev from before its first page, whatever is written while it is read', async () => {
    const snapshot = await readRepository(
      { did: alice.did, pds: origin, collections: [NOTE, OTHER] },
      { pds, identity },
    );
    await snapshot?.pages.next();
    await alice.agent.com.atproto.repo.createRecord({
      repo: alice.did,
      collection: OTHER,
      rkey: 'late',
      record: { $type: OTHER },
    });
    const late = (await drain(snapshot)).pages.flat().find(({ rkey }) => rkey === 'late');
    expect(late?.rev).toBe(snapshot?.rev);
    expect(late && late.rev < ((await pds.latestRev(origin, alice.did)) ?? '')).toBe(true);
  });

  test('is read up to a bound', async () => {
    const snapshot = await readRepository(
      { did: alice.did, pds: origin, collections: [NOTE, OTHER] },
      { pds, identity, maxPages: 1 },
    );
    const { pages, truncated } = await drain(snapshot);
    expect(pages.flat()).toHaveLength(100);
    expect(truncated).toBe(true);
  });

  test('that is not there is none', async () => {
    const nobody = { did: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', pds: origin, collections: [NOTE] };
    expect(await readRepository(nobody, { pds, identity })).toBeNull();
  });

  test('of a server that is down is no answer', async () => {
    const repository = { did: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', pds: 'http://localhost:1', collections: [NOTE] };
    await expect(readRepository(repository, { pds, identity })).rejects.toThrow('http://localhost:1');
  });

  test('is read where the account is now, when the server that is known is gone', async () => {
    const repository = { did: alice.did, pds: 'http://localhost:1', collections: [OTHER] };
    const { pages } = await drain(await readRepository(repository, { pds, identity }));
    expect(pages.flat().map(({ rkey }) => rkey)).toContain('other-0');
  });
});

test('what its own PDS says of an account decides', async () => {
  const bob = await network.pds[0].createAccount({ handle: 'bob.test' });
  const ask = () => confirmAccount({ did: bob.did, status: 'deleted' }, { identity, pds });
  expect(await ask()).toEqual({ verdict: 'denied' });
  await network.pds[0].deactivate(bob);
  expect(await ask()).toEqual({ verdict: 'confirmed', status: 'deactivated' });
  expect(await pds.latestRev(origin, bob.did)).toBeNull();
  await network.pds[0].activate(bob);
  await network.pds[0].takedown(bob.did);
  expect(await ask()).toEqual({ verdict: 'confirmed', status: 'takendown' });
  await network.pds[0].reverseTakedown(bob.did);
  expect(await ask()).toEqual({ verdict: 'denied' });
  await network.pds[0].deleteAccount(bob);
  expect(await ask()).toEqual({ verdict: 'deleted' });
});
