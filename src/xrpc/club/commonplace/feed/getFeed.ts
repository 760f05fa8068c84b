import { isRefusal } from '../../../../domain/outcome.ts';
import * as getFeed from '../../../../lexicons/club/commonplace/feed/getFeed.ts';
import { authorDid, readFeed, readOwnMutes, readSpace, withoutMuted } from '../../../../reads/index.ts';
import { postView } from '../../../../views/post.ts';
import { query } from '../../../method.ts';
import { next, SORTS, unknownValue, WINDOWS } from '../../../values.ts';

export default query(getFeed, async (params, ctx) => {
  const { section, tag, limit, cursor } = params;
  const sort = SORTS.find((known) => known === params.sort);
  if (!sort) return unknownValue('sort', SORTS);
  const window = WINDOWS.find((known) => known === params.window);
  if (params.window !== undefined && !window) return unknownValue('window', WINDOWS);

  const space = await readSpace(ctx, params.space);
  if (isRefusal(space)) return space;
  const author = params.author === undefined ? undefined : await authorDid(ctx, space, params.author);
  const page = await readFeed(ctx, space, { sort, section, author, tag, window, limit, cursor, withRecord: true });
  if (isRefusal(page)) return page;
  const shown = withoutMuted(page, await readOwnMutes(ctx));
  return { posts: shown.items.map((item) => postView(item, { space, base: ctx.base })), ...next(page) };
});
