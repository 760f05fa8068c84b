import { isRefusal } from '../../../../domain/outcome.ts';
import * as listRecords from '../../../../lexicons/club/commonplace/sync/listRecords.ts';
import { readRecords } from '../../../../reads/index.ts';
import { recordView } from '../../../../views/record.ts';
import { sourceQuery } from '../../../method.ts';
import { openSource } from '../../../source.ts';
import { next } from '../../../values.ts';

export default sourceQuery(listRecords, async ({ space: name, collection, repo, reverse, limit, cursor }, ctx) => {
  const source = await openSource(ctx, name, listRecords.$nsid);
  if (isRefusal(source)) return source;
  const page = await readRecords(ctx, source.space, { collection, repo, reverse, limit, cursor });
  return isRefusal(page) ? page : { records: page.items.map(recordView), ...next(page) };
});
