// A post or reply as it was before its author changed it.
import { versionsOf } from '../db/queries/versions.ts';
import type { AtUri, JsonObject, SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';
import type { PostItem } from '../domain/post.ts';
import { type PastVersion, VERSIONS_KEPT_MS } from '../domain/versions.ts';
import type { ReadContext } from './context.ts';
import { readPost } from './post.ts';

/** Only of what shows, and the last first. */
export async function readVersions(
  ctx: ReadContext,
  uri: AtUri,
): Promise<{ space: SpaceDetails; post: PostItem; versions: PastVersion[] } | Refusal> {
  const found = await readPost(ctx, uri);
  if (isRefusal(found)) return found;
  const rows = await versionsOf(ctx.db, found.space.did, uri, ctx.now - VERSIONS_KEPT_MS);
  const earlier = rows.filter(({ cid }) => cid !== found.post.cid);
  const versions = earlier.map(({ cid, until, value }) => ({ cid, until, record: JSON.parse(value) as JsonObject }));
  return { ...found, versions };
}
