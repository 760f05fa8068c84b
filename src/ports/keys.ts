// Keys with which services sign for themselves.
import type { Did } from '../domain/model.ts';

export interface KeysPort {
  /**
   * The `#atproto` key of a DID document, as a `did:key`; null when it names none. May be some minutes old unless it is
   * asked for `anew`. Throws when the document could not be had.
   */
  signingKey(did: Did, anew: boolean): Promise<string | null>;
}
