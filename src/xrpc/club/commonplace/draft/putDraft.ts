import { saveDraft } from '../../../../actions/drafts.ts';
import type { JsonObject } from '../../../../domain/model.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as putDraft from '../../../../lexicons/club/commonplace/draft/putDraft.ts';
import { readSpace, readStanding } from '../../../../reads/index.ts';
import { draftView } from '../../../../views/draft.ts';
import { procedure } from '../../../method.ts';
import { viewerOf } from '../../../viewer.ts';

export default procedure(putDraft, {
  authorize: null,
  async handler({ id = null, space: name, record }, ctx) {
    const viewer = await viewerOf(ctx, putDraft.$lxm, { changes: true });
    if (isRefusal(viewer)) return viewer;
    const space = await readSpace(ctx, name);
    if (isRefusal(space)) return space;
    const standing = await readStanding(ctx, space, viewer.did);
    const draft = await saveDraft(standing, { id, space: space.did, record: record as JsonObject }, ctx);
    return isRefusal(draft) ? draft : { draft: draftView(draft) };
  },
});
