import { listFounders } from '../../../../actions/founding/founders.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/listFounders.ts';
import { founderView } from '../../../../views/operator.ts';
import { guarded, query } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

const list = query(lexicon, async (_params, { foundings, operator }: OperatorContext) => ({
  founders: (await listFounders({ foundings, identity: operator.identity })).map(founderView),
}));

export default guarded(list, operatorOnly);
