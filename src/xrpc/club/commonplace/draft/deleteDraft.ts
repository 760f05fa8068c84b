import { deleteDraft as forget } from '../../../../actions/drafts.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as deleteDraft from '../../../../lexicons/club/commonplace/draft/deleteDraft.ts';
import { procedure } from '../../../method.ts';
import { viewerOf } from '../../../viewer.ts';

export default procedure(deleteDraft, {
  authorize: null,
  async handler({ id }, ctx) {
    const viewer = await viewerOf(ctx, deleteDraft.$lxm, { changes: true });
    if (isRefusal(viewer)) return viewer;
    await forget(viewer.did, id, ctx);
    return {};
  },
});
