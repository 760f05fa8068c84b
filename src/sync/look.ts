// Asks an author's own server what its signed repository holds of a record.
import type { JsonObject, Proof } from '../domain/model.ts';
import type { UriParts } from '../domain/uri.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { PdsPort } from '../ports/pds.ts';
import { BadProof, checkProof } from './proof.ts';

export interface LookDeps {
  identity: IdentityPort;
  pds: PdsPort;
}

/** What stands at a rev. `proof` is null only where a server says without one that there is no such record. */
export interface Seen {
  rev: string;
  found: { cid: string; record: JsonObject } | null;
  proof: Proof | null;
}

export type Look =
  | { seen: Seen }
  /** `isAnswer`: whoever should know was reached and gave no proof. */
  | { unseen: string; isAnswer: boolean };

const unseen = (why: string, isAnswer: boolean): Look => ({ unseen: why, isAnswer });

export async function look(record: UriParts, deps: LookDeps): Promise<Look> {
  try {
    const resolved = await deps.identity.resolveDid(record.did, { fresh: true });
    if (!resolved) return unseen('there is no such DID', true);
    const { pds, signingKey } = resolved;
    if (pds === null || signingKey === null) return unseen('the DID document names no server or no key', true);
    const answer = await deps.pds.proof(pds, record);
    if ('missing' in answer) return missing(answer.missing, pds, record, deps);
    const { commit, rev, found } = await checkProof(answer.car, record, signingKey);
    return { seen: { rev, found, proof: { commit, rev, signingKey, pds } } };
  } catch (error) {
    return unseen(error instanceof Error ? error.message : String(error), error instanceof BadProof);
  }
}

/** The account's own server, asked over TLS, is believed that a record is gone: it holds the key that would sign it. */
async function missing(what: 'record' | 'repository', pds: string, record: UriParts, deps: LookDeps): Promise<Look> {
  if (what === 'repository') return unseen('the server has no such repository', true);
  // The rev is taken before the answer that counts, so that nothing is said of what came after it.
  const rev = await deps.pds.latestRev(pds, record.did);
  const again = await deps.pds.proof(pds, record);
  if (rev === null || !('missing' in again)) throw new Error('the server contradicts itself');
  return { seen: { rev, found: null, proof: null } };
}
