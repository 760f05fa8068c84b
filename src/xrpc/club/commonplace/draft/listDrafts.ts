import { listDrafts as draftsOf } from '../../../../actions/drafts.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as listDrafts from '../../../../lexicons/club/commonplace/draft/listDrafts.ts';
import { readSpace } from '../../../../reads/index.ts';
import { draftView } from '../../../../views/draft.ts';
import { query } from '../../../method.ts';
import { viewerOf } from '../../../viewer.ts';

export default query(listDrafts, async ({ space: name }, ctx) => {
  const viewer = await viewerOf(ctx, listDrafts.$lxm);
  if (isRefusal(viewer)) return viewer;
  const space = name === undefined ? null : await readSpace(ctx, name);
  if (space && isRefusal(space)) return space;
  const drafts = await draftsOf(viewer.did, space?.did ?? null, ctx);
  return { drafts: drafts.map(draftView) };
});
