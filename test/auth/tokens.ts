/** Service JWTs as instances make them, and as others forge them. */
import { type Keypair, P256Keypair, Secp256k1Keypair } from '@atproto/crypto';
import type { Did } from '../../src/domain/model.ts';

export interface Signer {
  did: Did;
  key: Keypair;
}

export const makeSigner = async (did: Did, kind: 'ES256' | 'ES256K' = 'ES256'): Promise<Signer> => ({
  did,
  key: kind === 'ES256' ? await P256Keypair.create() : await Secp256k1Keypair.create(),
});

let count = 0;
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Valid for a minute, unless the claims say otherwise; those that are undefined are left out. */
export async function tokenOf({ did, key }: Signer, claims: object, header: object = {}): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + 60;
  const signed = `${part({ alg: key.jwtAlg, typ: 'JWT', ...header })}.${part({ iss: did, exp, jti: `t${count++}`, ...claims })}`;
  const signature = await key.sign(new TextEncoder().encode(signed));
  return `${signed}.${Buffer.from(signature).toString('base64url')}`;
}
