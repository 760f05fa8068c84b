import { isRefusal } from '../../../../domain/outcome.ts';
import * as search from '../../../../lexicons/club/commonplace/space/searchSpaces.ts';
import { searchSpaces } from '../../../../reads/index.ts';
import { spaceView } from '../../../../views/space.ts';
import { query } from '../../../method.ts';
import { next } from '../../../values.ts';

export default query(search, async ({ q, limit, cursor }, ctx) => {
  const page = await searchSpaces(ctx, { q, limit, cursor });
  if (isRefusal(page)) return page;
  return { spaces: page.items.map((space) => spaceView(space, ctx.base)), ...next(page) };
});
