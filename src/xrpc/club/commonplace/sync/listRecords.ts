import { isRefusal } from '../../../../domain/outcome.ts';
import * as listRecords from '../../../../lexicons/club/commonplace/sync/listRecords.ts';
import { readRecords, readSpace } from '../../../../reads/index.ts';
import { recordView } from '../../../../views/record.ts';
import { query } from '../../../method.ts';
import { next } from '../../../values.ts';

export default query(listRecords, async ({ space: name, collection, repo, reverse, limit, cursor }, ctx) => {
  const space = await readSpace(ctx, name);
  if (isRefusal(space)) return space;
  const page = await readRecords(ctx, space, { collection, repo, reverse, limit, cursor });
  return isRefusal(page) ? page : { records: page.items.map(recordView), ...next(page) };
});
