// A space as the operator's methods tell of it.
import type { HandleString, UriString } from '@atproto/lex';
import type { Invited } from '../domain/founding.ts';
import { visibilityOf } from '../domain/policy.ts';
import type { OperatorSpace } from '../domain/status.ts';
import type * as Admin from '../lexicons/club/commonplace/admin/defs.ts';
import type { Founder } from '../lexicons/club/commonplace/admin/listFounders.ts';
import { type Base, originOf } from './address.ts';
import { datetime } from './time.ts';

export function operatorSpaceView(space: OperatorSpace, base: Base): Admin.Space {
  const { did, handle, hosts, displayName, held, said, hasProfile, posts, replies, members, records, addedAt } = space;
  const { pausedAt, archivedAt } = space;
  return {
    did: did as Admin.Space['did'],
    ...(handle === null ? {} : { handle: handle as HandleString }),
    ...{ hosts, url: `${originOf(space, base)}/` as UriString, displayName },
    visibility: visibilityOf(said === null ? {} : { visibility: said }, held),
    ...(held === null ? {} : { heldVisibility: held }),
    roster: space.roster,
    ...{ hasProfile, postCount: posts, replyCount: replies, memberCount: members, recordCount: records },
    addedAt: datetime(addedAt),
    ...(pausedAt === null ? {} : { pausedAt: datetime(pausedAt) }),
    ...(archivedAt === null ? {} : { archivedAt: datetime(archivedAt) }),
  };
}

export const founderView = ({ did, handle }: Invited): Founder => ({
  did: did as Founder['did'],
  ...(handle === null ? {} : { handle: handle as HandleString }),
});
