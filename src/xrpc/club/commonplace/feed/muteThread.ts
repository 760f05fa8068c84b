import { mute } from '../../../../actions/personal.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as muteThread from '../../../../lexicons/club/commonplace/feed/muteThread.ts';
import { readPost } from '../../../../reads/index.ts';
import { viewerProcedure } from '../../../method.ts';

export default viewerProcedure(muteThread, async ({ root }, ctx) => {
  const found = await readPost(ctx, root);
  if (isRefusal(found)) return found;
  const { post } = found;
  return (await mute(ctx.viewer.did, post.root ?? post.uri, ctx)) ?? {};
});
