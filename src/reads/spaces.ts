// Which space is meant, and what of it may be read.
import { spacesLabelled } from '../db/queries/member-names.ts';
import { spaceByDid, spaceByHandle, spaceByHost } from '../db/queries/spaces.ts';
import type { Did, PrivateFront, Space, SpaceDetails } from '../domain/model.ts';
import { meantBy } from '../domain/names.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';
import { NO_SPACE, refusalOf, type Standing } from '../domain/permission.ts';
import type { ReadContext } from './context.ts';
import { detailsOf } from './space-facts.ts';
import { readStanding } from './standing.ts';

/** From where a space is looked at: by its address or name, in a list, or at the door of its own site. */
export type Where = 'address' | 'list' | 'door';

/** The one place that decides whether a visitor may know of a space: a private one is answered as one that does not exist. */
export function visibleSpace<S extends Pick<Space, 'visibility'>>(space: S | null, where: Where): S | Refusal {
  if (!space) return NO_SPACE;
  const seen =
    space.visibility === 'public' ||
    (space.visibility === 'unlisted' && where !== 'list') ||
    (space.visibility === 'private' && where === 'door');
  return seen ? space : NO_SPACE;
}

/** By DID, handle or name. */
export const readSpace = async (ctx: ReadContext, identifier: string): Promise<SpaceDetails | Refusal> =>
  openTo(ctx, await byName(ctx, identifier));

export const readSpaceByHost = async (ctx: ReadContext, hostname: string): Promise<SpaceDetails | Refusal> =>
  openTo(ctx, await byHost(ctx, hostname));

/** What one is in a private space is read anew each time: whoever is put out is out at once. */
async function openTo(ctx: ReadContext, space: SpaceDetails | null): Promise<SpaceDetails | Refusal> {
  if (space?.visibility !== 'private' || ctx.viewer === null) return visibleSpace(space, 'address');
  return refusalOf(await readStanding(ctx, space, ctx.viewer.did), { do: 'read' }) ?? space;
}

/**
 * For one account, by DID or handle: a private space is there for those whom it concerns, and for those who know what only the
 * invited know.
 */
export async function readSpaceFor(
  ctx: ReadContext,
  identifier: string,
  did: Did,
  isInvited: (space: SpaceDetails) => Promise<boolean> = async () => false,
): Promise<{ space: SpaceDetails; standing: Standing } | Refusal> {
  const space = await byName(ctx, identifier);
  if (!space) return NO_SPACE;
  const standing = await readStanding(ctx, space, did);
  const concerned = standing.isInside || standing.joined || standing.admitted;
  const seen = space.visibility !== 'private' || concerned || (await isInvited(space));
  return seen ? { space, standing } : NO_SPACE;
}

/** For those who come in at its own host; what visitors are shown of it is its front. */
export const readSpaceAtDoor = async (ctx: ReadContext, hostname: string): Promise<SpaceDetails | Refusal> =>
  visibleSpace(await byHost(ctx, hostname), 'door');

/** All that a visitor at a private space's own host is told; of any other space a refusal. */
export async function readPrivateFront(ctx: ReadContext, hostname: string): Promise<PrivateFront | Refusal> {
  const space = visibleSpace(await byHost(ctx, hostname), 'door');
  if (isRefusal(space)) return space;
  if (space.visibility !== 'private') return NO_SPACE;
  const { displayName, description, joinPolicy, hosts } = space;
  return { displayName, description, joinPolicy, host: hosts[0] ?? hostname };
}

/** The group account of a host's space: a hostname is its handle, and says so whoever may read the space. */
export const readDidOfHost = async (ctx: ReadContext, hostname: string): Promise<Did | null> =>
  (await byHost(ctx, hostname))?.did ?? null;

type By = 'did' | 'handle' | 'host';

const QUERIES = { did: spaceByDid, handle: spaceByHandle, host: spaceByHost };

/** As `meantBy` says, the first that there is. */
async function byName(ctx: ReadContext, name: string): Promise<SpaceDetails | null> {
  for (const meant of meantBy(name)) {
    const found = meant.by === 'label' ? await byLabel(ctx, meant) : await load(ctx, meant.by, meant.name);
    if (found) return found;
  }
  return null;
}

async function byLabel(ctx: ReadContext, { name, instance }: { name: string; instance: string }) {
  if (ctx.instance !== `did:web:${instance}`) return null;
  const [found, ...others] = await spacesLabelled(ctx.db, name);
  const space = found && others.length === 0 ? await load(ctx, 'did', found) : null;
  // One that is in no list cannot be found by half of its name.
  return space?.visibility === 'public' ? space : null;
}

const byHost = (ctx: ReadContext, hostname: string): Promise<SpaceDetails | null> =>
  load(ctx, 'host', hostname.toLowerCase());

async function load(ctx: ReadContext, by: By, name: string): Promise<SpaceDetails | null> {
  const kept = ctx.spaces.get(`${by} ${name}`, ctx.now);
  if (kept) return kept;
  const found = await QUERIES[by](ctx.db, name);
  if (!found) return null;
  const space = detailsOf(found.space, found.own, ctx.allowed);
  ctx.spaces.set(`${by} ${name}`, space, ctx.now);
  // Who came by a host or handle asks by DID next.
  if (by !== 'did') ctx.spaces.set(`did ${space.did}`, space, ctx.now);
  return space;
}
