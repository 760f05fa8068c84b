import { mute } from '../../../../actions/personal.ts';
import * as muteActor from '../../../../lexicons/club/commonplace/actor/muteActor.ts';
import { readAccountDid } from '../../../../reads/index.ts';
import { viewerProcedure } from '../../../method.ts';

export default viewerProcedure(muteActor, async ({ actor }, ctx) => {
  const did = await readAccountDid(ctx, actor);
  if (typeof did !== 'string') return did;
  return (await mute(ctx.viewer.did, did, ctx)) ?? {};
});
