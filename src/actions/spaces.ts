// What the operator does with spaces: add, list, change, remove.
import { hostOwners, operatorSpace, operatorSpaces } from '../db/queries/operator.ts';
import type { Visibility } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import type { OperatorSpace, StreamStatus } from '../domain/status.ts';
import type { GroupsPort } from '../ports/groups.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { IndexerPort } from '../ports/indexer.ts';
import type { PdsPort } from '../ports/pds.ts';
import type { RepositoryPort, Snapshot } from '../ports/repository.ts';
import { collectionsToRead, type Group, resolveGroup, upstreamFailure } from './group.ts';
import { hostnames } from './hostnames.ts';

export interface OperatorDeps {
  db: D1Database;
  indexer: IndexerPort;
  groups: Pick<GroupsPort, 'connection' | 'release'>;
  identity: IdentityPort;
  pds: PdsPort;
  repositories: RepositoryPort;
  instanceHosts: string[];
  development: boolean;
  /** Whether the operator lets spaces index a further collection. */
  allowed(collection: string): boolean;
}

export interface NewSpaceInput {
  /** Handle or DID. */
  subject: string;
  hosts: string[];
  /** `profile`, or nothing: as the group's profile says. */
  visibility?: string | undefined;
}

export interface AddedSpace {
  space: OperatorSpace;
  /** Records of the group's own repository that were read. */
  records: number;
  warnings: string[];
}

/** Nothing is changed before the identity, the hostnames and the group's repository have been found good. */
export async function addSpace(input: NewSpaceInput, deps: OperatorDeps): Promise<AddedSpace | Refusal> {
  const hosts = hostnames(input.hosts, deps.instanceHosts, deps.development);
  if (!Array.isArray(hosts)) return hosts;
  const group = await resolveGroup(input.subject, deps.identity);
  if (isRefusal(group)) return group;
  const refused = await refuseTaken(hosts, group.did, deps);
  if (refused) return refused;
  const before = await operatorSpace(deps.db, group.did);
  const visibility = heldVisibility(input.visibility, before?.held ?? null);
  if (isRefusal(visibility)) return visibility;
  const snapshot = await openRepository(group, deps);
  if (isRefusal(snapshot)) return snapshot;

  const displayName = group.handle ?? group.did;
  await deps.indexer.addSpace({
    did: group.did,
    handle: group.handle,
    hosts,
    displayName,
    visibility: visibility.held,
  });
  const read = await admitRepository(group, snapshot, deps);
  await deps.indexer.operate({ order: 'backfill', space: group.did, act: 'start' });
  const space = await requireSpace(group.did, deps);
  return { space, records: read.records, warnings: [...warningsAbout(space), ...read.warnings] };
}

export async function listSpaces(deps: OperatorDeps): Promise<{ spaces: OperatorSpace[]; stream: StreamStatus }> {
  const [spaces, stream] = await Promise.all([operatorSpaces(deps.db), deps.indexer.status()]);
  return { spaces, stream };
}

export interface SpaceChange {
  /** DID, handle or hostname. */
  space: string;
  hosts?: string[] | undefined;
  visibility?: string | undefined;
  /** `private`: from now on nobody is told who is a member. */
  roster?: string | undefined;
  /** Whether nothing new is taken for it. */
  paused?: boolean | undefined;
}

export async function setSpace(change: SpaceChange, deps: OperatorDeps): Promise<{ space: OperatorSpace } | Refusal> {
  const space = await findSpace(change.space, deps);
  if (isRefusal(space)) return space;
  const hosts = change.hosts ? hostnames(change.hosts, deps.instanceHosts, deps.development) : space.hosts;
  if (!Array.isArray(hosts)) return hosts;
  const refused = await refuseTaken(hosts, space.did, deps);
  if (refused) return refused;
  const visibility = heldVisibility(change.visibility, space.held);
  if (isRefusal(visibility)) return visibility;
  if (change.roster !== undefined && change.roster !== space.roster && change.roster !== 'private') {
    return refuse(
      'InvalidRequest',
      `a roster becomes private and not "${change.roster.slice(0, 64)}": what is held of it cannot be published for anybody`,
    );
  }
  const { did, handle, displayName } = space;
  if (change.roster === 'private') await deps.indexer.roster({ order: 'conceal', space: did });
  if (change.hosts || change.visibility !== undefined)
    await deps.indexer.addSpace({ did, handle, hosts, displayName, visibility: visibility.held });
  if (change.paused !== undefined)
    await deps.indexer.operate({ order: change.paused ? 'pause' : 'resume', space: did });
  return { space: await requireSpace(did, deps) };
}

/** The instance acts for its account no more. */
export async function removeSpace(name: string, deps: OperatorDeps): Promise<{ did: string } | Refusal> {
  const space = await findSpace(name, deps);
  if (isRefusal(space)) return space;
  const { did } = space;
  if ((await deps.groups.connection(did)).isConnected) await deps.groups.release(did, did);
  await deps.indexer.removeSpace(did);
  return { did };
}

export async function findSpace(name: string, { db }: OperatorDeps): Promise<OperatorSpace | Refusal> {
  const wanted = name.trim().replace(/^@/, '');
  const space = await operatorSpace(db, wanted.startsWith('did:') ? wanted : wanted.toLowerCase());
  return space ?? refuse('SpaceNotFound', `this instance has no space "${wanted.slice(0, 100)}"`);
}

async function requireSpace(did: string, { db }: OperatorDeps): Promise<OperatorSpace> {
  const space = await operatorSpace(db, did);
  if (!space) throw new Error(`the indexer took ${did} and the database does not have it`);
  return space;
}

async function refuseTaken(hosts: string[], did: string, { db }: OperatorDeps): Promise<Refusal | null> {
  const taken = (await hostOwners(db, hosts)).find(({ space }) => space !== did);
  return taken ? refuse('HostTaken', `${taken.hostname} belongs to the space ${taken.space} already`) : null;
}

const VISIBILITIES: readonly string[] = ['public', 'unlisted', 'private'] satisfies Visibility[];

function heldVisibility(wanted: string | undefined, before: Visibility | null): { held: Visibility | null } | Refusal {
  if (wanted === undefined) return { held: before };
  if (wanted === 'profile') return { held: null };
  if (VISIBILITIES.includes(wanted)) return { held: wanted as Visibility };
  return refuse('InvalidRequest', `visibility is public, unlisted, private or profile, not "${wanted.slice(0, 64)}"`);
}

async function openRepository(group: Group, deps: OperatorDeps): Promise<Snapshot | Refusal> {
  const { did, pds } = group;
  try {
    const snapshot = await deps.repositories.read({ did, pds, collections: await collectionsToRead(group, deps) });
    return snapshot ?? refuse('PdsNotFound', `${pds} holds no active repository of ${did}`);
  } catch (error) {
    // A server that denies the repository refuses to describe it, too: what it says of its status tells the two apart.
    const status = await deps.pds.repoStatus(pds, did).catch(() => null);
    if (status === null || status === 'active')
      return upstreamFailure('the repository of the space cannot be read', error);
    return refuse('PdsNotFound', `${pds} holds no active repository of ${did}: its status is ${status}`);
  }
}

async function admitRepository(
  group: Group,
  { pages }: Snapshot,
  { indexer }: OperatorDeps,
): Promise<{ records: number; warnings: string[] }> {
  const warnings: string[] = [];
  let [records, refused] = [0, 0];
  try {
    let page = await pages.next();
    for (; !page.done; page = await pages.next()) {
      refused += (await indexer.admit(page.value)).refused;
      records += page.value.length;
    }
    if (page.value.truncated) warnings.push(`Only the first ${records} records of the group's repository were read.`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    warnings.push(`Only ${records} records of ${group.did} could be read (${why}). Run the same command again later.`);
  }
  if (refused > 0) warnings.push(`${refused} of the group's records were refused; getStatus counts the reasons.`);
  return { records, warnings };
}

function warningsAbout(space: OperatorSpace): string[] {
  const warnings: string[] = [];
  if (!space.hasProfile) {
    warnings.push(
      `The group has no profile record yet, so its space is called ${space.displayName}. The page follows as soon as one is written.`,
    );
  }
  if (space.handle === null) warnings.push('The handle of the group does not resolve both ways, so none is shown.');
  return warnings;
}
