import { isRefusal } from '../../../../domain/outcome.ts';
import * as searchPosts from '../../../../lexicons/club/commonplace/feed/searchPosts.ts';
import { authorDid, readOwnMutes, readSearch, readSpace, withoutMuted } from '../../../../reads/index.ts';
import { postView } from '../../../../views/post.ts';
import { query } from '../../../method.ts';
import { next } from '../../../values.ts';

export default query(searchPosts, async (params, ctx) => {
  const { q, limit, cursor } = params;
  const space = await readSpace(ctx, params.space);
  if (isRefusal(space)) return space;
  const author = params.author === undefined ? undefined : await authorDid(ctx, space, params.author);
  const page = await readSearch(ctx, space, { q, author, limit, cursor });
  if (isRefusal(page)) return page;
  const place = { space, base: ctx.base };
  const shown = withoutMuted(page, await readOwnMutes(ctx));
  return { posts: shown.items.map((item) => postView(item, place, { excerpt: true })), ...next(page) };
});
