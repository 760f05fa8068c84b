import { findDraft } from '../../../../actions/drafts.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as getDraft from '../../../../lexicons/club/commonplace/draft/getDraft.ts';
import { draftView } from '../../../../views/draft.ts';
import { query } from '../../../method.ts';
import { viewerOf } from '../../../viewer.ts';

export default query(getDraft, async ({ id }, ctx) => {
  const viewer = await viewerOf(ctx, getDraft.$lxm);
  const draft = isRefusal(viewer) ? viewer : await findDraft(viewer.did, id, ctx);
  return isRefusal(draft) ? draft : { draft: draftView(draft) };
});
