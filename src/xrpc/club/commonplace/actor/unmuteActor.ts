import { unmute } from '../../../../actions/personal.ts';
import * as unmuteActor from '../../../../lexicons/club/commonplace/actor/unmuteActor.ts';
import { readAccountDid } from '../../../../reads/index.ts';
import { asOneself } from '../../../viewer.ts';

export default asOneself(unmuteActor, async ({ actor }, viewer, ctx) => {
  const did = await readAccountDid(ctx, actor);
  if (typeof did !== 'string') return did;
  await unmute(viewer.did, did, ctx);
  return {};
});
