import { isRefusal } from '../../../../domain/outcome.ts';
import * as list from '../../../../lexicons/club/commonplace/space/listSpaces.ts';
import { listSpaces } from '../../../../reads/index.ts';
import { spaceView } from '../../../../views/space.ts';
import { query } from '../../../method.ts';
import { next } from '../../../values.ts';

export default query(list, async ({ limit, cursor }, ctx) => {
  const page = await listSpaces(ctx, { sort: 'active', limit, cursor });
  if (isRefusal(page)) return page;
  return { spaces: page.items.map((space) => spaceView(space, ctx.base)), ...next(page) };
});
