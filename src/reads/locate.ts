// The space of a post that is known by its URI only.
import { spaceOfPost } from '../db/queries/post.ts';
import type { AtUri, SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import { parseUri } from '../domain/uri.ts';
import type { ReadContext } from './context.ts';
import { readSpace } from './spaces.ts';

/** A post of a space that may not be read is one that does not exist. */
export async function locate(ctx: ReadContext, uri: AtUri): Promise<SpaceDetails | Refusal> {
  const gone = refuse('PostNotFound', 'this instance shows no such post');
  const parts = parseUri(uri);
  if (!parts) return refuse('InvalidRequest', 'uri must be the AT-URI of a record, with a DID');
  const did = await spaceOfPost(ctx.db, parts.did, uri);
  const space = did === null ? gone : await readSpace(ctx, did);
  return isRefusal(space) ? gone : space;
}
