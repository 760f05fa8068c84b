import { accountNamed, mute } from '../../../../actions/personal.ts';
import * as muteActor from '../../../../lexicons/club/commonplace/actor/muteActor.ts';
import { viewerProcedure } from '../../../method.ts';

export default viewerProcedure(muteActor, async ({ actor }, ctx) => {
  const did = await accountNamed(actor, ctx.own.identity);
  if (typeof did !== 'string') return did;
  return (await mute(ctx.viewer.did, did, ctx)) ?? {};
});
