import { accountNamed, unmute } from '../../../../actions/personal.ts';
import * as unmuteActor from '../../../../lexicons/club/commonplace/actor/unmuteActor.ts';
import { viewerProcedure } from '../../../method.ts';

export default viewerProcedure(unmuteActor, async ({ actor }, ctx) => {
  const did = await accountNamed(actor, ctx.own.identity);
  if (typeof did !== 'string') return did;
  await unmute(ctx.viewer.did, did, ctx);
  return {};
});
