// Tokens that were used, until they expire: a service JWT counts once.

/** Begins with the time of expiry, so that the expired ones lie together. */
const keyOf = (expiresAt: number, token = ''): string => `used ${String(expiresAt).padStart(12, '0')} ${token}`;

/** `now` and `expiresAt` in seconds since 1970. */
export function isFirstUse({ kv }: DurableObjectStorage, token: string, expiresAt: number, now: number): boolean {
  for (const [key] of kv.list({ start: keyOf(0), end: keyOf(now), limit: 100 })) kv.delete(key);
  const key = keyOf(expiresAt, token);
  if (kv.get(key) !== undefined) return false;
  kv.put(key, 1);
  return true;
}
