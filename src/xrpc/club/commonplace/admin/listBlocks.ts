import { listBlocks } from '../../../../actions/media.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/listBlocks.ts';
import { blockView } from '../../../../views/media.ts';
import { guarded, query } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

const list = query(lexicon, async (_params, { operator }: OperatorContext) => ({
  blocks: (await listBlocks(operator)).map(blockView),
}));

export default guarded(list, operatorOnly);
