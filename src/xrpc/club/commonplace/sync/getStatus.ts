import { isRefusal } from '../../../../domain/outcome.ts';
import * as getStatus from '../../../../lexicons/club/commonplace/sync/getStatus.ts';
import { readSpace, readStatus } from '../../../../reads/index.ts';
import { statusView } from '../../../../views/status.ts';
import { query } from '../../../method.ts';

export default query(getStatus, async ({ space: name }, ctx) => {
  const space = name === undefined ? null : await readSpace(ctx, name);
  if (space !== null && isRefusal(space)) return space;
  return statusView(await readStatus(ctx, space), ctx.now, ctx.version);
});
