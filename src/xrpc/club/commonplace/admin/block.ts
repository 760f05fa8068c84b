import { block } from '../../../../actions/media.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/block.ts';
import { procedure } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

export default procedure(lexicon, {
  authorize: operatorOnly,
  handler: (input, { operator }: OperatorContext) => block(input, operator),
});
