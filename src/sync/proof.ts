// A record proven from its repository: the CAR of `com.atproto.sync.getRecord`, its hashes, its path in the tree, its signature.
import { lexToJson } from '@atproto/lex';
import { def, MemoryBlockstore, MST, readCarWithRoot, verifyCommitSig } from '@atproto/repo';
import type { JsonObject } from '../domain/model.ts';
import { isTid } from '../domain/tid.ts';
import type { UriParts } from '../domain/uri.ts';

export interface Proven {
  /** CID of the signed commit. */
  commit: string;
  rev: string;
  /** What the repository holds at that commit; null: it has no such record, which the path proves as well. */
  found: { cid: string; record: JsonObject } | null;
}

/** The proof proves nothing: says why, in words for an operator. */
export class BadProof extends Error {
  override readonly name = 'BadProof';
}

/** Throws a BadProof unless every link holds, from the key to the record. Every block is checked against its CID. */
export async function checkProof(car: Uint8Array, record: UriParts, signingKey: string): Promise<Proven> {
  const { root, blocks } = await sound('is no CAR of one commit', () => readCarWithRoot(car));
  const storage = new MemoryBlockstore(blocks);
  const commit = await sound('holds no commit', () => storage.readObj(root, def.commit));
  if (commit.did !== record.did) throw new BadProof(`the commit is of another repository, ${commit.did.slice(0, 300)}`);
  if (!isTid(commit.rev)) throw new BadProof('the commit has no rev');
  const signed = await sound('has a key or signature of no known kind', () => verifyCommitSig(commit, signingKey));
  if (!signed) throw new BadProof('the commit is not signed with the key of the DID document');
  const key = `${record.collection}/${record.rkey}`;
  const cid = await sound('lacks the path to the record', () => MST.load(storage, commit.data).get(key));
  const proven = { commit: root.toString(), rev: commit.rev };
  if (cid === null) return { ...proven, found: null };
  const json = await sound('lacks the record', async () => lexToJson(await storage.readRecord(cid)) as JsonObject);
  return { ...proven, found: { cid: cid.toString(), record: json } };
}

/** What the library throws about another's bytes is a finding, not a fault. */
async function sound<T>(what: string, check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 150) : 'unknown';
    throw new BadProof(`the proof ${what}: ${why}`);
  }
}
