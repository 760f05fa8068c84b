import { seeUntil } from '../../../../actions/personal.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as updateSeen from '../../../../lexicons/club/commonplace/notification/updateSeen.ts';
import { readSpace } from '../../../../reads/index.ts';
import { asOneself } from '../../../viewer.ts';

export default asOneself(updateSeen, async ({ space: name, seenAt }, viewer, ctx) => {
  const space = name === undefined ? null : await readSpace(ctx, name);
  if (space && isRefusal(space)) return space;
  await seeUntil(viewer.did, space?.did ?? null, Date.parse(seenAt), ctx);
  return {};
});
