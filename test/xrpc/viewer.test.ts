/** Who asks a method: a token of their PDS for this one request, and every trick with one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as getMembership from '../../src/lexicons/club/commonplace/actor/getMembership.ts';
import { makeSigner, type Signer, tokenOf } from '../auth/tokens.ts';
import { Community } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type Client, clientOf, expectError, outputOf } from './setup.ts';

const HERE = 'did:web:localhost';
const METHOD = getMembership.$lxm;
const ADA = 'did:plc:adaadaadaadaadaadaadaada';
let database: TestDatabase;
let club: Community;
let client: Client;
let ada: Signer;
/** The key that her document names now. */
let named: string;
const used = new Set<string>();

beforeAll(async () => {
  database = await openDatabase();
  club = await Community.found(database.db, 'club', { profile: { postPolicy: 'members' } });
  ada = await makeSigner(ADA, 'ES256K');
  named = ada.key.did();
  client = clientOf(database.db, {
    now: Date.now(),
    audience: [HERE],
    keys: { signingKey: async (did) => (did === ADA ? named : null) },
    tokens: { isFirstUse: async (did, token) => !used.has(did + token) && !!used.add(did + token) },
  });
});
afterAll(() => database?.stop());

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
