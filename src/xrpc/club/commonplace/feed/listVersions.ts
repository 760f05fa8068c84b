import type { CidString } from '@atproto/lex';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as listVersions from '../../../../lexicons/club/commonplace/feed/listVersions.ts';
import { readVersions } from '../../../../reads/index.ts';
import { datetime } from '../../../../views/time.ts';
import { query } from '../../../method.ts';

export default query(listVersions, async ({ uri }, ctx) => {
  const found = await readVersions(ctx, uri);
  if (isRefusal(found)) return found;
  const view = found.versions.map(({ cid, record, until }) => ({
    ...{ cid: cid as CidString, record, until: datetime(until) },
  }));
  return { versions: view };
});
