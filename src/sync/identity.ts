// A name may have changed: what to store of an account's handle and server.
import type { Did } from '../domain/model.ts';
import type { IdentityPort } from '../ports/identity.ts';

export interface IdentityFacts {
  did: Did;
  handle: string | null;
  pds: string | null;
}

/** Null when it could not be found out now: ask again later. A DID that is gone has neither name nor server. */
export async function resolveIdentity(did: Did, deps: { identity: IdentityPort }): Promise<IdentityFacts | null> {
  try {
    const resolved = await deps.identity.resolveDid(did, { fresh: true });
    return { did, handle: resolved?.handle ?? null, pds: resolved?.pds ?? null };
  } catch {
    // Whatever failed lies outside: the job that asked retries, with a limit.
    return null;
  }
}
