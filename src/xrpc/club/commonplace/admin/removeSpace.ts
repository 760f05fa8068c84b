import type { DidString } from '@atproto/lex';
import { removeSpace } from '../../../../actions/spaces.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/removeSpace.ts';
import { procedure } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

export default procedure(lexicon, {
  authorize: operatorOnly,
  handler: async ({ space }, { operator }: OperatorContext) => {
    const removed = await removeSpace(space, operator);
    return isRefusal(removed) ? removed : { did: removed.did as DidString };
  },
});
