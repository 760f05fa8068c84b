// Whether somebody may see a blob in a space: by a record that shows and refers to it.
import { type BlobFacts, blobFacts, type ReferenceRow, shownReferences } from '../db/queries/media.ts';
import { blobsOf, type Cid } from '../domain/media.ts';
import type { Did, SpacePolicy } from '../domain/model.ts';
import type { PostItem } from '../domain/post.ts';
import { SIGNED_IN_ONLY } from '../domain/visibility.ts';
import { accountShows } from './rules.ts';

/** What a blob is said to be, and what it is where it is kept. */
export type MediaReference = Pick<ReferenceRow, 'declared' | 'type' | 'size' | 'still'>;

/** Null for what no record of the space shows; it is not told from what does not exist. `isKnown`: to whom is signed in. */
export async function readMedia(
  db: D1Database,
  space: Pick<SpacePolicy, 'did' | 'relayTakedowns'>,
  did: Did,
  cid: Cid,
  isKnown = false,
): Promise<MediaReference | null> {
  const found = await shownReferences(db, space.did, did, cid);
  return found.find((row) => shows(row, space, did, isKnown)) ?? null;
}

function shows(row: ReferenceRow, space: Pick<SpacePolicy, 'relayTakedowns'>, did: Did, isKnown: boolean): boolean {
  const { labels, status, confirmation, root, rootHidden, rootDid, rootStatus, rootConfirmation } = row;
  if (!accountShows(space, did, status, confirmation)) return false;
  if (!isKnown && labels !== null && (JSON.parse(labels) as string[]).includes(SIGNED_IN_ONLY)) return false;
  if (root === null) return true;
  return rootHidden === 0 && accountShows(space, rootDid ?? '', rootStatus, rootConfirmation);
}

/** What is known of blobs by their CIDs; nothing of what nobody has asked for yet. */
export type Looks = ReadonlyMap<Cid, BlobFacts>;

/** Of all blobs that these posts carry. Nothing is read where there are none. */
export async function readLooks(db: D1Database, posts: PostItem[]): Promise<Looks> {
  const cids = new Set(posts.flatMap(({ record }) => (record ? blobsOf(record).map(({ cid }) => cid) : [])));
  const found = cids.size > 0 ? await blobFacts(db, [...cids]) : [];
  return new Map(found.map((facts) => [facts.cid, facts]));
}
