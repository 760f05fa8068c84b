import { listDrafts as draftsOf } from '../../../../actions/drafts.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as listDrafts from '../../../../lexicons/club/commonplace/draft/listDrafts.ts';
import { readSpace } from '../../../../reads/index.ts';
import { draftView } from '../../../../views/draft.ts';
import { viewerQuery } from '../../../method.ts';

export default viewerQuery(listDrafts, async ({ space: name }, ctx) => {
  const space = name === undefined ? null : await readSpace(ctx, name);
  if (space && isRefusal(space)) return space;
  const drafts = await draftsOf(ctx.viewer.did, space?.did ?? null, ctx.own);
  return { drafts: drafts.map(draftView) };
});
