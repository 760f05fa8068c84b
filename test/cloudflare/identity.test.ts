/** Names checked both ways, and which servers are asked for them. */
import { bytesToMultibase, parseDidKey } from '@atproto/crypto';
import { describe, expect, test } from 'vitest';
import { documentUrl } from '../../src/cloudflare/did-document.ts';
import { outbound } from '../../src/cloudflare/fetch.ts';
import { identityPort } from '../../src/cloudflare/identity.ts';

const DID = 'did:plc:z72i7hdynmk6r22z27h6tvur';
const RESOLVER = 'https://resolver.example.com';
const PLC = 'https://plc.example.com';
const OTHER = 'did:plc:44ybard66vv44zksje25o7dz';

type Web = Record<string, string | object | number>;

/** A web of addresses; `down` answers nothing, what is not in it is 404. `txt` are records of DNS, by name. */
function port(web: Web, development = false, txt: Record<string, string[] | 'down'> = {}) {
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
    outbound: outbound({
      development,
      trusted: [PLC, RESOLVER],
      addresses: async () => ['104.16.0.1'],
      fetch: fetch as typeof globalThis.fetch,
    }),
    dns: {
      txt: async (name) => {
        asked.push(`TXT ${name}`);
        const records = txt[name] ?? [];
        if (records === 'down') throw new Error('DNS is down');
        return records;
      },
    },
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
      'both, where its own site is right',
      { [byResolver('alice.example.com')]: { did: OTHER }, [wellKnown('alice.example.com')]: DID },
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

  const handle = 'alice.example.com';
  const name = `_atproto.${handle}`;
  const both = { [byResolver(handle)]: { did: OTHER }, [wellKnown(handle)]: OTHER };

  test.each([
    ['one record says it', [`did=${DID}`], {}, DID],
    ['it says something else than all others', [`did=${DID}`], both, DID],
    ['it says the same twice', [`did=${DID}`, `did=${DID}`], both, DID],
    ['it says other things beside', ['v=spf1 -all', 'DID=x', 'did=nobody', 'did=', `did=${DID} `], both, DID],
    ['it says two things', [`did=${DID}`, `did=${OTHER}`], both, null],
    ['it says nothing valid', ['did=nobody', `did:${DID}`], both, OTHER],
    ['it has no records', [], both, OTHER],
  ])('by DNS, when %s', async (_, records, web, did) => {
    expect(await port(web, false, { [name]: records }).identity.resolveHandle(handle)).toBe(did);
  });

  test('that DNS knows is asked of nobody else', async () => {
    const { identity, asked } = port(both, false, { [name]: [`did=${DID}`] });
    await identity.resolveHandle('ALICE.example.com');
    expect(asked).toEqual([`TXT ${name}`]);
  });

  test('is asked of the resolver, who knows DNS, before its own site while DNS is down', async () => {
    const web = { [byResolver(handle)]: { did: DID }, [wellKnown(handle)]: OTHER };
    expect(await port(web, false, { [name]: 'down' }).identity.resolveHandle(handle)).toBe(DID);
    expect(
      await port({ [byResolver(handle)]: 400 }, false, { [name]: 'down' }).identity.resolveHandle(handle),
    ).toBeNull();
    const dark = port({ [byResolver(handle)]: 'down' }, false, { [name]: 'down' });
    await expect(dark.identity.resolveHandle(handle)).rejects.toThrow('connection refused');
  });

  test('may have its file behind a redirect', async () => {
    const fetch = (async (input: RequestInfo | URL) =>
      String(input) === wellKnown(handle)
        ? new Response(null, { status: 301, headers: { location: 'https://www.example.com/did' } })
        : new Response(String(input) === 'https://www.example.com/did' ? DID : null)) as typeof globalThis.fetch;
    const out = outbound({ development: false, addresses: async () => ['104.16.0.1'], fetch });
    const options = { plcUrl: PLC, handleResolver: RESOLVER, development: false, outbound: out };
    expect(await identityPort({ ...options, dns: { txt: async () => [] } }).resolveHandle(handle)).toBe(DID);
  });

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

  const key = 'zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme';
  const bare = bytesToMultibase(parseDidKey(`did:key:${key}`).keyBytes, 'base58btc');
  const method = { id: `${DID}#atproto`, type: 'Multikey', controller: DID, publicKeyMultibase: key };
  test.each([
    ['its #atproto key', [{ ...method, id: '#atproto_label', publicKeyMultibase: 'zOther' }, method], `did:key:${key}`],
    ['the same in short', [{ ...method, id: '#atproto' }], `did:key:${key}`],
    // The same key in both forms: the bare one of older documents is uncompressed.
    [
      'the bare key of an older document',
      [{ ...method, type: 'EcdsaSecp256k1VerificationKey2019', publicKeyMultibase: bare }],
      `did:key:${key}`,
    ],
    [
      'none of another curve',
      [{ ...method, publicKeyMultibase: 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK' }],
      null,
    ],
    ['none of another kind', [{ ...method, type: 'JsonWebKey2020' }], null],
    ['none that is no point', [{ ...method, publicKeyMultibase: `${key.slice(0, -4)}1111` }], null],
    ['none in nonsense', [{ ...method, type: 'EcdsaSecp256r1VerificationKey2019' }], null],
    ['none in another base', [{ ...method, publicKeyMultibase: 'f00' }], null],
    ["none of another's", [{ ...method, id: `${OTHER}#atproto` }], null],
    ['none where it has none', undefined, null],
    ['none where it has nonsense', 'key', null],
  ])('signs with %s', async (_, verificationMethod, signingKey) => {
    const { identity } = port({ ...known, [doc]: document({ verificationMethod }) });
    expect(await identity.resolveDid(DID)).toMatchObject({ signingKey });
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
