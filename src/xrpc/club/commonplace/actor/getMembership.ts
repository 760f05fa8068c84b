import { isRefusal } from '../../../../domain/outcome.ts';
import * as getMembership from '../../../../lexicons/club/commonplace/actor/getMembership.ts';
import { readSpace, readStanding } from '../../../../reads/index.ts';
import { membershipView } from '../../../../views/membership.ts';
import { viewerQuery } from '../../../method.ts';

export default viewerQuery(getMembership, async ({ space: name }, ctx) => {
  const space = await readSpace(ctx, name);
  return isRefusal(space) ? space : membershipView(space.did, await readStanding(ctx, space, ctx.viewer.did));
});
