// Accounts move: a server that does not have a repository may only be the one that had it.
import type { Did } from '../domain/model.ts';
import type { IdentityPort } from '../ports/identity.ts';

/**
 * Asks the PDS that is known, and when that has no such account (`ask` gives null) or cannot answer, the one that the DID names now, if
 * it is another. Null when neither has it. Throws what the known one threw when there is no other.
 */
export async function atHome<T>(
  { did, pds }: { did: Did; pds: string },
  { identity }: { identity: IdentityPort },
  ask: (pds: string) => Promise<T | null>,
): Promise<{ pds: string; answer: T } | null> {
  const [known] = await Promise.allSettled([ask(pds)]);
  if (known.status === 'fulfilled' && known.value !== null) return { pds, answer: known.value };
  const [resolved] = await Promise.allSettled([identity.resolveDid(did, { fresh: true })]);
  const home = resolved.status === 'fulfilled' ? (resolved.value?.pds ?? pds) : pds;
  if (home !== pds) {
    const answer = await ask(home);
    return answer === null ? null : { pds: home, answer };
  }
  if (known.status === 'rejected') throw known.reason;
  return null;
}
