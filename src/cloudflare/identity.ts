// Who an account is: its DID document, and the handle that leads back to it. Remembered for a time by each isolate.
import type { Did } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdentityPort, ResolvedIdentity } from '../ports/identity.ts';
import { claimedHandle, type DocumentOptions, didDocument, pdsOf, signingKeyOf } from './did-document.ts';
import { Expiring } from './expiring.ts';
import { type AskHandle, type HandleOptions, handleResolver } from './handle.ts';

export type IdentityOptions = DocumentOptions & HandleOptions;

export function identityPort(options: IdentityOptions): IdentityPort {
  const resolveHandle = handleResolver(options);
  return {
    resolveHandle,
    async resolveDid(did) {
      const document = await didDocument(did, options);
      if (document === null) return null;
      return {
        did,
        handle: await confirmedHandle(claimedHandle(document), did, resolveHandle),
        pds: pdsOf(document, did, options.development),
        signingKey: signingKeyOf(document, did),
      };
    },
  };
}

/** What the document claims counts only when the handle names the same DID (handle specification). */
const confirmedHandle = async (handle: string | null, did: Did, resolve: AskHandle): Promise<string | null> =>
  handle !== null && (await resolve(handle)) === did ? handle : null;

const MINUTE = 60_000;
const FRESH_MS = 10 * MINUTE;
/** A DID that is not there may have been made a moment ago. */
const ABSENT_MS = MINUTE;
/** So long the last answer stands in for servers that give none. */
const STALE_MS = 24 * 60 * MINUTE;
const MAX_KNOWN = 1_000;

/** Remembers what DIDs resolved to: ten minutes, and up to a day while it cannot be found out. `fresh` asks in any case. */
export function rememberingIdentities(port: IdentityPort, clock: Clock): IdentityPort {
  const known = new Expiring<{ identity: ResolvedIdentity | null; freshUntil: number }>(clock, MAX_KNOWN);
  const ask = async (did: Did): Promise<ResolvedIdentity | null> => {
    const identity = await port.resolveDid(did);
    const ms = identity ? FRESH_MS : ABSENT_MS;
    known.put(did, { identity, freshUntil: clock.now() + ms }, identity ? STALE_MS : ABSENT_MS);
    return identity;
  };
  return {
    resolveHandle: (handle) => port.resolveHandle(handle),
    async resolveDid(did, { fresh = false } = {}) {
      if (fresh) return ask(did);
      const last = known.get(did);
      if (last && last.freshUntil > clock.now()) return last.identity;
      try {
        return await ask(did);
      } catch (error) {
        if (last) return last.identity;
        throw error;
      }
    },
  };
}
