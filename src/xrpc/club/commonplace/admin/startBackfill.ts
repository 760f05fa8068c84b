import { backfill } from '../../../../actions/backfill.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/startBackfill.ts';
import { backfillView } from '../../../../views/status.ts';
import { procedure } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

export default procedure(lexicon, {
  authorize: operatorOnly,
  handler: async ({ space }, { operator, now }: OperatorContext) => {
    const told = await backfill('start', space, operator, now);
    return isRefusal(told) ? told : { backfill: backfillView(told.backfill) };
  },
});
