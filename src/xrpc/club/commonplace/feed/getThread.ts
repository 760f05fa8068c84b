import { isRefusal } from '../../../../domain/outcome.ts';
import * as getThread from '../../../../lexicons/club/commonplace/feed/getThread.ts';
import { readThread } from '../../../../reads/index.ts';
import { threadView } from '../../../../views/post.ts';
import { query } from '../../../method.ts';
import { REPLY_SORTS, unknownValue } from '../../../values.ts';

export default query(getThread, async (params, ctx) => {
  const { uri, depth, limit, cursor } = params;
  const sort = REPLY_SORTS.find((known) => known === params.sort);
  if (!sort) return unknownValue('sort', REPLY_SORTS);
  const found = await readThread(ctx, uri, { sort, depth, limit, cursor, withRecord: true });
  if (isRefusal(found)) return found;
  return { thread: threadView(found.thread, { space: found.space, base: ctx.base }) };
});
