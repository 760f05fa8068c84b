import { listSpaces } from '../../../../actions/spaces.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/listSpaces.ts';
import { operatorSpaceView } from '../../../../views/operator.ts';
import { streamView } from '../../../../views/status.ts';
import { guarded, query } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

const list = query(lexicon, async (_params, { operator, base, now }: OperatorContext) => {
  const { spaces, stream } = await listSpaces(operator);
  return { spaces: spaces.map((space) => operatorSpaceView(space, base)), stream: streamView(stream, now) };
});

export default guarded(list, operatorOnly);
