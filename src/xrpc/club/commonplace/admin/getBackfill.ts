import { backfill } from '../../../../actions/backfill.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/getBackfill.ts';
import { backfillView } from '../../../../views/status.ts';
import { guarded, query } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

const look = query(lexicon, async ({ space }, { operator, now }: OperatorContext) => {
  const told = await backfill('look', space, operator, now);
  return isRefusal(told) ? told : { backfill: backfillView(told.backfill) };
});

export default guarded(look, operatorOnly);
