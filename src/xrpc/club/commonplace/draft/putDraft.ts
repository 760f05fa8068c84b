import { saveDraft } from '../../../../actions/drafts.ts';
import type { JsonObject } from '../../../../domain/model.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as putDraft from '../../../../lexicons/club/commonplace/draft/putDraft.ts';
import { readSpace, readStanding } from '../../../../reads/index.ts';
import { draftView } from '../../../../views/draft.ts';
import { viewerProcedure } from '../../../method.ts';

export default viewerProcedure(putDraft, async ({ id = null, space: name, record }, ctx) => {
  const space = await readSpace(ctx, name);
  if (isRefusal(space)) return space;
  const standing = await readStanding(ctx, space, ctx.viewer.did);
  const draft = await saveDraft(standing, { id, space: space.did, record: record as JsonObject }, ctx.own);
  return isRefusal(draft) ? draft : { draft: draftView(draft) };
});
