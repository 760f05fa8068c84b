// What somebody decides for themselves alone: what they do not want to see, and what they have seen. It is about nobody's space, so
// nobody but the person may do it, and nobody's role lets them.
import { hashOf, newSecret } from '../auth/seal.ts';
import { addMute, dropFeedToken, markSeen, removeMute, setFeedToken } from '../db/personal.ts';
import type { AtUri, Did } from '../domain/model.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import { parseUri, validDid } from '../domain/uri.ts';
import type { IdentityPort } from '../ports/identity.ts';

export interface PersonalDeps {
  db: D1Database;
  now: number;
}

/** The account behind a DID or handle, asked of the network: what this instance happens to know may say who is where. */
export async function accountNamed(who: string, identity: Pick<IdentityPort, 'resolveHandle'>): Promise<Did | Refusal> {
  const name = who.trim().replace(/^@/, '');
  if (name.startsWith('did:')) return validDid(name) ? name : refuse('InvalidRequest', 'this is no DID');
  const did = name.includes('.') ? await identity.resolveHandle(name.toLowerCase()).catch(() => null) : null;
  return did ?? refuse('NotFound', 'this handle leads to no account: give its DID');
}

/** `at`: when the page was made that they saw; never later than now. */
export const seeUntil = (did: Did, space: Did | null, at: number, { db, now }: PersonalDeps): Promise<void> =>
  markSeen(db, did, space, Math.min(at, now));

export async function mute(did: Did, subject: Did | AtUri, { db, now }: PersonalDeps): Promise<Refusal | null> {
  if (subject === did) return refuse('InvalidRequest', 'nobody can mute themselves');
  if (!validDid(subject) && parseUri(subject) === null)
    return refuse('InvalidRequest', 'what is muted is an account or a thread');
  return (await addMute(db, did, subject, now))
    ? null
    : refuse('InvalidRequest', 'you mute as much as can be kept: take something back first');
}

export const unmute = (did: Did, subject: Did | AtUri, { db }: PersonalDeps): Promise<void> =>
  removeMute(db, did, subject);

/** A new token of the private feed, in place of any other. It is told here, and never again: only its hash is kept. */
export async function renewFeed(did: Did, space: Did | null, { db, now }: PersonalDeps): Promise<string> {
  const token = newSecret();
  await setFeedToken(db, { did, space: space ?? '', hash: await hashOf(token), now });
  return token;
}

export const endFeed = (did: Did, space: Did | null, { db }: PersonalDeps): Promise<void> =>
  dropFeedToken(db, did, space ?? '');
