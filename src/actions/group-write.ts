// What the house writes as the group for somebody: by the group's object, which admits it before it does anything else.

import type { GroupCause } from '../domain/group-deed.ts';
import type { Did } from '../domain/model.ts';
import type { NotWritten, RepoAct } from '../ports/accounts.ts';
import type { OwnDeps } from './own.ts';

/** Whether `cause.by` may do this has been asked of `domain/permission.ts`. */
export async function writeAsGroup(
  group: Did,
  act: RepoAct,
  cause: GroupCause,
  { groups }: Pick<OwnDeps, 'groups'>,
): Promise<{ uri: string } | NotWritten> {
  const written = await groups.write(group, act, cause);
  return 'failed' in written ? written : { uri: written.uri };
}
