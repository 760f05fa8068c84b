import { unblock } from '../../../../actions/media.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/unblock.ts';
import { procedure } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

export default procedure(lexicon, {
  authorize: operatorOnly,
  handler: ({ subject }, { operator }: OperatorContext) => unblock(subject, operator),
});
