import { unmute } from '../../../../actions/personal.ts';
import * as unmuteThread from '../../../../lexicons/club/commonplace/feed/unmuteThread.ts';
import { asOneself } from '../../../viewer.ts';

export default asOneself(unmuteThread, async ({ root }, viewer, ctx) => {
  await unmute(viewer.did, root, ctx);
  return {};
});
