/** Names and homes change, over a real directory and real servers: what the index says of them, with and without an event. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outbound } from '../../src/cloudflare/fetch.ts';
import { identityPort, rememberingIdentities } from '../../src/cloudflare/identity.ts';
import { pdsPort } from '../../src/cloudflare/pds.ts';
import { NAME_AGE_MS, renewNames } from '../../src/db/names.ts';
import { type JobHandlers, JobRunner } from '../../src/ingest/jobs.ts';
import type { IdentityPort } from '../../src/ports/identity.ts';
import { readPost } from '../../src/reads/index.ts';
import { resolveJob } from '../../src/sync/jobs.ts';
import { readRepository } from '../../src/sync/repository.ts';
import { baseOf } from '../../src/views/address.ts';
import { postView } from '../../src/views/post.ts';
import { planOf, recording } from '../db/queries/recording.ts';
import { moveAccount, type Network, startNetwork } from '../network/index.ts';
import { freePort, LOOPBACK } from '../network/loopback.ts';
import { contextOf, got } from '../reads/setup.ts';
import { Community } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { NO_JOBS } from '../support/no-jobs.ts';

const HOUR = 3_600_000;
const didByHost = new Map<string, string>();
/** The site of those handles; and a resolver that asks it, for a PDS takes its own accounts' handles for granted. */
const website = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const asked = url.searchParams.get('handle');
  const handle = asked ?? request.headers.host ?? '';
  const did = handle.endsWith('.test') ? await network.resolveHandle(handle) : didByHost.get(handle);
  response.writeHead(did === undefined ? 404 : 200).end(asked === null ? did : JSON.stringify({ did }));
});
const pds = pdsPort(outbound({ development: true }));

let it: TestDatabase;
let network: Network;
let club: Community;
let identity: IdentityPort;
let isDown = false;
let now = Date.UTC(2026, 10, 20);

beforeAll(async () => {
  const port = await freePort();
  website.listen(port, LOOPBACK);
  [it, network] = await Promise.all([
    openDatabase(),
    startNetwork({ pdsCount: 2, handleOrigin: `http://${LOOPBACK}:${port}` }),
  ]);
  club = await Community.found(it.db, 'club');
  const asked = identityPort({
    plcUrl: network.plc.url,
    handleResolver: `http://${LOOPBACK}:${port}`,
    development: true,
    outbound: outbound({ development: true }),
    dns: { txt: () => Promise.reject(new Error('a local network has no DNS')) },
  });
  const breakable: IdentityPort = {
    resolveHandle: asked.resolveHandle,
    resolveDid: (did) => (isDown ? Promise.reject(new Error('the directory is down')) : asked.resolveDid(did)),
  };
  identity = rememberingIdentities(breakable, { now: () => now });
  await settle();
});
afterAll(async () => {
  website.close();
  await Promise.all([network?.stop(), it?.stop()]);
});

/** Does the look-ups that are due now. */
async function settle(): Promise<void> {
  const handlers: JobHandlers = { ...NO_JOBS, resolve: resolveJob({ identity, pds }) };
  const jobs = new JobRunner({ db: it.db, clock: { now: () => now }, admission: club.admission }, handlers);
  const nobodyElse = { expect: () => () => undefined, admit: () => Promise.reject(new Error('nothing is read here')) };
  while (await jobs.runAsking((work) => work(), nobodyElse));
}

const stored = (did: string): Promise<{ handle: string | null; pds: string | null } | null> =>
  it.db.prepare('select handle, pds from identity where did = ?').bind(did).first();

/** What XRPC says of a post's author. */
async function authorOf(uri: string): Promise<{ did: string; handle: string }> {
  const post = got(await readPost(contextOf(it.db), uri));
  return postView(post.post, { space: post.space, base: baseOf('https://club.example.com/') }).author;
}

const identityEvent = (did: string): Promise<unknown> => club.admission.admit([{ kind: 'identity', did }]);

describe('a name', () => {
  test('that was changed is the new one after the event, and the old one may be another account’s', async () => {
    const ann = await network.pds[0].createAccount({ handle: 'ann.test' });
    const post = await club.story(ann.did, 'By Ann');
    await settle();
    expect(await authorOf(post)).toMatchObject({ did: ann.did, handle: 'ann.test' });
    await network.pds[0].changeHandle(ann, 'annette.test');
    // Her event is late: meanwhile another takes her former name.
    const ben = await network.pds[0].createAccount({ handle: 'ann.test', email: 'other@example.test' });
    const other = await club.story(ben.did, 'By another Ann');
    await settle();
    expect(await authorOf(other)).toMatchObject({ did: ben.did, handle: 'ann.test' });
    expect(await authorOf(post)).toMatchObject({ did: ann.did, handle: 'handle.invalid' });
    await identityEvent(ann.did);
    await settle();
    expect(await authorOf(post)).toMatchObject({ did: ann.did, handle: 'annette.test' });
  });

  test('that stops resolving is invalid within a day, without any event, and valid again when it resolves again', async () => {
    const ivan = await network.pds[0].createAccount({ handle: 'ivan.test' });
    didByHost.set('books.example.com', ivan.did);
    await network.pds[0].changeHandle(ivan, 'books.example.com');
    const post = await club.story(ivan.did, 'On books');
    await settle();
    expect(await authorOf(post)).toMatchObject({ handle: 'books.example.com' });
    didByHost.delete('books.example.com');
    now += NAME_AGE_MS - HOUR;
    await renewNames(it.db, now);
    await settle();
    expect(await authorOf(post)).toMatchObject({ handle: 'books.example.com' });
    now += 2 * HOUR;
    await renewNames(it.db, now);
    await settle();
    expect(await authorOf(post)).toMatchObject({ did: ivan.did, handle: 'handle.invalid' });
    didByHost.set('books.example.com', ivan.did);
    now += 25 * HOUR;
    await renewNames(it.db, now);
    await settle();
    expect(await authorOf(post)).toMatchObject({ handle: 'books.example.com' });
  });

  test('that cannot be looked up stays for a day, and shows no more after that', async () => {
    const carl = await network.pds[0].createAccount({ handle: 'carl.test' });
    await club.story(carl.did, 'By Carl');
    await settle();
    isDown = true;
    await identityEvent(carl.did);
    for (let hours = 0; hours < 20; hours++) {
      now += HOUR;
      await settle();
    }
    expect(await pending(carl.did)).toBe(0);
    expect(await stored(carl.did)).toMatchObject({ handle: 'carl.test', pds: network.pds[0].url });
    for (let hours = 0; hours < 40; hours++) {
      now += HOUR;
      await renewNames(it.db, now);
      await settle();
    }
    expect(await stored(carl.did)).toMatchObject({ handle: null, pds: network.pds[0].url });
    isDown = false;
    await it.db.prepare('delete from job').run();
    await identityEvent(carl.did);
    await settle();
    expect(await stored(carl.did)).toMatchObject({ handle: 'carl.test' });
  });
});

const pending = (did: string): Promise<number | null> =>
  it.db.prepare(`select count(*) as n from job where kind = 'resolve' and key = ?`).bind(did).first('n');

test('an account that moves is found at its new server, by who knew the old one too', async () => {
  const [from, to] = network.pds;
  if (!to) throw new Error('this test needs two servers');
  const dora = await from.createAccount({ handle: 'dora.test' });
  await club.story(dora.did, 'By Dora');
  await settle();
  const note = 'com.example.note';
  const record = { $type: note, text: 'before' };
  await dora.agent.com.atproto.repo.createRecord({ repo: dora.did, collection: note, record });
  await moveAccount(dora, from, to);
  expect((await identity.resolveDid(dora.did))?.pds).toBe(from.url);
  const snapshot = await readRepository({ did: dora.did, pds: from.url, collections: [note] }, { pds, identity });
  const page = await snapshot?.pages.next();
  expect(page?.value).toMatchObject([{ record: { text: 'before' } }]);
  expect((await identity.resolveDid(dora.did))?.pds).toBe(to.url);
  await identityEvent(dora.did);
  await settle();
  expect(await stored(dora.did)).toEqual({ handle: 'dora.test', pds: to.url });
});

describe('names are renewed', () => {
  const due = async (): Promise<string[]> =>
    (await it.db.prepare(`select key from job where kind = 'resolve' order by key`).all<{ key: string }>()).results.map(
      ({ key }) => key,
    );
  const put = (count: number, resolvedAt: (n: number) => number): Promise<unknown> =>
    it.db.batch([
      it.db.prepare('delete from identity'),
      it.db.prepare('delete from job'),
      ...Array.from({ length: count }, (_, n) =>
        it.db.prepare('insert into identity (did, resolved_at) values (?, ?)').bind(`did:web:${n}`, resolvedAt(n)),
      ),
    ]);

  test('a few at a time, the oldest first, none twice', async () => {
    await put(20, (n) => now - NAME_AGE_MS - n);
    await renewNames(it.db, now);
    expect(await due()).toEqual(Array.from({ length: 8 }, (_, n) => `did:web:${12 + n}`));
    await renewNames(it.db, now);
    expect(await due()).toHaveLength(16);
  });

  test('not before a day is over', async () => {
    await put(3, () => now - NAME_AGE_MS + 1);
    await renewNames(it.db, now);
    expect(await due()).toEqual([]);
  });

  test('no more of them while many wait for an answer', async () => {
    await put(90, () => 0);
    for (let rounds = 0; rounds < 20; rounds++) await renewNames(it.db, now);
    expect((await due()).length).toBeLessThan(60);
  });

  test('by the index of their age alone', async () => {
    const { db, asked } = recording(it.db);
    await renewNames(db, now);
    const [statement] = asked;
    const plan = statement ? await planOf(it.db, statement) : [];
    expect(plan.join('\n')).toContain('SEARCH i USING COVERING INDEX identity_resolved (resolved_at<?)');
    expect(plan.filter((step) => /^SCAN (?!CONSTANT|\(?subquery)/i.test(step) || step.includes('TEMP B-TREE'))).toEqual(
      [],
    );
  });
});
