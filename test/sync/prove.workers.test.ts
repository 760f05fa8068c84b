/** What gives power counts when its author's signed repository has proven it, and not before; what it takes away, too. */
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { RecordEvent } from '../../src/domain/event.ts';
import type { JsonObject } from '../../src/domain/model.ts';
import { tidAt, tidTime } from '../../src/domain/tid.ts';
import { makeUri } from '../../src/domain/uri.ts';
import { Admission } from '../../src/ingest/admit.ts';
import { type JobHandlers, JobRunner } from '../../src/ingest/jobs.ts';
import { erase, leave } from '../../src/ingest/leave.ts';
import { account, author, dependants, sections, space, thread } from '../../src/ingest/recompute.ts';
import { proveJob } from '../../src/sync/prove.ts';
import { didOf } from '../support/community.ts';
import { NO_JOBS } from '../support/no-jobs.ts';
import { SignedRepository } from '../support/signed-repository.ts';

const CLUB = didOf('club');
const [ADA, EVE] = [didOf('ada'), didOf('eve')];
const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
const TABLES =
  'record post search author_space identity job member claim evidence proof_count drop_count dropped space';
const HOUR = 3_600_000;
const createdAt = '2026-01-01T00:00:00Z';

/** The network: repositories behind servers that may be down. */
let repositories: Map<string, SignedRepository>;
let down: Set<string>;
let asked: number;
let now: number;
let admission: Admission;
let jobs: JobRunner;
let [club, ada] = [] as unknown as [SignedRepository, SignedRepository];

const deps: Parameters<typeof proveJob>[0] = {
  identity: {
    resolveHandle: async () => null,
    resolveDid: async (did) => {
      const repository = repositories.get(did);
      return repository ? { did, handle: null, pds: `https://${did}`, signingKey: repository.key.did() } : null;
    },
  },
  pds: {
    ...{ listRecords: never, collections: never, repoStatus: never, latestRev: never, hasRecord: never, repo: never },
    proof: async (_, { did, collection, rkey }) => {
      asked++;
      if (down.has(did)) throw new Error('the server is down');
      const repository = repositories.get(did);
      return repository ? { car: await repository.car(collection, rkey) } : { missing: 'repository' };
    },
  },
};
function never(): never {
  throw new Error('a proof asks for nothing else');
}

beforeEach(begin);
async function begin(): Promise<void> {
  await env.DB.batch(TABLES.split(' ').map((table) => env.DB.prepare(`delete from ${table}`)));
  await env.DB.prepare('insert into space (did, display_name, added_at) values (?, ?, 1)').bind(CLUB, 'Club').run();
  now = Date.now();
  [repositories, down, asked] = [new Map(), new Set(), 0];
  club = await SignedRepository.create(CLUB);
  ada = await SignedRepository.create(ADA);
  for (const repository of [club, ada]) repositories.set(repository.did, repository);
  start();
  await stream(
    await club.put(NSID.profile, 'self', {
      space: CLUB,
      displayName: 'Club',
      joinPolicy: 'open',
      postPolicy: 'members',
      createdAt,
    }),
  );
  await work();
}

function start(): void {
  const clock = { now: (): number => now };
  admission = new Admission(env.DB, clock, () => false);
  const handlers: JobHandlers = {
    ...NO_JOBS,
    ...{ account, author, dependants, erase, leave, sections, space, thread },
    prove: proveJob(deps),
  };
  jobs = new JobRunner({ db: env.DB, clock, admission }, handlers);
}

const stream = (...events: RecordEvent[]): Promise<unknown> => admission.admit(events);
const NOBODY_ELSE = { expect: () => () => undefined, admit: never };
const alone = <T>(run: () => Promise<T>): Promise<T> => run();
/** All that is due now. */
async function work(): Promise<void> {
  while ((await jobs.runSlice(alone)) || (await jobs.runAsking(alone, NOBODY_ELSE)));
}
/** All that falls due within a time. */
async function workFor(ms: number): Promise<void> {
  const end = now + ms;
  for (await work(); now < end; await work()) now = Math.min(end, now + 5_000);
}

const one = <T>(sql: string): Promise<T | null> => env.DB.prepare(sql).first<T>();
const member = async (did = ADA): Promise<unknown> =>
  (
    await one<{ is: string }>(
      `select joined || ' ' || admitted || ' ' || roles as "is" from member where did = '${did}'`,
    )
  )?.is ?? null;
const claims = async (): Promise<number> => (await one<{ n: number }>('select count(*) as n from claim'))?.n ?? -1;
const drops = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await env.DB.prepare('select reason, count from drop_count').all<{ reason: string; count: number }>()).results.map(
      ({ reason, count }) => [reason, count],
    ),
  );

const join = (): Promise<RecordEvent> => ada.put(NSID.join, CLUB, { space: CLUB, createdAt });
const admit = (roles: string[] = []): Promise<RecordEvent> =>
  club.put(NSID.membership, ADA, { space: CLUB, member: ADA, roles, createdAt });
/** A minute after anything that the repositories hold. */
const lateRev = (): string => tidAt(Date.now() + 60_000);
const forged = (did: string, collection: string, rkey: string, record: JsonObject | null): RecordEvent => ({
  ...{ kind: 'record', did, collection, rkey, rev: lateRev(), snapshot: false },
  ...(record
    ? { operation: 'create', cid: CID, record: { $type: collection, createdAt, ...record } }
    : { operation: 'delete', cid: null, record: null }),
});

async function makeMember(roles: string[] = []): Promise<void> {
  await stream(await join(), await admit(roles));
  await work();
}

describe('a membership', () => {
  test('counts when both halves are proven, and not a moment before', async () => {
    await stream(await join(), await admit(['writer']));
    expect([await member(), await claims()]).toEqual([null, 2]);
    await work();
    expect([await member(), await claims()]).toEqual(['1 1 ["writer"]', 0]);
    expect(await drops()).toEqual({});
    expect(await one('select members from space')).toEqual({ members: 1 });
  });

  test.each([
    ['a join of somebody real', () => [forged(ADA, NSID.join, CLUB, { space: CLUB })]],
    [
      'a membership of a real join',
      async () => [await join(), forged(CLUB, NSID.membership, ADA, { space: CLUB, member: ADA, roles: ['all'] })],
    ],
  ])('is not made by a forged half: %s', async (_, events) => {
    await stream(...(await events()));
    await workFor(60_000);
    expect(await one('select * from member where joined and admitted')).toBeNull();
    expect(await claims()).toBe(0);
    expect(await drops()).toEqual({ forged: 1 });
    expect(await one('select reason, uri from dropped')).toMatchObject({ reason: 'forged' });
  });

  test('forged by somebody whose DID does not exist, or has no repository, is given up', async () => {
    await stream(forged(EVE, NSID.join, CLUB, { space: CLUB }));
    await workFor(60_000);
    expect([await member(EVE), await claims(), await drops()]).toEqual([null, 0, { unproven: 1 }]);
    expect(await one('select count(*) as n from job')).toEqual({ n: 0 });
  });

  test('is what the repository says, not what a stream says under the true CID and rev', async () => {
    await stream(await join());
    const truth = await admit([]);
    await stream({ ...truth, record: { ...truth.record, roles: ['steward'] } });
    await work();
    expect(await member()).toBe('1 1 []');
  });

  test('of which only a later state can be proven is that state', async () => {
    const [first, second] = [await admit(['old']), await admit(['new'])];
    await stream(await join(), first);
    await work();
    expect(await member()).toBe('1 1 ["new"]');
    expect(await drops()).toEqual({ superseded: 1 });
    await stream(second);
    expect([await claims(), await member()]).toEqual([0, '1 1 ["new"]']);
  });
});

describe('what is proven stands', () => {
  beforeEach(() => makeMember(['writer']));

  test.each([
    ['a forged deletion of the join', () => forged(ADA, NSID.join, CLUB, null)],
    ['a forged deletion of the membership', () => forged(CLUB, NSID.membership, ADA, null)],
    ['forged roles', () => forged(CLUB, NSID.membership, ADA, { space: CLUB, member: ADA, roles: ['steward'] })],
  ])('against %s', async (_, event) => {
    await stream(event());
    expect(await member()).toBe('1 1 ["writer"]');
    await workFor(60_000);
    expect([await member(), await claims(), await drops()]).toEqual(['1 1 ["writer"]', 0, { forged: 1 }]);
  });

  test('until a true deletion is proven', async () => {
    await stream(await ada.remove(NSID.join, CLUB));
    expect(await member()).toBe('1 1 ["writer"]');
    await work();
    expect([await member(), await drops()]).toEqual(['0 1 ["writer"]', {}]);
    expect(await one('select members from space')).toEqual({ members: 0 });
  });

  test('and what was said before is not asked for again', async () => {
    const before = asked;
    const events = [await admit(['writer', 'reader'])];
    await stream(...events);
    await work();
    expect(asked).toBe(before + 1);
    expect(await admission.admit(events)).toMatchObject({ rowsWritten: 0 });
    expect(asked).toBe(before + 1);
  });

  test('a forged deletion ahead of it does not keep a truth out', async () => {
    await stream(await club.remove(NSID.membership, ADA));
    await work();
    now += 8 * 24 * HOUR;
    await env.DB.prepare('delete from record where cid is null').run();
    start();
    await stream(forged(CLUB, NSID.membership, ADA, null), await admit(['back']));
    await workFor(60_000);
    expect(await member()).toBe('1 1 ["back"]');
  });

  test('a forgery in the way of a truth does not keep it out', async () => {
    const fake = forged(CLUB, NSID.membership, ADA, { space: CLUB, member: ADA, roles: ['steward'] });
    await stream(fake, await admit(['reader']));
    await workFor(60_000);
    expect([await member(), await drops()]).toEqual(['1 1 ["reader"]', { forged: 1 }]);
  });
});

describe('what the group says of itself', () => {
  const title = async (): Promise<unknown> => one('select display_name as name from space');

  test('is proven too', async () => {
    await stream(
      forged(CLUB, NSID.profile, 'self', {
        space: CLUB,
        displayName: 'Mine!',
        joinPolicy: 'open',
        postPolicy: 'anyone',
      }),
    );
    await workFor(60_000);
    expect([await title(), await drops()]).toEqual([{ name: 'Club' }, { forged: 1 }]);
    await stream(
      await club.put(NSID.profile, 'self', { space: CLUB, displayName: 'New', joinPolicy: 'open', createdAt }),
    );
    await work();
    expect(await title()).toEqual({ name: 'New' });
  });

  test.each([NSID.role, NSID.permissions, NSID.pin, NSID.lock, NSID.feature])('%s', async (collection) => {
    const subject = { uri: makeUri(ADA, NSID.story, '3kaaaaaaaaaaa'), cid: CID };
    const [rkey, record] =
      collection === NSID.permissions
        ? ['self', { space: CLUB, roles: [], defaultRoles: [] }]
        : collection === NSID.role
          ? ['boss', { space: CLUB, displayName: 'Boss' }]
          : ['3kaaaaaaaaaaa', { space: CLUB, subject }];
    await stream(forged(CLUB, collection as string, rkey as string, record as JsonObject));
    expect(await claims()).toBe(1);
    await workFor(60_000);
    expect(await one(`select uri from record where collection = '${collection}' and cid is not null`)).toBeNull();
    expect(await drops()).toEqual({ forged: 1 });
  });
});

describe('a server out of reach', () => {
  test('leaves a claim pending; it counts when the server is back, hours later', async () => {
    down.add(ADA);
    await stream(await join(), await admit());
    await workFor(4 * 60_000);
    expect([await member(), await claims(), await drops()]).toEqual(['0 1 []', 1, {}]);
    start();
    down.clear();
    now += 6 * HOUR;
    await work();
    expect([await member(), await claims()]).toEqual(['1 1 []', 0]);
  });

  test('for more than a week is given up, and counted', async () => {
    down.add(ADA);
    await stream(await join());
    for (let tries = 0; tries < 60; tries++) {
      await work();
      now += 6 * HOUR;
    }
    expect([await claims(), await drops()]).toEqual([0, { unproven: 1 }]);
    expect(await one('select * from job')).toBeNull();
  });

  test('or behind its own stream is asked once more before anything is called forged', async () => {
    const event = await join();
    const { rev } = event;
    const behind = await SignedRepository.create(ADA, ada.key);
    await behind.resign(tidAt(tidTime(rev) - 10_000));
    repositories.set(ADA, behind);
    await stream(event);
    await work();
    expect([await claims(), await drops()]).toEqual([1, {}]);
    repositories.set(ADA, ada);
    await workFor(6_000);
    expect([await member(), await drops()]).toEqual(['1 0 []', {}]);
  });
});

describe('any other record', () => {
  const uri = makeUri(ADA, NSID.topic, '3kaaaaaaaaaaa');
  const topic = (title: string): Promise<RecordEvent> =>
    ada.put(NSID.topic, '3kaaaaaaaaaaa', { space: CLUB, title, text: 'Words', createdAt });
  const title = async (): Promise<unknown> => (await one<{ title: string }>('select title from post'))?.title ?? null;
  const evidence = (): Promise<Record<string, unknown> | null> =>
    one(`select cid, commit_cid, rev, signing_key, pds, why from evidence where uri = '${uri}'`);
  const prove = (): Promise<void> => jobs.runNow('prove', uri, alone, NOBODY_ELSE);

  beforeEach(() => makeMember());

  test('counts at once, and is proven on demand with evidence', async () => {
    const event = await topic('True');
    await stream(event);
    expect(await title()).toBe('True');
    await prove();
    expect(await evidence()).toEqual({
      ...{ cid: event.cid, commit_cid: expect.stringMatching(/^bafyrei/), rev: ada.rev },
      ...{ signing_key: ada.key.did(), pds: `https://${ADA}`, why: null },
    });
  });

  test('that is forged is taken out', async () => {
    await stream(forged(ADA, NSID.topic, '3kaaaaaaaaaaa', { space: CLUB, title: 'False', text: 'Words' }));
    expect(await title()).toBe('False');
    await prove();
    await workFor(60_000);
    expect([await title(), await drops()]).toEqual([null, { forged: 1 }]);
  });

  test('over which something was forged is put back as it was, and its next true version counts', async () => {
    await stream(await topic('True'));
    await stream({
      ...forged(ADA, NSID.topic, '3kaaaaaaaaaaa', {
        space: CLUB,
        title: 'False',
        text: 'Words',
        createdAt: '1999-01-01T00:00:00Z',
      }),
      operation: 'update',
    });
    expect(await title()).toBe('False');
    await prove();
    await workFor(60_000);
    expect([await title(), await drops()]).toEqual(['True', { forged: 1 }]);
    expect(await one('select sort_at from post')).toEqual({ sort_at: Date.parse(createdAt) });
    await stream(await topic('Truer'));
    expect(await title()).toBe('Truer');
  });

  test('of which a newer version was missed is brought up to date', async () => {
    await stream(await topic('Old'));
    await topic('New');
    await prove();
    expect([await title(), await drops()]).toEqual(['New', {}]);
  });

  test('that cannot be proven now stays, and what stood in the way is told; an earlier proof is kept', async () => {
    await stream(await topic('True'));
    down.add(ADA);
    await prove();
    expect([await title(), await evidence()]).toEqual([
      'True',
      expect.objectContaining({ commit_cid: null, why: 'the server is down' }),
    ]);
    down.clear();
    await prove();
    down.add(ADA);
    await prove();
    expect(await evidence()).toMatchObject({ why: null, rev: ada.rev });
  });
});

const STEPS = ['join', 'leave', 'admit', 'eject', 'lie', 'lie', 'tell', 'tell', 'down', 'up'] as const;

test('whatever a stream says, in whatever order: what counts was true, and in the end what repositories hold does', async () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.nat(20)), { maxLength: 30, size: 'max' });
  const property = fc.asyncProperty(steps, async (story) => {
    await begin();
    const told: RecordEvent[] = [];
    let fresh: RecordEvent[] = [];
    const has = async (by: SignedRepository, collection: string, rkey: string): Promise<boolean> =>
      (await by.cidOf(collection, rkey)) !== null;
    const take = async (by: SignedRepository, collection: string, rkey: string): Promise<RecordEvent[]> =>
      (await has(by, collection, rkey)) ? [await by.remove(collection, rkey)] : [];
    const lie = (n: number): RecordEvent => {
      const half = { space: CLUB, member: ADA, roles: ['lied'] };
      const rev = tidAt(Date.now() + ((n % 7) - 3) * 20_000);
      const [did, collection, rkey] = n % 2 ? [ADA, NSID.join, CLUB] : [CLUB, NSID.membership, ADA];
      const said = n % 2 ? { space: CLUB } : half;
      return { ...forged(did as string, collection as string, rkey as string, n % 3 ? said : null), rev };
    };
    let everJoined = false;
    for (const [step, n] of story) {
      if (step === 'join') fresh.push(await join());
      if (step === 'leave') fresh.push(...(await take(ada, NSID.join, CLUB)));
      if (step === 'admit') fresh.push(await admit([`role${n}`]));
      if (step === 'eject') fresh.push(...(await take(club, NSID.membership, ADA)));
      if (step === 'lie') fresh.push(lie(n));
      if (step === 'down') down.add(n % 2 ? ADA : CLUB);
      if (step === 'up') down.clear();
      everJoined ||= step === 'join';
      if (step !== 'tell') continue;
      await stream(...(n % 2 ? fresh.toReversed() : fresh));
      told.push(...fresh);
      fresh = [];
      if (n % 3) await work();
      const is = String(await member());
      expect(is).not.toContain('lied');
      if (!everJoined) expect(is).not.toMatch(/^1/);
    }
    down.clear();
    await stream(...fresh.toReversed(), ...told);
    for (let n = 0; n < 8; n++, now += 10 * 60_000) await work();
    const found = await one<{ joined: number; admitted: number; roles: string }>('select * from member');
    const [joined, admitted] = [await has(ada, NSID.join, CLUB), await has(club, NSID.membership, ADA)];
    expect([found?.joined === 1, found?.admitted === 1, await claims()]).toEqual([joined, admitted, 0]);
    const last = [...told, ...fresh]
      .filter(({ did, cid, record }) => did === CLUB && cid !== CID && record?.roles)
      .at(-1);
    if (admitted) expect(JSON.parse(found?.roles ?? '')).toEqual(last?.record?.roles);
  });
  await fc.assert(property, { numRuns: 12 });
}, 120_000);
