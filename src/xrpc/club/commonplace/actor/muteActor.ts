import { mute } from '../../../../actions/personal.ts';
import * as muteActor from '../../../../lexicons/club/commonplace/actor/muteActor.ts';
import { readAccountDid } from '../../../../reads/index.ts';
import { asOneself } from '../../../viewer.ts';

export default asOneself(muteActor, async ({ actor }, viewer, ctx) => {
  const did = await readAccountDid(ctx, actor);
  if (typeof did !== 'string') return did;
  return (await mute(viewer.did, did, ctx)) ?? {};
});
