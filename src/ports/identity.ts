// Names of the network: handles, DIDs, and where an account lives.
import type { Did } from '../domain/model.ts';

export interface ResolvedIdentity {
  did: Did;
  /** Checked both ways: the DID document claims it and it resolves to the DID. Null when it does not. */
  handle: string | null;
  /** Origin of the account's PDS, e.g. `https://pds.example.com`. */
  pds: string | null;
  /** What the account's repository is signed with: the `#atproto` key of the DID document, as a `did:key`. */
  signingKey: string | null;
}

export interface IdentityPort {
  /** Null when the handle names nobody. Throws when the answer could not be had. */
  resolveHandle(handle: string): Promise<Did | null>;
  /**
   * Null when there is no such DID (not found, or a tombstone). Throws when the answer could not be had. The answer may be some minutes
   * old, and hours while its servers are away; `fresh` asks anew: after a word of change, or where the old answer did not hold.
   */
  resolveDid(did: Did, options?: { fresh?: boolean }): Promise<ResolvedIdentity | null>;
}
