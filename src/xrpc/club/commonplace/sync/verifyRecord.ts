import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/sync/verifyRecord.ts';
import { verifyRecord } from '../../../../reads/index.ts';
import { verificationView } from '../../../../views/evidence.ts';
import { query } from '../../../method.ts';

export default query(lexicon, async ({ uri }, ctx) => {
  const evidence = await verifyRecord(ctx, uri);
  return isRefusal(evidence) ? evidence : verificationView(evidence);
});
