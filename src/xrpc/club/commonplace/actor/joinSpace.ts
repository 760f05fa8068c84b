import { join } from '../../../../actions/members.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/actor/joinSpace.ts';
import { sessionProcedure } from '../../../method.ts';
import { writerIn, writtenView } from '../../../writing.ts';

export default sessionProcedure(lexicon, async ({ space }, ctx) => {
  const writer = await writerIn(ctx, space);
  return isRefusal(writer) ? writer : writtenView(await join(writer, ctx.own));
});
