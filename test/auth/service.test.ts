/** Service JWTs: what is taken, and what is not. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Claim, readClaim, refuseUnlessProven } from '../../src/auth/service.ts';
import type { KeysPort } from '../../src/ports/keys.ts';
import { makeSigner, type Signer, tokenOf } from './tokens.ts';

const [HERE, METHOD] = ['did:web:here.example', 'club.commonplace.sync.listRecords'];
const asked = { here: [HERE], method: METHOD, now: Date.now() };
const seconds = Math.floor(Date.now() / 1000);
let instance: Signer;

beforeAll(async () => {
  instance = await makeSigner('did:web:there.example');
});

const claim = async (claims: object, header: object = {}, by = instance) =>
  readClaim(`Bearer ${await tokenOf(by, { aud: HERE, lxm: METHOD, ...claims }, header)}`, asked);

const tokens = { isFirstUse: async () => true };
const refuseUnlessSigned = (claimed: Claim, keys: KeysPort, more = {}) =>
  refuseUnlessProven(claimed, { keys, tokens }, more);

describe('a token', () => {
  test.each(['ES256', 'ES256K'] as const)('signed with %s is its issuer’s', async (kind) => {
    const signer = await makeSigner('did:web:there.example', kind);
    const read = await claim({}, {}, signer);
    if (read === null || 'refusal' in read) throw new Error(JSON.stringify(read));
    expect(read.issuer).toBe('did:web:there.example');
    expect(await refuseUnlessSigned(read, { signingKey: async () => signer.key.did() })).toBeNull();
    const others = (await makeSigner('did:web:there.example', kind)).key.did();
    expect(await refuseUnlessSigned(read, { signingKey: async () => others })).toMatchObject({
      refusal: 'AuthenticationRequired',
    });
    expect(await refuseUnlessSigned(read, { signingKey: async () => null })).toMatchObject({
      refusal: 'AuthenticationRequired',
    });
    expect(await refuseUnlessSigned(read, { signingKey: async () => 'did:key:nonsense' })).toMatchObject({
      message: /signature/,
    });
  });

  test('is tried once more with a key looked up anew', async () => {
    const old = (await makeSigner('did:web:there.example')).key.did();
    const read = await claim({});
    if (read === null || 'refusal' in read) throw new Error(JSON.stringify(read));
    const keys = { signingKey: async (_: string, anew: boolean) => (anew ? instance.key.did() : old) };
    expect(await refuseUnlessSigned(read, keys)).toBeNull();
  });

  test('that changes something is not taken with a key of before', async () => {
    const old = instance.key.did();
    const keys = { signingKey: async (_: string, anew: boolean) => (anew ? null : old) };
    const read = await claim({});
    if (read === null || 'refusal' in read) throw new Error(JSON.stringify(read));
    expect(await refuseUnlessSigned(read, keys, { changes: true })).toMatchObject({ message: /signature/ });
  });

  test('whose issuer’s key cannot be had is refused, with the reason', async () => {
    const read = await claim({});
    if (read === null || 'refusal' in read) throw new Error(JSON.stringify(read));
    const keys = { signingKey: () => Promise.reject(new Error('no answer')) };
    expect((await refuseUnlessSigned(read, keys))?.message).toMatch(/no answer/);
  });

  test('may name the instance’s service', async () => {
    expect(await claim({ aud: `${HERE}#commonplace` })).toMatchObject({ issuer: 'did:web:there.example' });
  });

  test('of a person’s account names that account', async () => {
    expect(await claim({ iss: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa' })).toMatchObject({
      issuer: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa',
    });
    expect(readClaim(null, asked)).toBeNull();
  });

  test.each<[string, object, object?]>([
    ['another audience', { aud: 'did:web:elsewhere.example' }],
    ['no audience', { aud: undefined }],
    ['another method', { lxm: 'club.commonplace.sync.subscribe' }],
    ['no method', { lxm: undefined }],
    ['a time that is past', { exp: seconds - 1 }],
    ['a time far ahead', { exp: seconds + 3_600 }],
    ['no time', { exp: undefined }],
    ['a time that is no number', { exp: '9999999999' }],
    ['no jti', { jti: undefined }],
    ['a jti without end', { jti: 'x'.repeat(300) }],
    ['no issuer', { iss: undefined }],
    ['an issuer that is no DID', { iss: 'there.example' }],
    ['no algorithm', {}, { alg: 'none' }],
    ['a shared secret', {}, { alg: 'HS256' }],
    ['the type of an access token', {}, { typ: 'at+jwt' }],
    ['the type of a refresh token', {}, { typ: 'refresh+jwt' }],
    ['the type of a proof', {}, { typ: 'DPoP+jwt' }],
  ])('with %s is refused', async (_, claims, header) => {
    expect(await claim(claims, header)).toMatchObject({ refusal: 'AuthenticationRequired' });
  });

  test('whose signature is no base64url is refused', async () => {
    const [head, body] = (await tokenOf(instance, { aud: HERE, lxm: METHOD })).split('.');
    expect(readClaim(`Bearer ${head}.${body}.a`, asked)).toMatchObject({ refusal: 'AuthenticationRequired' });
  });

  test.each(['Bearer', 'Bearer x', 'Bearer a.b.c', 'Bearer !!!.###.$$$', `Bearer ${'a.'.repeat(9_000)}`, 'Basic abc'])(
    'that is %j is refused',
    (authorization) => {
      expect(readClaim(authorization, asked)).toMatchObject({ refusal: 'AuthenticationRequired' });
    },
  );
});
