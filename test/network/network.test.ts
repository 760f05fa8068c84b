import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Collector } from './collector.ts';
import { type Account, moveAccount, type Network, startNetwork, waitForMessage, waitForRecord } from './index.ts';
import { isObject, type Message } from './jetstream/wire.ts';
import { freePort, LOOPBACK } from './loopback.ts';

const TOPIC = 'club.commonplace.topic';

// A busy machine takes its time over real servers.

let network: Network;

async function write(
  account: Account,
  title: string,
  rkey = 'self',
): Promise<{ uri: string; cid: string; rev: string }> {
  const record = { $type: TOPIC, title, zebra: 1, createdAt: new Date().toISOString() };
  const where = { repo: account.did, collection: TOPIC, rkey };
  const { data } = await account.agent.com.atproto.repo.putRecord({ ...where, record, validate: false });
  return { uri: data.uri, cid: data.cid, rev: data.commit?.rev ?? '' };
}

function accountMessage(did: string, wanted: Message): (message: Message) => boolean {
  return (message) =>
    message.did === did &&
    isObject(message.account) &&
    Object.entries(wanted).every(([key, value]) => (message.account as Message)[key] === value);
}

async function xrpc(path: string): Promise<{ status: number; body: Message }> {
  const response = await fetch(`${network.jetstream.httpUrl}/xrpc/${path}`);
  return { status: response.status, body: (await response.json()) as Message };
}

/** A website that answers `/.well-known/atproto-did` of the hosts it knows. */
const didByHost = new Map<string, string>();
const website = createServer((request, response) => {
  const did = didByHost.get(request.headers.host ?? '');
  response.writeHead(did === undefined ? 404 : 200).end(did);
});

beforeAll(async () => {
  const port = await freePort();
  website.listen(port, LOOPBACK);
  network = await startNetwork({ pdsCount: 2, handleOrigin: `http://${LOOPBACK}:${port}` });
});

afterAll(async () => {
  await network.stop();
  website.close();
});

describe('a record written to a real server', () => {
  it('arrives as created, updated and deleted, in the shape of the real Jetstream', async () => {
    const alice = await network.pds[0].createAccount({ handle: 'alice.test' });
    const created = await write(alice, 'One');
    const updated = await write(alice, 'Two');
    await alice.agent.com.atproto.repo.deleteRecord({ repo: alice.did, collection: TOPIC, rkey: 'self' });
    await waitForRecord(network.jetstream, created.uri, { operation: 'delete' });
    const query = `cursor=1&wantedDids=${alice.did}`;
    const collector = await (await Collector.open(network.jetstream.url, query)).until(5);
    collector.close();
    const [identity, account, ...commits] = collector.messages;
    expect(collector.times).toEqual([...new Set(collector.times)].sort());
    expect(Object.keys(identity ?? {})).toEqual(['did', 'time_us', 'kind', 'identity']);
    expect(Object.keys(identity?.identity ?? {})).toEqual(['did', 'handle', 'seq', 'time']);
    expect(Object.keys(account?.account ?? {})).toEqual(['active', 'did', 'seq', 'time']);
    const [create, update, remove] = commits.map(({ commit }) => commit as Message);
    expect(Object.keys(create ?? {})).toEqual(['rev', 'operation', 'collection', 'rkey', 'record', 'cid']);
    expect(Object.keys(create?.record ?? {})).toEqual(['$type', 'createdAt', 'title', 'zebra']);
    expect(create).toMatchObject({ operation: 'create', cid: created.cid, rev: created.rev, record: { title: 'One' } });
    expect(update).toMatchObject({ operation: 'update', cid: updated.cid, rev: updated.rev, record: { title: 'Two' } });
    expect(remove).toEqual({ rev: expect.any(String), operation: 'delete', collection: TOPIC, rkey: 'self' });
  });

  it('keeps its blobs and links as JSON has them', async () => {
    const dora = await network.pds[0].createAccount({ handle: 'dora.test' });
    const { data } = await dora.agent.uploadBlob(new Uint8Array([1, 2, 3]), { encoding: 'image/png' });
    const record = { $type: TOPIC, title: 'With image', image: data.blob, createdAt: new Date().toISOString() };
    const written = await dora.agent.com.atproto.repo.createRecord({
      repo: dora.did,
      collection: TOPIC,
      record,
      validate: false,
    });
    const { commit } = await waitForRecord(network.jetstream, written.data.uri);
    expect(((commit as Message).record as Message).image).toEqual({
      $type: 'blob',
      mimeType: 'image/png',
      ref: { $link: data.blob.ref.toString() },
      size: 3,
    });
  });
});

describe('an account', () => {
  it('is deactivated, activated, taken down, restored, renamed and deleted', async () => {
    const [pds] = network.pds;
    const bob = await pds.createAccount({ handle: 'bob.test' });
    const { jetstream } = network;
    await pds.deactivate(bob);
    await waitForMessage(jetstream, accountMessage(bob.did, { active: false, status: 'deactivated' }));
    await pds.activate(bob);
    await pds.takedown(bob.did);
    await waitForMessage(jetstream, accountMessage(bob.did, { active: false, status: 'takendown' }));
    expect((await xrpc(`com.atproto.sync.getRepoStatus?did=${bob.did}`)).body).toMatchObject({ status: 'takendown' });
    await pds.reverseTakedown(bob.did);
    await pds.changeHandle(bob, 'bobby.test');
    await waitForMessage(jetstream, ({ identity }) => isObject(identity) && identity.handle === 'bobby.test');
    expect(await network.resolveHandle('bobby.test')).toBe(bob.did);
    expect(await network.resolveHandle('bob.test')).toBeUndefined();
    await pds.deleteAccount(bob);
    await waitForMessage(jetstream, accountMessage(bob.did, { active: false, status: 'deleted' }));
  });

  it('takes a handle that a website answers for', async () => {
    const ivan = await network.pds[0].createAccount({ handle: 'ivan.test' });
    await expect(network.pds[0].changeHandle(ivan, 'books.example.com')).rejects.toThrow('did not resolve');
    didByHost.set('books.example.com', ivan.did);
    await network.pds[0].changeHandle(ivan, 'books.example.com');
    expect((await xrpc('com.atproto.identity.resolveHandle?handle=books.example.com')).body).toEqual({ did: ivan.did });
    expect((await xrpc('com.atproto.identity.resolveHandle?handle=films.example.com')).status).toBe(400);
  });

  it('moves to another server with its records and its name', async () => {
    const [first, second] = network.pds as [Network['pds'][0], Network['pds'][0]];
    const carol = await first.createAccount({ handle: 'carol.test' });
    const { uri } = await write(carol, 'Before');
    await moveAccount(carol, first, second);
    await write(carol, 'After', 'second');
    await waitForRecord(network.jetstream, `at://${carol.did}/${TOPIC}/second`);
    const { data } = await carol.agent.com.atproto.repo.listRecords({ repo: carol.did, collection: TOPIC });
    expect(data.records.map((record) => record.uri)).toContain(uri);
    const document = (await (await fetch(`${network.plc.url}/${carol.did}`)).json()) as Message;
    expect(JSON.stringify(document.service)).toContain(second.url);
    expect(await network.resolveHandle('carol.test')).toBe(carol.did);
    for (const pds of network.pds) {
      const answer = await fetch(`${pds.url}/xrpc/com.atproto.identity.resolveHandle?handle=carol.test`);
      expect(await answer.json()).toEqual({ did: carol.did });
    }
    await expect.poll(() => network.jetstream.counters.foreign).toBeGreaterThan(0);
    expect((await xrpc(`com.atproto.sync.getRepoStatus?did=${carol.did}`)).body.active).toBe(true);
  });
});

describe('what a relay answers', () => {
  it('lists repositories by collection, in pages', async () => {
    const authors = ['erin.test', 'frank.test', 'grace.test'];
    const collection = 'com.example.note';
    for (const handle of authors) {
      const account = await network.pds[1]?.createAccount({ handle });
      if (account === undefined) throw new Error('there is no second server');
      const record = { $type: collection, text: handle };
      const { data } = await account.agent.com.atproto.repo.createRecord({ repo: account.did, collection, record });
      await waitForRecord(network.jetstream, data.uri);
    }
    const dids = await Promise.all(authors.map((handle) => network.resolveHandle(handle)));
    const method = `com.atproto.sync.listReposByCollection?collection=${collection}`;
    const { body: page } = await xrpc(`${method}&limit=2`);
    const { body: rest } = await xrpc(`${method}&limit=2&cursor=${page.cursor}`);
    expect([...(page.repos as Message[]), ...(rest.repos as Message[])].map(({ did }) => did)).toEqual(dids);
    expect(rest.cursor).toBeUndefined();
    expect((await xrpc('com.atproto.sync.listReposByCollection?collection=x')).status).toBe(400);
    expect((await xrpc('com.atproto.sync.getRepoStatus?did=did:plc:nobody')).body.error).toBe('RepoNotFound');
    const { body } = await xrpc('com.atproto.sync.listHosts');
    expect((body.hosts as Message[]).map(({ hostname }) => hostname)).toEqual(
      network.pds.map(({ port }) => `localhost:${port}`),
    );
  });
});

describe('a state folder', () => {
  it('keeps accounts, identities, passwords and the log over a restart', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'state-'));
    try {
      const before = await startNetwork({ stateDir });
      const heidi = await before.pds[0].createAccount({ handle: 'heidi.test', password: 'her-own-password' });
      const { uri } = await write(heidi, 'Kept');
      const { time_us: cursor } = await waitForRecord(before.jetstream, uri);
      before.jetstream.inject(['a raw line']);
      await before.stop();
      // As a kill in the middle of a write leaves it.
      appendFileSync(join(stateDir, 'jetstream', 'jetstream.jsonl'), '{"did":"did:plc:cut');
      appendFileSync(join(stateDir, 'plc.jsonl'), '[{"did":');

      const after = await startNetwork({ stateDir });
      expect(after.pds[0].url).toBe(before.pds[0].url);
      const again = await after.pds[0].logIn('heidi.test', 'her-own-password');
      expect(again.did).toBe(heidi.did);
      const document = await fetch(`${after.plc.url}/${heidi.did}`);
      expect(await document.json()).toMatchObject({ alsoKnownAs: ['at://heidi.test'] });
      await write(again, 'New', 'second');
      const collector = await (await Collector.open(after.jetstream.url, `cursor=${cursor}`)).until(3);
      collector.close();
      expect(collector.frames[1]).toBe('a raw line');
      expect(collector.messages.map(({ commit }) => (commit as Message).rkey)).toEqual(['self', 'second']);
      await after.pds[0].changeHandle(again, 'judy.test');
      await after.stop();
    } finally {
      rmSync(stateDir, { recursive: true });
    }
  });
});
