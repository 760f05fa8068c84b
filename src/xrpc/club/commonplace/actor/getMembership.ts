import { isRefusal } from '../../../../domain/outcome.ts';
import * as getMembership from '../../../../lexicons/club/commonplace/actor/getMembership.ts';
import { readSpace, readStanding } from '../../../../reads/index.ts';
import { membershipView } from '../../../../views/membership.ts';
import { query } from '../../../method.ts';
import { viewerOf } from '../../../viewer.ts';

export default query(getMembership, async ({ space: name }, ctx) => {
  const viewer = await viewerOf(ctx, getMembership.$lxm);
  if (isRefusal(viewer)) return viewer;
  const space = await readSpace(ctx, name);
  return isRefusal(space) ? space : membershipView(space.did, await readStanding(ctx, space, viewer.did));
});
