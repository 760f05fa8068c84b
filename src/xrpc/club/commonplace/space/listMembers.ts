import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/space/listMembers.ts';
import { readMembers, readSpace, readStanding } from '../../../../reads/index.ts';
import { memberView } from '../../../../views/roster.ts';
import { listed } from '../../../member.ts';
import { query } from '../../../method.ts';

export default query(lexicon, async ({ space: name, ...page }, ctx) => {
  const space = await readSpace(ctx, name);
  if (isRefusal(space)) return space;
  const standing = ctx.viewer && (await readStanding(ctx, space, ctx.viewer.did));
  return listed('members', await readMembers(ctx, { space, standing }, page), memberView);
});
