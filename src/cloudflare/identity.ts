// Handles and DIDs over HTTP: no DNS in workerd, so a resolver that does it is asked beside the well-known file.
import { formatDidKey, multibaseToBytes, P256_JWT_ALG, SECP256K1_JWT_ALG } from '@atproto/crypto';
import { isValidHandle } from '@atproto/syntax';
import type { Did, JsonObject } from '../domain/model.ts';
import { validDid } from '../domain/uri.ts';
import { com } from '../lexicons/index.ts';
import type { IdentityPort } from '../ports/identity.ts';
import { type Outbound, refusedAddress } from './fetch.ts';
import { isObject, xrpcUrl } from './xrpc.ts';

const { resolveHandle: resolveHandleMethod } = com.atproto.identity;

export interface IdentityOptions {
  /** Origin of the PLC directory. */
  plcUrl: string;
  /** Origin that answers `com.atproto.identity.resolveHandle`. */
  handleResolver: string;
  development: boolean;
  outbound: Outbound;
}

const SMALL = { maxBytes: 100_000, timeoutMs: 5_000 };
const NO_DID = { maxBytes: 2_048, timeoutMs: 3_000 };

/** Both throw on a fault; null is a definite no. */
type AskHandle = (handle: string) => Promise<Did | null>;

export function identityPort(options: IdentityOptions): IdentityPort {
  const resolveHandle = handleResolver(options);
  return {
    resolveHandle,
    async resolveDid(did) {
      const document = await didDocument(did, options);
      if (document === null) return null;
      if (document.id !== did) throw new Error(`the document of ${did} is about ${String(document.id).slice(0, 300)}`);
      const handle = await confirmedHandle(document, did, resolveHandle);
      return { did, handle, pds: pdsOf(document, did, options), signingKey: signingKeyOf(document, did) };
    },
  };
}

/** The resolver's answer comes first: it knows DNS too, and a Worker that asks for its own hostname may get none. */
function handleResolver({ handleResolver, development, outbound }: IdentityOptions): AskHandle {
  const byResolver: AskHandle = async (handle) => {
    const { status, body } = await outbound.json(xrpcUrl(handleResolver, resolveHandleMethod.$lxm, { handle }), SMALL);
    if (status === 400 || status === 404) return null;
    const did = isObject(body) ? body.did : undefined;
    if (status === 200 && validDid(did)) return did;
    throw new Error(`the handle resolver ${handleResolver} answered ${status}`);
  };
  const byWellKnown: AskHandle = async (handle) => {
    const { status, text } = await outbound.text(`https://${handle}/.well-known/atproto-did`, NO_DID);
    const did = text.trim();
    return status === 200 && validDid(did) ? did : null;
  };
  return async (name) => {
    const handle = name.toLowerCase();
    if (!isValidHandle(handle)) return null;
    // Nothing of a local network is reached by its own name.
    if (development) return byResolver(handle);
    const [resolver, wellKnown] = await Promise.allSettled([byResolver(handle), byWellKnown(handle)]);
    const found = foundBy(resolver) ?? foundBy(wellKnown);
    if (found === null && resolver.status === 'rejected') throw resolver.reason;
    return found;
  };
}

const foundBy = (result: PromiseSettledResult<Did | null>): Did | null =>
  result.status === 'fulfilled' ? result.value : null;

/** Null: no such DID, a tombstone, or a method that the network does not use. */
async function didDocument(did: Did, { plcUrl, development, outbound }: IdentityOptions): Promise<JsonObject | null> {
  const url = documentUrl(did, plcUrl, development);
  if (url === null) return null;
  const { status, body } = await outbound.json(url, SMALL);
  if (status === 404 || status === 410) return null;
  if (status === 200 && isObject(body)) return body;
  throw new Error(`${url} answered ${status}`);
}

/** atproto allows `did:plc` and a `did:web` that is a hostname alone; with a port only on this machine. */
export function documentUrl(did: Did, plcUrl: string, development: boolean): string | null {
  if (!validDid(did)) return null;
  if (did.startsWith('did:plc:')) return new URL(`/${did}`, plcUrl).href;
  const host = /^did:web:([^:]+)$/.exec(did)?.[1];
  if (host === undefined) return null;
  const local = /^localhost(?:%3A(\d{1,5}))?$/i.exec(host);
  if (local) return development ? `http://localhost${local[1] ? `:${local[1]}` : ''}/.well-known/did.json` : null;
  return host.includes('%') ? null : `https://${host}/.well-known/did.json`;
}

/** What the document claims counts only when the handle names the same DID (handle specification). */
async function confirmedHandle(document: JsonObject, did: Did, resolve: AskHandle): Promise<string | null> {
  const handle = claimedHandle(document);
  return handle !== null && (await resolve(handle)) === did ? handle : null;
}

/** The first `at://` name of the document, if it is a valid one. */
export function claimedHandle(document: JsonObject): string | null {
  const names = Array.isArray(document.alsoKnownAs) ? document.alsoKnownAs : [];
  const first = names.find((name) => typeof name === 'string' && name.startsWith('at://'));
  const handle = typeof first === 'string' ? first.slice('at://'.length).toLowerCase() : '';
  return isValidHandle(handle) ? handle : null;
}

function pdsOf(document: JsonObject, did: Did, { development }: IdentityOptions): string | null {
  const services = Array.isArray(document.service) ? document.service.filter(isObject) : [];
  const service = services.find(({ id }) => id === '#atproto_pds' || id === `${did}#atproto_pds`);
  const endpoint = service?.serviceEndpoint;
  if (service?.type !== 'AtprotoPersonalDataServer' || typeof endpoint !== 'string') return null;
  return refusedAddress(endpoint, development) === null ? new URL(endpoint).origin : null;
}

/** Kinds of key in documents of older form, which name the curve. */
const ALGORITHMS: Partial<Record<string, string>> = {
  EcdsaSecp256k1VerificationKey2019: SECP256K1_JWT_ALG,
  EcdsaSecp256r1VerificationKey2019: P256_JWT_ALG,
};

/** The first `#atproto` method counts (DID specification of atproto). */
export function signingKeyOf(document: JsonObject, did: Did): string | null {
  const methods = Array.isArray(document.verificationMethod) ? document.verificationMethod.filter(isObject) : [];
  const { type, publicKeyMultibase: key } =
    methods.find(({ id }) => id === '#atproto' || id === `${did}#atproto`) ?? {};
  if (typeof key !== 'string' || typeof type !== 'string' || !/^z[A-Za-z0-9]{1,200}$/.test(key)) return null;
  if (type === 'Multikey') return `did:key:${key}`;
  const algorithm = Object.hasOwn(ALGORITHMS, type) ? ALGORITHMS[type] : undefined;
  try {
    return algorithm === undefined ? null : formatDidKey(algorithm, multibaseToBytes(key));
  } catch {
    // No point of the curve that it names.
    return null;
  }
}
