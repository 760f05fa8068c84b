import { seeUntil } from '../../../../actions/personal.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as updateSeen from '../../../../lexicons/club/commonplace/notification/updateSeen.ts';
import { readSpace } from '../../../../reads/index.ts';
import { viewerProcedure } from '../../../method.ts';

export default viewerProcedure(updateSeen, async ({ space: name, seenAt }, ctx) => {
  const space = name === undefined ? null : await readSpace(ctx, name);
  if (space && isRefusal(space)) return space;
  await seeUntil(ctx.viewer.did, space?.did ?? null, Date.parse(seenAt), ctx);
  return {};
});
