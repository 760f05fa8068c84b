import { findDraft } from '../../../../actions/drafts.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as getDraft from '../../../../lexicons/club/commonplace/draft/getDraft.ts';
import { draftView } from '../../../../views/draft.ts';
import { viewerQuery } from '../../../method.ts';

export default viewerQuery(getDraft, async ({ id }, { viewer, own }) => {
  const draft = await findDraft(viewer.did, id, own);
  return isRefusal(draft) ? draft : { draft: draftView(draft) };
});
