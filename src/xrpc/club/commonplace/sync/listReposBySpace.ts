import { isRefusal } from '../../../../domain/outcome.ts';
import * as listRepos from '../../../../lexicons/club/commonplace/sync/listReposBySpace.ts';
import { readRepos } from '../../../../reads/index.ts';
import { repoView } from '../../../../views/record.ts';
import { sourceQuery } from '../../../method.ts';
import { openSource } from '../../../source.ts';
import { next } from '../../../values.ts';

export default sourceQuery(listRepos, async ({ space: name, limit, cursor }, ctx) => {
  const source = await openSource(ctx, name, listRepos.$nsid);
  if (isRefusal(source)) return source;
  const page = await readRepos(ctx, source.space, { limit, cursor });
  return isRefusal(page) ? page : { repos: page.items.map(repoView), ...next(page) };
});
