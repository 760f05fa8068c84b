// A member takes a name of the space, `name.<hostname>`, or gives it back; a steward says whether the space gives any.
import { dropName, putName, setNames } from '../db/member-names.ts';
import { handlesWith, isAnyHost, nameOf } from '../db/queries/member-names.ts';
import type { SpaceDetails } from '../domain/model.ts';
import { refuseName } from '../domain/names.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import { refusalOf, type Standing } from '../domain/permission.ts';
import { givesNames } from '../reads/index.ts';

export interface NamesDeps {
  db: D1Database;
  now: number;
  instanceHosts: string[];
}

type Named = Pick<SpaceDetails, 'did' | 'displayName' | 'handle' | 'hosts' | 'policy' | 'roster' | 'visibility'>;

/** Null when it is theirs. */
export async function claimName(
  space: Named,
  standing: Standing,
  label: string,
  { db, now, instanceHosts }: NamesDeps,
): Promise<Refusal | null> {
  const refused = refusalOf(standing, { do: 'take-name' });
  if (refused) return refused;
  if (!(await givesNames({ db }, space))) return refuse('NotPermitted', 'this space gives no names');
  const unfit = refuseName(label, await ownNames(space, db));
  if (unfit) return unfit;
  const full = space.hosts.map((host) => `${label}.${host}`);
  if (full.some((host) => instanceHosts.includes(host)) || (await isAnyHost(db, full)))
    return refuse('InvalidRequest', 'this name is somebody else’s');
  if (await putName(db, space.did, label, standing.did, now)) return null;
  return (await nameOf(db, space.did, standing.did))
    ? refuse('InvalidRequest', 'you have a name already: give it back first')
    : refuse('InvalidRequest', 'this name is somebody else’s');
}

/** What the space goes by, and those whose roles let them do more than post. */
async function ownNames({ did, displayName, handle, hosts, policy }: Named, db: D1Database): Promise<string[]> {
  const acting = Object.keys(policy.actions).filter((role) =>
    policy.actions[role]?.some((action) => action !== 'post'),
  );
  const handles = [handle, ...hosts, ...(await handlesWith(db, did, acting))];
  return [displayName, ...handles.flatMap((name) => name?.split('.')[0] ?? [])];
}

export const giveBackName = (
  space: Pick<Named, 'did'>,
  standing: Standing,
  { db }: Pick<NamesDeps, 'db'>,
): Promise<void> => dropName(db, space.did, standing.did);

export async function switchNames(
  space: Pick<Named, 'did'>,
  standing: Standing,
  areGiven: boolean,
  { db }: Pick<NamesDeps, 'db'>,
): Promise<Refusal | null> {
  const refused = refusalOf(standing, { do: 'configure-names' });
  if (!refused) await setNames(db, space.did, areGiven);
  return refused;
}
