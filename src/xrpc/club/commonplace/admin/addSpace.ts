import { addSpace } from '../../../../actions/spaces.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/addSpace.ts';
import { operatorSpaceView } from '../../../../views/operator.ts';
import { procedure } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

export default procedure(lexicon, {
  authorize: operatorOnly,
  handler: async (input, ctx: OperatorContext) => {
    const added = await addSpace(input, ctx.operator);
    if (isRefusal(added)) return added;
    const { space, records, warnings } = added;
    return { space: operatorSpaceView(space, ctx.base), records, warnings };
  },
});
