// The account behind a space: who it is, where it lives, and which of its records concern the space.
import { isValidHandle } from '@atproto/syntax';
import { isKnown, isOurs, MAX_FURTHER, NSID } from '../domain/collections.ts';
import type { Did } from '../domain/model.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import { validDid } from '../domain/uri.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { PdsPort } from '../ports/pds.ts';

export interface Group {
  did: Did;
  /** Null when what the DID document claims does not lead back to it. */
  handle: string | null;
  pds: string;
}

/** By handle or DID, checked both ways, as it is now: it is no frequent question, and who asks may have changed it a moment ago. */
export async function resolveGroup(subject: string, identity: IdentityPort): Promise<Group | Refusal> {
  const name = subject.trim().replace(/^@/, '').toLowerCase();
  const byHandle = isValidHandle(name);
  if (!byHandle && !validDid(subject.trim())) {
    return refuse('InvalidRequest', `"${subject.slice(0, 100)}" is neither a handle nor a DID`);
  }
  try {
    const did = byHandle ? await identity.resolveHandle(name) : subject.trim();
    if (did === null) return refuse('HandleNotFound', `the handle ${name} names no account`);
    const resolved = await identity.resolveDid(did, { fresh: true });
    if (resolved === null) return refuse('DidNotFound', `there is no account ${did}`);
    if (byHandle && resolved.handle !== name) return mismatch(name, did, resolved.handle);
    if (resolved.pds === null) return refuse('PdsNotFound', `the DID document of ${did} names no PDS`);
    return { did, handle: resolved.handle, pds: resolved.pds };
  } catch (error) {
    return upstreamFailure(`${subject} could not be resolved`, error);
  }
}

function mismatch(name: string, did: Did, claimed: string | null): Refusal {
  const claims = claimed === null ? 'claims no handle that leads back to it' : `claims the handle ${claimed}`;
  return refuse(
    'HandleMismatch',
    `${name} names ${did}, whose DID document ${claims}. Set the account's handle to ${name}, or give its DID`,
  );
}

/** The reason is some other server's or the way to it, and the operator may know what to do about it. */
export function upstreamFailure(what: string, error: unknown): Refusal {
  return refuse('UpstreamFailure', `${what}: ${error instanceof Error ? error.message : String(error)}`);
}

const FIRST: string[] = [NSID.profile, NSID.permissions, NSID.role, NSID.membership];

/**
 * Collections of the group's repository to read, those first by which the others are understood. Further ones are read when the
 * operator allows them; whether they belong is for admission to say.
 */
export async function collectionsToRead(
  group: Group,
  deps: { pds: PdsPort; allowed(collection: string): boolean },
): Promise<string[]> {
  const held = (await deps.pds.collections(group.pds, group.did)).sort();
  const known = held.filter((collection) => isOurs(collection) || isKnown(collection));
  const further = held.filter((collection) => !known.includes(collection) && deps.allowed(collection));
  return [
    ...new Set([...FIRST.filter((first) => known.includes(first)), ...known, ...further.slice(0, MAX_FURTHER.space)]),
  ];
}
