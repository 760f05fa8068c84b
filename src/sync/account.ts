// The stream is unsigned: whether an account is gone is asked of its own PDS before anything is erased.
import type { AccountStatus, Did } from '../domain/model.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { PdsPort } from '../ports/pds.ts';

export type AccountVerdict =
  /** The PDS agrees that it is inactive; `status` is its own word for why. */
  | { verdict: 'confirmed'; status: AccountStatus }
  /** The PDS still serves it. */
  | { verdict: 'denied' }
  /** Gone from its own PDS: erase what is held. */
  | { verdict: 'deleted' }
  /** No answer counts: what is hidden stays hidden, nothing is erased, ask again later. */
  | { verdict: 'unreachable'; why: string };

/** `word` is `repoStatus` of the account's own PDS. */
export function judgeAccount(reported: AccountStatus, word: string): AccountVerdict {
  if (word === 'deleted') return { verdict: 'deleted' };
  if (word === 'active') return reported === 'active' ? { verdict: 'confirmed', status: word } : { verdict: 'denied' };
  return { verdict: 'confirmed', status: word };
}

/**
 * What the server where an account lives says of it. Throws when the account has moved meanwhile: a server that was left says it is
 * gone, and what such a one says counts for nothing.
 */
export async function wordOf(
  { did, pds }: { did: Did; pds: string },
  deps: { identity: IdentityPort; pds: PdsPort },
): Promise<string> {
  const word = await deps.pds.repoStatus(pds, did);
  if (word === 'active') return word;
  const home = (await deps.identity.resolveDid(did, { fresh: true }))?.pds;
  if (home !== pds) throw new Error(`${did} is not at ${pds} any more`);
  return word;
}

/**
 * The DID is resolved anew, for an account that has moved is unknown to its former PDS. A DID that cannot be resolved, or names no
 * PDS, has nobody who could confirm: that erases nothing either, lest a broken directory empty the index.
 */
export async function confirmAccount(
  account: { did: Did; status: AccountStatus },
  deps: { identity: IdentityPort; pds: PdsPort },
): Promise<AccountVerdict> {
  try {
    const resolved = await deps.identity.resolveDid(account.did, { fresh: true });
    if (!resolved?.pds) return { verdict: 'unreachable', why: `${account.did} names no PDS` };
    return judgeAccount(account.status, await wordOf({ did: account.did, pds: resolved.pds }, deps));
  } catch (error) {
    return { verdict: 'unreachable', why: error instanceof Error ? error.message : String(error) };
  }
}
