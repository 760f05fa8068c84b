/** The group's object: what can be done with the credential that it holds, and what is kept of it. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { PASSWORD_PURPOSE } from '../../src/auth/app-password.ts';
import { Group } from '../../src/auth/group.ts';
import { sealWith } from '../../src/auth/seal.ts';
import { NSID } from '../../src/domain/collections.ts';
import { GROUP_METHODS, refuseToken } from '../../src/domain/group-acts.ts';
import { type Refusal, refuse } from '../../src/domain/outcome.ts';
import type { RepoAct } from '../../src/ports/accounts.ts';
import { makeShelf } from './shelf.ts';

const GROUP = 'did:plc:gardengardengardengarden';
const ADA = 'did:plc:adaadaadaadaadaadaadaada';
const PDS = 'https://pds.example';
const REV = '3me3b3rcagm22';
const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';

const seal = sealWith([Buffer.alloc(32, 5).toString('base64')]);
const away = async (): Promise<never> => {
  throw new Error('no name is looked up here');
};

/** A server that takes the token of the moment, and each refresh token once. */
class Server {
  asked: string[] = [];
  generation = 0;
  refuses = false;
  atOnce = 0;
  most = 0;

  fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = url.pathname.replace('/xrpc/', '');
    this.asked.push(url.origin === PDS ? method : url.href);
    this.most = Math.max(this.most, ++this.atOnce);
    await new Promise((done) => setTimeout(done, 1));
    this.atOnce--;
    const token = new Headers(init.headers).get('authorization')?.replace('Bearer ', '');
    if (method.endsWith('refreshSession')) {
      if (this.refuses || token !== `refresh-${this.generation}`) return error(400, 'ExpiredToken');
      this.generation++;
      return Response.json({ accessJwt: `access-${this.generation}`, refreshJwt: `refresh-${this.generation}` });
    }
    if (token !== `access-${this.generation}`) return error(400, 'ExpiredToken');
    if (method.endsWith('getServiceAuth')) return Response.json({ token: 'a.b.c' });
    if (method.endsWith('uploadBlob')) {
      const ref = { $link: 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy' };
      return Response.json({ blob: { $type: 'blob', ref, mimeType: 'image/png', size: 3 } });
    }
    const { writes } = JSON.parse(String(init.body)) as { writes?: object[] };
    const commit = { cid: CID, rev: REV };
    return Response.json(writes ? { commit, results: writes.map(() => ({})) } : { uri: 'x', cid: CID, commit });
  };
}

const error = (status: number, name: string): Response => Response.json({ error: name, message: name }, { status });

let server: Server;
let shelf: ReturnType<typeof makeShelf>;
let group: Group;
let refusal: Refusal | null;
let admitted: string[];
const clock = { at: Date.UTC(2026, 0, 1), now: () => clock.at };

async function connect(more: boolean, access = 'access-0'): Promise<void> {
  const tokens = { pds: PDS, accessJwt: access, refreshJwt: 'refresh-0' };
  const sealed = await seal.seal(tokens, PASSWORD_PURPOSE);
  group.hold(GROUP, { client: '', sealed, handle: null, by: 'password' }, ADA, more);
}

beforeEach(() => {
  [server, shelf, refusal, admitted] = [new Server(), makeShelf(), null, []];
  group = new Group({
    ...{ shelf, clock, seal, development: false, fetch: server.fetch as typeof fetch, signIns: { keys: away } },
    identity: { resolveHandle: away, resolveDid: away },
    log: () => undefined,
    judge: async () => refusal,
    spare: async () => null,
    admit: async (_, acts) => void admitted.push(...acts.map(({ collection }) => collection)),
  });
});

const rule = (title = 'A'): RepoAct => ({
  ...{ act: 'create', collection: NSID.rule, record: { $type: NSID.rule, space: GROUP, title, text: '' } },
});
const one = (act: RepoAct) => group.apply(GROUP, { acts: [act], isBatch: false }, ADA);

describe('the log', () => {
  test('says who caused what, and what became of it; nothing is taken out of it', async () => {
    await connect(false);
    await one(rule());
    await group.release(ADA);
    expect(group.log({}).deeds.map(({ deed, by, what, outcome }) => ({ deed, by, what, outcome }))).toEqual([
      { deed: 'end', by: ADA, what: [], outcome: 'done' },
      { deed: 'act', by: ADA, what: [`create ${NSID.rule}/`], outcome: 'done' },
      { deed: 'connect', by: ADA, what: ['app password'], outcome: 'done' },
    ]);
  });

  test('has a line before the server is asked', async () => {
    await connect(false);
    let seen = '';
    server.fetch = async () => {
      seen = group.log({}).deeds[0]?.outcome ?? '';
      throw new Error('the line is down');
    };
    group = new Group({ ...Reflect.get(group, 'deps'), fetch: server.fetch });
    expect(await one(rule())).toMatchObject({ failed: 'unreachable' });
    expect([seen, group.log({}).deeds[0]?.outcome]).toEqual(['begun', 'unreachable: the line is down']);
  });

  test('is read page by page, all of it, each line once', async () => {
    await connect(false);
    for (let i = 0; i < 130; i++) await one(rule());
    const seen: number[] = [];
    let before: number | undefined;
    for (;;) {
      const page = group.log({ limit: 40, ...(before === undefined ? {} : { before }) });
      seen.push(page.deeds.length);
      if (page.next === null) break;
      before = page.next;
    }
    expect(seen).toEqual([40, 40, 40, 11]);
    expect(group.log({ deed: 'connect' }).deeds).toHaveLength(1);
    expect(group.log({ deed: 'nothing' }).deeds).toEqual([]);
  });
});

describe('the session', () => {
  test('is sealed where it is kept', async () => {
    await connect(true);
    await one(rule());
    expect(JSON.stringify([...shelf.kept])).not.toMatch(/access-|refresh-/);
  });

  test('is refreshed once for all who wait, and the refresh token is used once', async () => {
    await connect(false, 'an old one');
    const answers = await Promise.all([one(rule()), one(rule()), one(rule())]);
    expect(answers.every((answer) => 'commit' in answer)).toBe(true);
    expect(server.asked.filter((method) => method.endsWith('refreshSession'))).toHaveLength(1);
    clock.at += 3_600_000;
    await Promise.all([group.check(), group.check(), one(rule())]);
    expect(server.asked.filter((method) => method.endsWith('refreshSession'))).toHaveLength(2);
  });

  test('is over when its server refuses to renew it: that is kept, told and logged', async () => {
    await connect(false);
    server.refuses = true;
    clock.at += 3_600_000;
    await group.check();
    const trouble = { why: expect.stringContaining('ended'), since: clock.at };
    expect(group.connection()).toEqual({ isConnected: false, by: null, holder: null, more: false, trouble });
    expect(group.log({}).deeds[0]).toMatchObject({ deed: 'over', by: GROUP });
    expect(await one(rule())).toMatchObject({ refusal: 'GroupNotConnected' });
    server.refuses = false;
    await connect(false);
    expect(group.connection()).toMatchObject({ isConnected: true, trouble: null });
  });

  test('does one thing after another, and what it wrote is in the index before the next', async () => {
    await connect(false);
    await Promise.all(Array.from({ length: 8 }, (_, i) => one(rule(String(i)))));
    expect(server.most).toBe(1);
    expect(admitted).toHaveLength(8);
  });
});

test('who may not is refused before anything is asked of the server, and leaves no line', async () => {
  await connect(true);
  refusal = refuse('NotPermitted', 'no');
  const lines = group.log({}).deeds.length;
  const token = { audience: 'did:web:a.example', method: GROUP_METHODS[0] ?? '', expiresAt: null };
  const answers = [
    await one(rule()),
    await group.upload(GROUP, new Uint8Array(3), 'image/png', ADA),
    await group.token(GROUP, token, ADA),
  ];
  for (const answer of answers) expect(answer).toEqual(refusal);
  const cause = { by: ADA, deed: 'admit' as const, about: ADA };
  expect(await group.write(GROUP, rule(), cause)).toMatchObject({ failed: 'refused' });
  expect([server.asked, group.log({}).deeds.length]).toEqual([[], lines]);
});

test('what the group has not allowed is not tried, whatever the session would allow', async () => {
  await connect(false);
  const post: RepoAct = { act: 'create', collection: 'app.bsky.feed.post', record: {} };
  expect(await one(post)).toMatchObject({ refusal: 'NotPermitted' });
  const token = { audience: 'did:web:a.example', method: GROUP_METHODS[0] ?? '', expiresAt: null };
  expect(await group.token(GROUP, token, ADA)).toMatchObject({ refusal: 'NotPermitted' });
  expect(server.asked).toEqual([]);
  await connect(true);
  expect(await one(post)).toHaveProperty('commit');
});

/** All that its own server is ever asked, whatever is wanted of it. */
const REACHABLE = [
  ...['createRecord', 'putRecord', 'deleteRecord', 'applyWrites', 'uploadBlob'].map(
    (name) => `com.atproto.repo.${name}`,
  ),
  ...['getServiceAuth', 'refreshSession', 'deleteSession'].map((name) => `com.atproto.server.${name}`),
];
const TRICKS = [
  ...[
    'com.atproto.server.deleteAccount',
    '../com.atproto.server.createAppPassword',
    '%2e%2e/x',
    'a?b=c',
    'a#b',
    '//evil.example',
  ],
  ...[
    'com.atproto.identity.signPlcOperation',
    'COM.ATPROTO.SERVER.DELETEACCOUNT',
    ' com.atproto.server.x',
    'a\r\nb',
    '\0',
    '',
  ],
];
const nasty = fc.oneof(fc.constantFrom(...TRICKS), fc.string({ maxLength: 40 }));

test('no account, PLC or app-password method is ever reached, by any use of it', async () => {
  const acts = fc.record({ collection: nasty, rkey: nasty, swap: nasty, text: nasty });
  const property = fc.asyncProperty(acts, nasty, nasty, async ({ collection, rkey, swap, text }, aud, lxm) => {
    await connect(true);
    server.generation = 0;
    const record = { $type: collection, text };
    const writes: RepoAct[] = [
      { act: 'create', collection, rkey, record },
      { act: 'put', collection, rkey, record, swap },
      { act: 'delete', collection, rkey, swap },
    ];
    for (const act of writes) {
      await group.apply(GROUP, { acts: [act], isBatch: false, swapCommit: swap }, ADA);
      await group.write(GROUP, act, { by: ADA, deed: 'configure', about: null });
    }
    await group.apply(GROUP, { acts: writes, isBatch: true }, ADA);
    await group.upload(GROUP, new Uint8Array(3), text, ADA).catch(() => null);
    await group.token(GROUP, { audience: aud, method: lxm, expiresAt: 1 }, ADA);
    await group.check();
    await group.release(ADA);
  });
  await fc.assert(property, { numRuns: 40 });
  expect([...new Set(server.asked)].filter((method) => !REACHABLE.includes(method))).toEqual([]);
  expect(server.asked.length).toBeGreaterThan(100);
});

test('its public face is what this test walks', () => {
  const own = Object.getOwnPropertyNames(Group.prototype).sort();
  const face = ['apply', 'check', 'connection', 'hold', 'log', 'release', 'token', 'upload', 'welcomed', 'write'];
  const inner = [
    'act',
    'constructor',
    'how',
    'inTurn',
    'keep',
    'kept',
    'lose',
    'refuseUnheld',
    'remember',
    'spare',
    'session',
    'writes',
  ];
  expect(own).toEqual([...face, ...inner].sort());
});

describe('a token', () => {
  const HERE = ['did:web:instance.example'];
  const now = Date.UTC(2026, 0, 1);
  const asked = (change: object) =>
    refuseToken(
      { audience: 'did:web:a.example', method: 'app.bsky.feed.getTimeline', expiresAt: null, ...change },
      HERE,
      now,
    );

  test('is for a method of the list, written as it is there', () => {
    for (const method of GROUP_METHODS) expect(asked({ method })).toBeNull();
    const tricks = (method: string): string[] => [
      ...[
        method.toUpperCase(),
        ` ${method}`,
        `${method} `,
        `${method}#x`,
        `${method}?x`,
        `${method}/..`,
        `${method}\n`,
      ],
      ...[`${method}.x`, method.slice(0, -2), method.replace('.', '%2e'), '*', ''],
    ];
    for (const method of GROUP_METHODS.flatMap(tricks)) expect(asked({ method }), method).not.toBeNull();
  });

  test('is never for accounts, identities, servers, their administration, or this house', () => {
    const forbidden =
      /^(com\.atproto\.(server|identity|admin|sync|temp|space|label)|club\.commonplace|tools\.ozone|chat)\b/;
    expect(GROUP_METHODS.filter((method) => forbidden.test(method))).toEqual([]);
  });

  test('is for a service that is not this instance, for a minute at most', () => {
    for (const audience of ['did:web:instance.example', 'did:web:INSTANCE.example', 'did:web:instance.example%3A80#x'])
      expect(asked({ audience }), audience).toMatchObject({ refusal: 'NotPermitted' });
    for (const audience of [
      '',
      'x',
      'https://a.example',
      'did:web:a.example#',
      'did:web:a.example#a#b',
      'did:web:a.example# x',
    ])
      expect(asked({ audience }), audience).toMatchObject({ refusal: 'InvalidRequest' });
    expect(asked({ audience: 'did:web:a.example#bsky_appview' })).toBeNull();
    for (const seconds of [-1, 0, 61, 3600]) expect(asked({ expiresAt: now / 1000 + seconds })).not.toBeNull();
    for (const seconds of [1, 60]) expect(asked({ expiresAt: now / 1000 + seconds })).toBeNull();
  });
});
