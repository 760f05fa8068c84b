import { isRefusal } from '../../../../domain/outcome.ts';
import * as getMembership from '../../../../lexicons/club/commonplace/actor/getMembership.ts';
import { readAdmission } from '../../../../reads/index.ts';
import { membershipView } from '../../../../views/membership.ts';
import { actorOf } from '../../../member.ts';
import { query } from '../../../method.ts';

export default query(getMembership, async ({ space: name }, ctx) => {
  const actor = await actorOf(ctx, name, getMembership.$lxm);
  if (isRefusal(actor)) return actor;
  const { space, standing } = actor;
  return membershipView(space.did, standing, await readAdmission(ctx, space.did, standing.did));
});
