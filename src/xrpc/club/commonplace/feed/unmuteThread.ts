import { unmute } from '../../../../actions/personal.ts';
import * as unmuteThread from '../../../../lexicons/club/commonplace/feed/unmuteThread.ts';
import { viewerProcedure } from '../../../method.ts';

export default viewerProcedure(unmuteThread, async ({ root }, ctx) => {
  await unmute(ctx.viewer.did, root, ctx);
  return {};
});
