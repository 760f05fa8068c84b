import { setSpace } from '../../../../actions/spaces.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/setSpace.ts';
import { operatorSpaceView } from '../../../../views/operator.ts';
import { procedure } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

export default procedure(lexicon, {
  authorize: operatorOnly,
  handler: async (input, ctx: OperatorContext) => {
    const changed = await setSpace(input, ctx.operator);
    return isRefusal(changed) ? changed : { space: operatorSpaceView(changed.space, ctx.base) };
  },
});
