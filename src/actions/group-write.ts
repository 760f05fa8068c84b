// What the group writes: first to its own repository, by the session that its object holds, then by the one admission path.
import type { Did } from '../domain/model.ts';
import type { NotWritten, RepoAct } from '../ports/accounts.ts';
import type { GroupCause } from '../ports/groups.ts';
import { admitWritten, type OwnDeps } from './own.ts';

/** Whether `cause.by` may do this has been asked of `domain/permission.ts`. */
export async function writeAsGroup(
  group: Did,
  act: RepoAct,
  cause: GroupCause,
  deps: OwnDeps,
): Promise<{ uri: string } | NotWritten> {
  const written = await deps.groups.write(group, act, cause);
  if ('failed' in written) return written;
  await admitWritten(group, act, written, deps);
  return { uri: written.uri };
}
