// Instances prove who they are: a service JWT (inter-service authentication specification), signed with the key in their
// `did:web` document.
import { verifySignature } from '@atproto/crypto';
import type { Did } from '../domain/model.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import { validDid } from '../domain/uri.ts';
import type { KeysPort } from '../ports/keys.ts';

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
  /** `did:web` of this instance. */
  here: Did;
  /** NSID of the method. */
  method: string;
  /** Milliseconds since 1970. */
  now: number;
}

const LONGEST = { token: 4_096, jti: 256, seconds: 300 };
const BEARER = /^Bearer +([\w-]+)\.([\w-]+)\.([\w-]+)$/i;
/** Tokens of other uses, which must not be taken for this one. */
const OTHER_TYPES = ['at+jwt', 'refresh+jwt', 'dpop+jwt'];

/** Null where no instance is named: without a token, and with one of a person's account, which gives no right here. */
export function readClaim(authorization: string | null, { here, method, now }: Asked): Claim | null | Refusal {
  if (authorization === null) return null;
  const [, head = '', body = '', tail = ''] = BEARER.exec(authorization.slice(0, LONGEST.token)) ?? [];
  const [header, payload, signature] = [decoded(head), decoded(body), bytes(tail)];
  if (!header || !payload || !signature) return bad('Authorization must be "Bearer <service JWT>"');
  const { iss, aud, lxm, exp, jti } = payload;
  if (!validDid(iss)) return bad('iss must be a DID');
  if (!iss.startsWith('did:web:')) return null;
  const { alg, typ } = header;
  if (alg !== 'ES256' && alg !== 'ES256K') return bad('alg must be ES256 or ES256K');
  if (typeof typ === 'string' && OTHER_TYPES.includes(typ.toLowerCase()))
    return bad(`a token of type ${typ} is for something else`);
  if (typeof aud !== 'string' || aud.split('#')[0] !== here) return bad(`aud must be ${here}`);
  if (lxm !== method) return bad(`lxm must be ${method}`);
  const seconds = now / 1000;
  if (typeof exp !== 'number' || !Number.isSafeInteger(exp) || exp <= seconds) return bad('exp must be a time to come');
  if (exp > seconds + LONGEST.seconds) return bad(`exp must be at most ${LONGEST.seconds} seconds ahead`);
  if (typeof jti !== 'string' || jti === '' || jti.length > LONGEST.jti) return bad('jti must be there');
  const signed = `${head}.${body}`;
  return { issuer: iss, token: `${iss} ${jti}`, expiresAt: exp, algorithm: alg, signed, signature };
}

/** Null when the issuer signed it. The key may have changed since it was last looked up. */
export async function refuseUnlessSigned(claim: Claim, keys: KeysPort): Promise<Refusal | null> {
  try {
    for (const isAnew of [false, true]) {
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
    return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}

function decoded(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes(part) ?? new Uint8Array()));
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
