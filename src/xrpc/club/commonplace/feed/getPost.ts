import { isRefusal } from '../../../../domain/outcome.ts';
import * as getPost from '../../../../lexicons/club/commonplace/feed/getPost.ts';
import { readPost } from '../../../../reads/index.ts';
import { postView } from '../../../../views/post.ts';
import { query } from '../../../method.ts';

export default query(getPost, async ({ uri }, ctx) => {
  const found = await readPost(ctx, uri);
  return isRefusal(found) ? found : { post: postView(found.post, { space: found.space, base: ctx.base }) };
});
