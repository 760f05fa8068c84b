import { isRefusal } from '../../../../domain/outcome.ts';
import * as listLog from '../../../../lexicons/club/commonplace/group/listLog.ts';
import { readGroupLog, readSpace, readStanding } from '../../../../reads/index.ts';
import { deedView } from '../../../../views/deed.ts';
import { viewerQuery } from '../../../method.ts';

export default viewerQuery(listLog, async ({ space: name, ...query }, ctx) => {
  const space = await readSpace(ctx, name);
  if (isRefusal(space)) return space;
  const standing = await readStanding(ctx, space, ctx.viewer.did);
  const page = await readGroupLog(ctx, space, standing, query, ctx.own.groups);
  if (isRefusal(page)) return page;
  return { deeds: page.items.map(deedView), ...(page.cursor === null ? {} : { cursor: page.cursor }) };
});
