// Keys by which the instance's clients say who they are: made here, sealed, renewed twice a year.
import { JoseKey } from '@atproto/jwk-jose';
import type { ClientKey } from '../../ports/sign-ins.ts';
import { newSecret, type Seal } from '../seal.ts';

export const KEY_PURPOSE = 'client key';

const DAY = 86_400_000;
/** A new one is made after half a year. */
const RENEWED_MS = 180 * DAY;
export const LONGEST_SESSION_MS = 2 * 365 * DAY;
/** A session refreshes with the key it began with. */
const KEPT_MS = RENEWED_MS + LONGEST_SESSION_MS;
/** Servers keep what they read of `/jwks.json` for a while: a key signs only when they can know it. */
const KNOWN_MS = 3_600_000;

export async function makeKey(seal: Seal, now: number): Promise<ClientKey> {
  const key = await JoseKey.generate(['ES256'], newSecret().slice(0, 16));
  return { kid: key.kid ?? '', sealed: await seal.seal({ ...key.privateJwk, alg: 'ES256' }, KEY_PURPOSE), madeAt: now };
}

export const isDue = (keys: ClientKey[], now: number): boolean => keys.every(({ madeAt }) => madeAt < now - RENEWED_MS);

/** Those that are still published, the one that signs first. */
export function inOrder(keys: ClientKey[], now: number): ClientKey[] {
  const live = keys.filter(({ madeAt }) => madeAt > now - KEPT_MS).sort((a, b) => b.madeAt - a.madeAt);
  const known = live.filter(({ madeAt }) => madeAt < now - KNOWN_MS);
  return known.length === 0 ? live.reverse() : [...known, ...live.filter((key) => !known.includes(key))];
}
