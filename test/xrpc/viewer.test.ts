/** Who asks a method: a token of their PDS for this one request, and every trick with one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as getMembership from '../../src/lexicons/club/commonplace/actor/getMembership.ts';
import type { RepoAct } from '../../src/ports/accounts.ts';
import { makeSigner, type Signer, tokenOf } from '../auth/tokens.ts';
import { Community } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type Client, clientOf, expectError, OWN, outputOf } from './setup.ts';

const HERE = 'did:web:localhost';
const METHOD = getMembership.$lxm;
const ADA = 'did:plc:adaadaadaadaadaadaadaada';
let database: TestDatabase;
let club: Community;
let client: Client;
let ada: Signer;
let ben: Signer;
/** The key that her document names now. */
let named: string;
const used = new Set<string>();
/** At the server of whoever is signed in. */
const written: string[] = [];

beforeAll(async () => {
  database = await openDatabase();
  club = await Community.found(database.db, 'club', { profile: { postPolicy: 'members' } });
  ada = await makeSigner(ADA, 'ES256K');
  ben = await makeSigner('did:plc:benbenbenbenbenbenbenben');
  named = ada.key.did();
  client = clientOf(database.db, {
    now: Date.now(),
    audience: [HERE],
    keys: { signingKey: async (did) => (did === ADA ? named : did === ben.did ? ben.key.did() : null) },
    own: { ...OWN, accounts: browsers, groups: { isConnected: async () => false } as never, clock: { now: Date.now } },
    tokens: { isFirstUse: async (did, token) => !used.has(did + token) && !!used.add(did + token) },
  });
});
afterAll(() => database?.stop());

/** Whatever secret it shows, the browser is Ada's. */
const browsers = {
  ...OWN.accounts,
  visit: async (did: string) => (did === ADA ? { handle: 'ada.test' } : null),
  async write(did: string, _: unknown, act: RepoAct) {
    const uri = `at://${did}/${act.collection}/${act.act === 'create' ? 'x' : act.rkey}`;
    written.push(uri);
    return { uri, cid: null, rev: null };
  },
};

const ask = (token: string | null, space = club.space): Promise<Response> =>
  client.ask(`${METHOD}?space=${space}`, token === null ? {} : { headers: { authorization: `Bearer ${token}` } });
const token = (claims: object = {}, header: object = {}, by = ada): Promise<string> =>
  tokenOf(by, { aud: `${HERE}#commonplace`, lxm: METHOD, ...claims }, header);

test('who is told what they are, by a token for this method', async () => {
  expect(await outputOf(await ask(await token()), getMembership)).toEqual({
    ...{ space: club.space, did: ADA, joined: false, admitted: false, roles: [], actions: [] },
  });
  expect(await outputOf(await ask(await token({ aud: HERE })), getMembership)).toMatchObject({ did: ADA });
});

test('nobody is told of another, or of a space that there is not', async () => {
  await expectError(await ask(null), 401, 'AuthenticationRequired', /atproto-proxy/);
  await expectError(await ask(await token(), 'did:plc:zzzzzzzzzzzzzzzzzzzzzzzz'), 400, 'SpaceNotFound');
});

test('a token counts once', async () => {
  const one = await token();
  expect((await ask(one)).status).toBe(200);
  await expectError(await ask(one), 401, 'AuthenticationRequired', /used before/);
});

describe('a token is refused', () => {
  test.each<[string, object, object?]>([
    ['for another instance', { aud: 'did:web:elsewhere.example' }],
    ['for another instance’s service', { aud: 'did:web:elsewhere.example#commonplace' }],
    ['for another method', { lxm: 'club.commonplace.feed.getFeed' }],
    ['for any method', { lxm: undefined }],
    ['that is over', { exp: Math.floor(Date.now() / 1000) - 1 }],
    ['that is good for an hour', { exp: Math.floor(Date.now() / 1000) + 3_600 }],
    ['without a jti', { jti: undefined }],
    ['that is unsigned', {}, { alg: 'none' }],
    ['that says another algorithm than its key’s', {}, { alg: 'ES256' }],
    ['with a shared secret', {}, { alg: 'HS256' }],
    ['that brings its own key', {}, { jwk: { kty: 'EC' }, alg: 'ES256' }],
    ['that wants something understood', {}, { crit: ['exp'] }],
    ['of access', {}, { typ: 'at+jwt' }],
    ['of refreshing', {}, { typ: 'refresh+jwt' }],
    ['of a proof', {}, { typ: 'dpop+jwt' }],
    ['of somebody who has no key', { iss: 'did:plc:bertbertbertbertbertbert' }],
  ])('%s', async (_, claims, header) => {
    await expectError(await ask(await token(claims, header)), 401, 'AuthenticationRequired');
  });

  test('signed by somebody else', async () => {
    const other = await makeSigner(ADA, 'ES256K');
    await expectError(await ask(await token({}, {}, other)), 401, 'AuthenticationRequired', /signature/);
  });

  test('signed with a key that was changed since', async () => {
    const before = await token();
    named = (await makeSigner(ADA, 'ES256K')).key.did();
    await expectError(await ask(before), 401, 'AuthenticationRequired', /signature/);
    named = ada.key.did();
    expect((await ask(before)).status).toBe(200);
  });

  test('with its words changed after it was signed', async () => {
    const [head, , tail] = (await token()).split('.');
    const [, body] = (await token({ lxm: METHOD })).split('.');
    await expectError(await ask(`${head}.${body}.${tail}`), 401, 'AuthenticationRequired', /signature/);
  });
});

describe('what is private', () => {
  const SECRET = 'Whispered';
  let closed: Community;
  let post: string;

  beforeAll(async () => {
    closed = await Community.found(database.db, 'closed', { held: 'private' });
    await closed.hold(ADA, { joined: true, admitted: true });
    post = await closed.story(ADA, SECRET);
  });

  const READS: [string, () => Record<string, string>, string][] = [
    ['space.getSpace', () => ({ space: closed.space }), 'SpaceNotFound'],
    ['feed.getFeed', () => ({ space: closed.space }), 'SpaceNotFound'],
    ['feed.searchPosts', () => ({ space: closed.space, q: SECRET }), 'SpaceNotFound'],
    ['feed.getPost', () => ({ uri: post }), 'PostNotFound'],
    ['feed.getThread', () => ({ uri: post }), 'PostNotFound'],
    ['actor.getMembership', () => ({ space: closed.space }), 'SpaceNotFound'],
  ];
  test.each(READS)('%s tells who is inside, and nobody else', async (name, params, error) => {
    const method = `club.commonplace.${name}`;
    const read = async (by: Signer | null): Promise<Response> => {
      const bearer = by && `Bearer ${await tokenOf(by, { aud: HERE, lxm: method })}`;
      return client.ask(
        `${method}?${new URLSearchParams(params())}`,
        bearer ? { headers: { authorization: bearer } } : {},
      );
    };
    const inside = await read(ada);
    expect([inside.status, inside.headers.get('cache-control')]).toEqual([200, 'private, max-age=0, must-revalidate']);
    await expectError(await read(ben), 400, error);
    if (name !== 'actor.getMembership') await expectError(await read(null), 400, error);
  });

  test('is shut to who is put out, with the next question', async () => {
    await closed.hold(ADA, { admitted: false });
    const authorization = `Bearer ${await tokenOf(ada, { aud: HERE, lxm: 'club.commonplace.feed.getPost' })}`;
    const answer = await client.ask(`club.commonplace.feed.getPost?uri=${post}`, { headers: { authorization } });
    await expectError(answer, 400, 'PostNotFound');
  });
});

test('a query that anybody may ask still refuses a token that does not hold', async () => {
  const method = 'club.commonplace.space.listSpaces';
  const asked = async (claims: object): Promise<Response> => {
    const authorization = `Bearer ${await tokenOf(ada, { aud: HERE, lxm: method, ...claims })}`;
    return client.ask(method, { headers: { authorization } });
  };
  expect((await asked({})).status).toBe(200);
  await expectError(await asked({ lxm: 'club.commonplace.feed.getFeed' }), 401, 'AuthenticationRequired', /lxm/);
});

describe('what is written to the viewer’s repository', () => {
  const JOIN = 'club.commonplace.actor.joinSpace';
  const join = (headers: Record<string, string>): Promise<Response> =>
    client.ask(JOIN, {
      method: 'POST',
      body: JSON.stringify({ space: club.space }),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const cookie = `__Host-session=${'s'.repeat(43)}${ADA}`;

  test('needs a session here: nobody who comes through their PDS can be written for', async () => {
    const authorization = `Bearer ${await tokenOf(ada, { aud: HERE, lxm: JOIN })}`;
    await expectError(await join({ authorization }), 403, 'SessionRequired', /write the record yourself/);
    await expectError(await join({}), 401, 'AuthenticationRequired');
    expect(written).toEqual([]);
  });

  test.each([
    [{}],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'none' }],
    [{ origin: 'http://localhost:8787', 'sec-fetch-site': 'same-site' }],
    [{ origin: 'http://localhost:8788', 'sec-fetch-site': 'same-origin' }],
  ])('is not written for a page of another site: %j', async (headers) => {
    await expectError(await join({ cookie, ...headers }), 401, 'AuthenticationRequired');
    expect(written).toEqual([]);
  });

  test('is written for a page of the same host', async () => {
    const answer = await join({ cookie, origin: 'http://localhost:8787', 'sec-fetch-site': 'same-origin' });
    expect(answer.status).toBe(200);
    const uri = `at://${ADA}/club.commonplace.actor.join/${club.space}`;
    expect([await answer.json(), written]).toEqual([{ uri }, [uri]]);
  });

  test('a token goes before a cookie', async () => {
    const authorization = `Bearer ${await tokenOf(ada, { aud: HERE, lxm: JOIN })}`;
    const headers = { cookie, authorization, origin: 'http://localhost:8787' };
    await expectError(await join(headers), 403, 'SessionRequired');
  });
});
