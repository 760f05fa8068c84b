import { isRefusal } from '../../../../domain/outcome.ts';
import * as listRepos from '../../../../lexicons/club/commonplace/sync/listReposBySpace.ts';
import { readRepos, readSpace } from '../../../../reads/index.ts';
import { repoView } from '../../../../views/record.ts';
import { query } from '../../../method.ts';
import { next } from '../../../values.ts';

export default query(listRepos, async ({ space: name, limit, cursor }, ctx) => {
  const space = await readSpace(ctx, name);
  if (isRefusal(space)) return space;
  const page = await readRepos(ctx, space, { limit, cursor });
  return isRefusal(page) ? page : { repos: page.items.map(repoView), ...next(page) };
});
