import * as lexicon from '../../../../lexicons/club/commonplace/actor/listSpaces.ts';
import { readMySpaces } from '../../../../reads/index.ts';
import { spaceView } from '../../../../views/space.ts';
import { viewerQuery } from '../../../method.ts';

export default viewerQuery(lexicon, async (_, ctx) => ({
  spaces: (await readMySpaces(ctx, ctx.viewer.did)).map(({ space, ...how }) => ({
    space: spaceView(space, ctx.base),
    ...how,
  })),
}));
