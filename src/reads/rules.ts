// The read rule: stored bits may lag behind the facts, so what a row says of its author and record decides once more.
import type { PostFacts } from '../db/queries/hydrate.ts';
import type { Confirmation, Did, JsonObject, SpacePolicy } from '../domain/model.ts';
import type { PostAddress, PostItem } from '../domain/post.ts';
import { accountHidden } from '../domain/visibility.ts';

/** Whether an account's records may show in the space; `status` is null for an account nothing is known of. */
export const accountShows = (
  space: Pick<SpacePolicy, 'relayTakedowns'>,
  did: Did,
  status: string | null,
  confirmation: Confirmation | null,
): boolean =>
  !accountHidden(
    status === null
      ? undefined
      : { did, status, confirmation: confirmation ?? 'pending', handle: null, statusAt: 0, erasedRev: null },
    space,
  );

export const shows = (row: PostFacts, space: SpacePolicy): boolean =>
  row.hidden === 0 && row.cid !== null && accountShows(space, row.did, row.status, row.confirmation);

/** A reply is seen only where its thread is. Asks for rows that were read `withRoot`. */
export const showsWithRoot = (row: PostFacts, space: SpacePolicy): boolean =>
  shows(row, space) &&
  (row.root === null ||
    (row.rootHidden === 0 && accountShows(space, row.rootDid ?? '', row.rootStatus, row.rootConfirmation)));

export const itemOf = (row: PostFacts, root: PostAddress | null = rootOf(row)): PostItem => ({
  id: row.id,
  uri: row.uri,
  cid: row.cid ?? '',
  space: row.space,
  author: { did: row.did, handle: row.handle },
  section: row.section,
  rkey: row.rkey,
  plain: row.plain === 1,
  title: row.title,
  excerpt: row.excerpt,
  tags: JSON.parse(row.tags) as string[],
  labels: JSON.parse(row.labels) as string[],
  picture: row.picture,
  sortAt: row.sortAt,
  indexedAt: row.indexedAt,
  editedAt: row.editedAt,
  likeCount: row.likes,
  replyCount: row.answers,
  root: row.root,
  parent: row.parent,
  original: null,
  rootAddress: root,
  record: row.value === null ? null : (JSON.parse(row.value) as JsonObject),
});

function rootOf({ rootSection, rootRkey, rootDid, rootPlain }: PostFacts): PostAddress | null {
  if (rootSection === null || rootRkey === null || rootDid === null) return null;
  return { section: rootSection, rkey: rootRkey, did: rootDid, plain: rootPlain === 1 };
}
