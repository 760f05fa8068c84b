import { isRefusal } from '../../../../domain/outcome.ts';
import * as getMembership from '../../../../lexicons/club/commonplace/actor/getMembership.ts';
import { readAdmission, readSpaceFor } from '../../../../reads/index.ts';
import { membershipView } from '../../../../views/membership.ts';
import { viewerQuery } from '../../../method.ts';

export default viewerQuery(getMembership, async ({ space: name }, ctx) => {
  const actor = await readSpaceFor(ctx, name, ctx.viewer.did);
  if (isRefusal(actor)) return actor;
  const { space, standing } = actor;
  return membershipView(space.did, standing, await readAdmission(ctx, space.did, standing.did));
});
