// Names of the network: handles, DIDs, and where an account lives.
import type { Did } from '../domain/model.ts';

export interface ResolvedIdentity {
  did: Did;
  /** Checked both ways: the DID document claims it and it resolves to the DID. Null when it does not. */
  handle: string | null;
  /** Origin of the account's PDS, e.g. `https://pds.example.com`. */
  pds: string | null;
  /** What the account signs its commits with (`#atproto` of the document), as a `did:key`. */
  signingKey: string | null;
}

export interface IdentityPort {
  /** Null when the handle names nobody. Throws when the answer could not be had. */
  resolveHandle(handle: string): Promise<Did | null>;
  /** Null when there is no such DID (not found, or a tombstone). Throws when the answer could not be had. */
  resolveDid(did: Did): Promise<ResolvedIdentity | null>;
}
