// One post or reply.
import { hydrate } from '../db/queries/hydrate.ts';
import { idOf } from '../db/queries/post.ts';
import type { AtUri, SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import type { PostItem } from '../domain/post.ts';
import type { ReadContext } from './context.ts';
import { locate } from './locate.ts';
import { itemOf, showsWithRoot } from './rules.ts';

/** With its record. A reply shows only where the post it belongs to does. */
export async function readPost(
  ctx: ReadContext,
  uri: AtUri,
): Promise<{ space: SpaceDetails; post: PostItem } | Refusal> {
  const space = await locate(ctx, uri);
  if (isRefusal(space)) return space;
  const [row] = await hydrate(ctx.db, idOf(space.did, uri), { withRecord: true, withRoot: true });
  if (!row || !showsWithRoot(row, space.policy)) return refuse('PostNotFound', 'this instance shows no such post');
  return { space, post: itemOf(row) };
}
