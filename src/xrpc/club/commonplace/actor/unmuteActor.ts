import { unmute } from '../../../../actions/personal.ts';
import * as unmuteActor from '../../../../lexicons/club/commonplace/actor/unmuteActor.ts';
import { readAccountDid } from '../../../../reads/index.ts';
import { viewerProcedure } from '../../../method.ts';

export default viewerProcedure(unmuteActor, async ({ actor }, ctx) => {
  const did = await readAccountDid(ctx, actor);
  if (typeof did !== 'string') return did;
  await unmute(ctx.viewer.did, did, ctx);
  return {};
});
