import { isRefusal, refuse } from '../../../../domain/outcome.ts';
import * as getSpace from '../../../../lexicons/club/commonplace/space/getSpace.ts';
import { readSpace, readSpaceByHost } from '../../../../reads/index.ts';
import { spaceViewDetailed } from '../../../../views/space.ts';
import { query } from '../../../method.ts';

export default query(getSpace, async ({ space: name, host }, ctx) => {
  if ((name === undefined) === (host === undefined)) {
    return refuse('InvalidRequest', 'give exactly one of space and host');
  }
  const space = host === undefined ? await readSpace(ctx, name ?? '') : await readSpaceByHost(ctx, withoutPort(host));
  return isRefusal(space) ? space : spaceViewDetailed(space, ctx.base);
});

const withoutPort = (host: string): string => host.replace(/:\d{1,5}$/, '');
