import { deleteDraft as forget } from '../../../../actions/drafts.ts';
import * as deleteDraft from '../../../../lexicons/club/commonplace/draft/deleteDraft.ts';
import { viewerProcedure } from '../../../method.ts';

export default viewerProcedure(deleteDraft, async ({ id }, { viewer, own }) => {
  await forget(viewer.did, id, own);
  return {};
});
