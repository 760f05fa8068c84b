// DID documents: where they are, and what of them concerns the network (DID specification of atproto).
import { formatDidKey, multibaseToBytes, P256_JWT_ALG, parseMultikey, SECP256K1_JWT_ALG } from '@atproto/crypto';
import { isValidHandle } from '@atproto/syntax';
import { isObject } from '../domain/json.ts';
import type { Did, Json, JsonObject } from '../domain/model.ts';
import { validDid } from '../domain/uri.ts';
import { refusedAddress } from './address.ts';
import type { Outbound } from './fetch.ts';

export interface DocumentOptions {
  /** Origin of the PLC directory. */
  plcUrl: string;
  development: boolean;
  outbound: Outbound;
}

const BOUNDS = { maxBytes: 100_000, timeoutMs: 5_000, redirects: 0 };

/** Null: no such DID, a tombstone, or a method that the network does not use. */
export async function didDocument(
  did: Did,
  { plcUrl, development, outbound }: DocumentOptions,
): Promise<JsonObject | null> {
  const url = documentUrl(did, plcUrl, development);
  if (url === null) return null;
  const { status, body } = await outbound.json(url, BOUNDS);
  if (status === 404 || status === 410) return null;
  if (status !== 200 || !isObject(body)) throw new Error(`${url} answered ${status}`);
  if (body.id !== did) throw new Error(`the document of ${did} is about ${String(body.id).slice(0, 300)}`);
  return body;
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

/** The first `at://` name of the document, if it is a valid one. It counts only when it leads back to the DID. */
export function claimedHandle(document: JsonObject): string | null {
  const names = Array.isArray(document.alsoKnownAs) ? document.alsoKnownAs : [];
  const first = names.find((name) => typeof name === 'string' && name.startsWith('at://'));
  const handle = typeof first === 'string' ? first.slice('at://'.length).toLowerCase() : '';
  return isValidHandle(handle) ? handle : null;
}

/** Origin of the account's PDS. */
export function pdsOf(document: JsonObject, did: Did, development: boolean): string | null {
  const service = entryOf(document.service, did, '#atproto_pds');
  const endpoint = service?.serviceEndpoint;
  if (service?.type !== 'AtprotoPersonalDataServer' || typeof endpoint !== 'string') return null;
  return refusedAddress(endpoint, development) === null ? new URL(endpoint).origin : null;
}

/** Base58, and no longer than an uncompressed key. */
const MULTIBASE_KEY = /^z[1-9A-HJ-NP-Za-km-z]{40,100}$/;
/** Older documents name the curve in the type, and the key is bare. */
const CURVES: Record<string, string> = {
  EcdsaSecp256k1VerificationKey2019: SECP256K1_JWT_ALG,
  EcdsaSecp256r1VerificationKey2019: P256_JWT_ALG,
};

/** The key that signs the account's repository, as a `did:key`; null where there is none that the network knows how to use. */
export function signingKeyOf(document: JsonObject, did: Did): string | null {
  const method = entryOf(document.verificationMethod, did, '#atproto');
  const key = method?.publicKeyMultibase;
  if (typeof method?.type !== 'string' || typeof key !== 'string' || !MULTIBASE_KEY.test(key)) return null;
  try {
    const curve = CURVES[method.type];
    if (curve !== undefined) return formatDidKey(curve, multibaseToBytes(key));
    return method.type === 'Multikey' && parseMultikey(key) ? `did:key:${key}` : null;
  } catch {
    // Not a point of its curve, or of a curve of which the network knows nothing.
    return null;
  }
}

/** The first entry of this id, which may be written in full or not. */
const entryOf = (entries: Json | undefined, did: Did, id: string): JsonObject | undefined =>
  (Array.isArray(entries) ? entries : [])
    .filter(isObject)
    .find((entry) => entry.id === id || entry.id === `${did}${id}`);
