import { setFounder } from '../../../../actions/founding/founders.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/setFounder.ts';
import { founderView } from '../../../../views/operator.ts';
import { procedure } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

export default procedure(lexicon, {
  authorize: operatorOnly,
  handler: async (input, { foundings, operator }: OperatorContext) => {
    const done = await setFounder(input, { foundings, identity: operator.identity });
    return isRefusal(done) ? done : { founder: founderView(done.founder), changed: done.changed };
  },
});
