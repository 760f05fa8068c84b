import { sweepMedia } from '../../../../actions/media.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/sweepMedia.ts';
import { procedure } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

export default procedure(lexicon, {
  authorize: operatorOnly,
  handler: async (_input, { operator }: OperatorContext) => {
    await sweepMedia(operator);
    return {};
  },
});
