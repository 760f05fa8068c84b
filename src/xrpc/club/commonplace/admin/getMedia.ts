import { lookAtMedia } from '../../../../actions/media.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/admin/getMedia.ts';
import { mediaView } from '../../../../views/media.ts';
import { guarded, query } from '../../../method.ts';
import { type OperatorContext, operatorOnly } from '../../../operator.ts';

const look = query(lexicon, async ({ space }, { operator, now }: OperatorContext) => {
  const told = await lookAtMedia(space, operator, now);
  return isRefusal(told) ? told : { media: mediaView(told.use) };
});

export default guarded(look, operatorOnly);
