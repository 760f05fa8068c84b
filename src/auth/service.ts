// Who asks without a browser: a service JWT (inter-service authentication specification), signed with the `#atproto` key of its
// issuer's DID document. A person's is made by their PDS, which passes on what their client asks; an instance makes its own.
import { verifySignature } from '@atproto/crypto';
import type { Did } from '../domain/model.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import { validDid } from '../domain/uri.ts';
import type { AccountsPort } from '../ports/accounts.ts';
import type { KeysPort } from '../ports/keys.ts';
import { fromBase64url } from './seal.ts';

/** What a token says; nothing of it is proven yet. */
export interface Claim {
  issuer: Did;
  /** Issuer and `jti`: together they name the token. */
  token: string;
  /** Seconds since 1970. */
  expiresAt: number;
  algorithm: 'ES256' | 'ES256K';
  signed: string;
  signature: Uint8Array;
}

export interface Asked {
  /** `did:web` of this instance, by all the names it goes by. */
  here: Did[];
  /** NSID of the method. */
  method: string;
  /** Milliseconds since 1970. */
  now: number;
}

const LONGEST = { token: 4_096, jti: 256, seconds: 300 };
const BEARER = /^Bearer +([\w-]+)\.([\w-]+)\.([\w-]+)$/i;
/** Tokens of other uses, which must not be taken for this one. */
const OTHER_TYPES = ['at+jwt', 'refresh+jwt', 'dpop+jwt'];

/** Null without a token. */
export function readClaim(authorization: string | null, { here, method, now }: Asked): Claim | null | Refusal {
  if (authorization === null) return null;
  const [, head = '', body = '', tail = ''] = BEARER.exec(authorization.slice(0, LONGEST.token)) ?? [];
  const [header, payload, signature] = [decoded(head), decoded(body), bytes(tail)];
  if (!header || !payload || !signature) return bad('Authorization must be "Bearer <service JWT>"');
  const { iss, aud, lxm, exp, jti } = payload;
  if (!validDid(iss)) return bad('iss must be a DID');
  const { alg, typ, crit } = header;
  if (alg !== 'ES256' && alg !== 'ES256K') return bad('alg must be ES256 or ES256K');
  if (typeof typ === 'string' && OTHER_TYPES.includes(typ.toLowerCase()))
    return bad(`a token of type ${typ} is for something else`);
  // What must be understood (RFC 7515, 4.1.11) is nothing that this understands.
  if (crit !== undefined) return bad('crit names what is not known here');
  if (typeof aud !== 'string' || !here.includes(aud.split('#')[0] ?? '')) return bad(`aud must be ${here[0]}`);
  if (lxm !== method) return bad(`lxm must be ${method}`);
  const seconds = now / 1000;
  if (typeof exp !== 'number' || !Number.isSafeInteger(exp) || exp <= seconds) return bad('exp must be a time to come');
  if (exp > seconds + LONGEST.seconds) return bad(`exp must be at most ${LONGEST.seconds} seconds ahead`);
  if (typeof jti !== 'string' || jti === '' || jti.length > LONGEST.jti) return bad('jti must be there');
  const signed = `${head}.${body}`;
  return { issuer: iss, token: `${iss} ${jti}`, expiresAt: exp, algorithm: alg, signed, signature };
}

export interface Proving {
  keys: KeysPort;
  tokens: Pick<AccountsPort, 'isFirstUse'>;
}

/** Null when the issuer made it for this one request. `changes`: something is done by it, so no older key will do. */
export async function refuseUnlessProven(
  claim: Claim,
  { keys, tokens }: Proving,
  { changes = false } = {},
): Promise<Refusal | null> {
  const refused = await refuseUnlessSigned(claim, keys, changes ? [true] : [false, true]);
  if (refused) return refused;
  const isFirst = await tokens.isFirstUse(claim.issuer, claim.token, claim.expiresAt);
  return isFirst ? null : bad('this token was used before: make one for each request');
}

/** The key may have changed since it was last looked up. */
async function refuseUnlessSigned(claim: Claim, keys: KeysPort, looks: boolean[]): Promise<Refusal | null> {
  try {
    for (const isAnew of looks) {
      const key = await keys.signingKey(claim.issuer, isAnew);
      if (key !== null && (await isSignedWith(key, claim))) return null;
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return bad(`the key of ${claim.issuer} could not be had: ${why}`);
  }
  return bad(`the signature is not that of ${claim.issuer}`);
}

async function isSignedWith(key: string, { signed, signature, algorithm }: Claim): Promise<boolean> {
  const options = { jwtAlg: algorithm, allowMalleableSig: true };
  try {
    return await verifySignature(key, new TextEncoder().encode(signed), signature, options);
  } catch {
    // A key of another kind, or a signature of another length.
    return false;
  }
}

const bad = (message: string): Refusal => refuse('AuthenticationRequired', message);

/** Null for what is no base64url. */
function bytes(base64url: string): Uint8Array | null {
  try {
    return fromBase64url(base64url);
  } catch {
    return null;
  }
}

/** A part of a token; null for what is none. */
export function decoded(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes(part) ?? new Uint8Array()));
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
