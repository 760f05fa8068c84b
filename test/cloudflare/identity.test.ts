/** Names checked both ways, and which servers are asked for them. */
import { describe, expect, test } from 'vitest';
import { outbound } from '../../src/cloudflare/fetch.ts';
import { documentUrl, identityPort } from '../../src/cloudflare/identity.ts';

const DID = 'did:plc:z72i7hdynmk6r22z27h6tvur';
const RESOLVER = 'https://resolver.example.com';
const PLC = 'https://plc.example.com';
const OTHER = 'did:plc:44ybard66vv44zksje25o7dz';

/** A web of addresses; `down` answers nothing, what is not in it is 404. */
function port(web: Record<string, string | object | number>, development = false) {
  const asked: string[] = [];
  const fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const url = String(input);
    asked.push(url);
    const answer = web[url] ?? 404;
    if (answer === 'down') throw new TypeError('connection refused');
    if (typeof answer === 'number') return new Response('{"error":"InvalidRequest"}', { status: answer });
    return new Response(typeof answer === 'string' ? answer : JSON.stringify(answer));
  };
  const identity = identityPort({
    plcUrl: PLC,
    handleResolver: RESOLVER,
    development,
    outbound: outbound({ development, fetch: fetch as typeof globalThis.fetch }),
  });
  return { identity, asked };
}

const byResolver = (handle: string) => `${RESOLVER}/xrpc/com.atproto.identity.resolveHandle?handle=${handle}`;
const wellKnown = (handle: string) => `https://${handle}/.well-known/atproto-did`;
const document = (more: object = {}) => ({
  id: DID,
  alsoKnownAs: ['at://alice.example.com'],
  service: [
    { id: '#other', type: 'Other', serviceEndpoint: 'https://other.example.com' },
    { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: 'https://pds.example.com/' },
  ],
  ...more,
});

describe('a handle', () => {
  test.each([
    ['the resolver knows it', { [byResolver('alice.example.com')]: { did: DID } }, DID],
    ['its own site says it', { [wellKnown('alice.example.com')]: ` ${DID}\n` }, DID],
    [
      'both, where the resolver is right',
      { [byResolver('alice.example.com')]: { did: DID }, [wellKnown('alice.example.com')]: OTHER },
      DID,
    ],
    [
      'the resolver is down and its own site says it',
      { [byResolver('alice.example.com')]: 'down', [wellKnown('alice.example.com')]: DID },
      DID,
    ],
    [
      'its own site is down and the resolver knows it',
      { [byResolver('alice.example.com')]: { did: DID }, [wellKnown('alice.example.com')]: 'down' },
      DID,
    ],
    ['nobody knows it', { [byResolver('alice.example.com')]: 400 }, null],
    ['its own site says nonsense', { [wellKnown('alice.example.com')]: '<html>did:plc:x</html>' }, null],
  ])('when %s', async (_, web, did) => {
    expect(await port(web).identity.resolveHandle('Alice.Example.com')).toBe(did);
  });

  test.each([
    ['down', 'down'],
    ['broken', 502],
    ['talking nonsense', { did: 'nobody' }],
  ])('is not called unknown while the resolver is %s', async (_, answer) => {
    const { identity } = port({ [byResolver('alice.example.com')]: answer });
    await expect(identity.resolveHandle('alice.example.com')).rejects.toThrow();
  });

  test.each(['alice', 'alice@example.com', '-.com', '127.0.0.1', ''])(
    '"%s" is none, and nobody is asked',
    async (name) => {
      const { identity, asked } = port({});
      expect(await identity.resolveHandle(name)).toBeNull();
      expect(asked).toEqual([]);
    },
  );

  test('of a local network is asked of the resolver only', async () => {
    const { identity, asked } = port({ [byResolver('alice.test')]: { did: DID } }, true);
    expect(await identity.resolveHandle('alice.test')).toBe(DID);
    expect(asked).toEqual([byResolver('alice.test')]);
  });
});

describe('a DID', () => {
  const known = { [byResolver('alice.example.com')]: { did: DID } };
  const doc = `${PLC}/${DID}`;

  test('has the handle that leads back to it, and a PDS', async () => {
    const { identity } = port({ ...known, [doc]: document() });
    expect(await identity.resolveDid(DID)).toEqual({
      did: DID,
      handle: 'alice.example.com',
      pds: 'https://pds.example.com',
      signingKey: null,
    });
  });

  test.each([
    ['that leads to another DID', {}, { [byResolver('alice.example.com')]: { did: OTHER } }],
    ['that leads nowhere', {}, { [byResolver('alice.example.com')]: 400 }],
    ['that is none', { alsoKnownAs: ['at://alice', 'https://alice.example.com'] }, {}],
    ['that is missing', { alsoKnownAs: undefined }, {}],
    ['that is not the first', { alsoKnownAs: ['at://mallory.example.com', 'at://alice.example.com'] }, known],
  ])('has no handle where it claims one %s', async (_, more, web) => {
    const { identity } = port({ ...web, [doc]: document(more) });
    expect(await identity.resolveDid(DID)).toMatchObject({ handle: null });
  });

  test('has an unknown handle, not none, while the resolver is down', async () => {
    const { identity } = port({ [byResolver('alice.example.com')]: 'down', [doc]: document() });
    await expect(identity.resolveDid(DID)).rejects.toThrow('connection refused');
  });

  test.each([
    ['without services', { service: [] }],
    [
      'with a service of another kind',
      { service: [{ id: '#atproto_pds', type: 'Other', serviceEndpoint: 'https://pds.example.com' }] },
    ],
    [
      'at a private address',
      { service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: 'https://10.0.0.1' }] },
    ],
    [
      'by plain http',
      {
        service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: 'http://pds.example.com' }],
      },
    ],
    [
      'at no address',
      { service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: { a: 1 } }] },
    ],
  ])('has no PDS %s', async (_, more) => {
    const { identity } = port({ ...known, [doc]: document(more) });
    expect(await identity.resolveDid(DID)).toMatchObject({ pds: null });
  });

  const signing = (type: string, key: unknown, id = '#atproto'): object => ({
    verificationMethod: [
      { id: `${DID}#atproto_label`, type: 'Multikey', publicKeyMultibase: 'zOther' },
      { id: id.startsWith('#') ? DID + id : id, type, publicKeyMultibase: key },
    ],
  });
  // Both forms of one key, from the DID documentation of atproto.
  const multikey = 'zQ3shXjHeiBuRCKmM36cuYnm7YEMzhGnCmCyW92sRJ9pribSF';
  const older = 'zQYEBzXeuTM9UR3rfvNag6L3RNAs5pQZyYPsomTsgQhsxLdEgCrPTLgFna8yqCnxPpNT7DBk6Ym3dgPKNu86vt9GR';

  test.each([
    ['as a Multikey', signing('Multikey', multikey), `did:key:${multikey}`],
    ['in the older form', signing('EcdsaSecp256k1VerificationKey2019', older), `did:key:${multikey}`],
    ['of a kind not known', signing('Ed25519VerificationKey2020', multikey), null],
    ['of a name every object has', signing('constructor', multikey), null],
    ['that is no point', signing('EcdsaSecp256k1VerificationKey2019', 'zzzz'), null],
    ['that is no text', signing('Multikey', [multikey]), null],
    ['of another use', signing('Multikey', multikey, '#other'), null],
  ])('has the key %s', async (_, more, signingKey) => {
    const { identity } = port({ ...known, [doc]: document(more) });
    expect(await identity.resolveDid(DID)).toMatchObject({ signingKey });
  });

  test.each([404, 410])('does not exist where the directory answers %d', async (status) => {
    expect(await port({ [doc]: status }).identity.resolveDid(DID)).toBeNull();
  });

  test.each([
    ['is down', 'down'],
    ['is broken', 500],
    ['answers about another', document({ id: OTHER })],
    ['answers a list', []],
  ])('is not called gone while the directory %s', async (_, answer) => {
    await expect(port({ [doc]: answer }).identity.resolveDid(DID)).rejects.toThrow();
  });
});

test.each([
  [DID, false, `${PLC}/${DID}`],
  ['did:web:example.com', false, 'https://example.com/.well-known/did.json'],
  ['did:web:localhost%3A2583', true, 'http://localhost:2583/.well-known/did.json'],
  ['did:web:localhost', true, 'http://localhost/.well-known/did.json'],
  ['did:web:localhost%3A2583', false, null],
  ['did:web:localhost', false, null],
  ['did:web:example.com%3A8443', true, null],
  ['did:web:example.com:users:alice', false, null],
  ['did:web:example.com%2Fevil', false, null],
  ['did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme', false, null],
  ['did:example:x', false, null],
  ['nonsense', false, null],
])('the document of %s (development: %s) is at %s', (did, development, url) => {
  expect(documentUrl(did, PLC, development)).toBe(url);
});
