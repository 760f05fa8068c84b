import { leave } from '../../../../actions/members.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/actor/leaveSpace.ts';
import { sessionProcedure } from '../../../method.ts';
import { writerIn, writtenView } from '../../../writing.ts';

export default sessionProcedure(lexicon, async ({ space }, ctx) => {
  const writer = await writerIn(ctx, space);
  return isRefusal(writer) ? writer : writtenView(await leave(writer, ctx.own));
});
