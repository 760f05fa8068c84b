// Which space is meant, and what of it may be read.
import { spaceByDid, spaceByHandle, spaceByHost } from '../db/queries/spaces.ts';
import type { Did, PrivateFront, Space, SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import type { ReadContext } from './context.ts';
import { detailsOf } from './space-facts.ts';

/** From where a space is looked at: by its address or name, in a list, or at the door of its own site. */
export type Where = 'address' | 'list' | 'door';

const NOT_FOUND = refuse('SpaceNotFound', 'this instance has no such space');

/** The one place that decides whether a visitor may know of a space: a private one is answered as one that does not exist. */
export function visibleSpace<S extends Pick<Space, 'visibility'>>(space: S | null, where: Where): S | Refusal {
  if (!space) return NOT_FOUND;
  const seen =
    space.visibility === 'public' ||
    (space.visibility === 'unlisted' && where !== 'list') ||
    (space.visibility === 'private' && where === 'door');
  return seen ? space : NOT_FOUND;
}

/** By DID or handle. */
export const readSpace = async (ctx: ReadContext, identifier: string): Promise<SpaceDetails | Refusal> =>
  visibleSpace(await load(ctx, identifier), 'address');

export const readSpaceByHost = async (ctx: ReadContext, hostname: string): Promise<SpaceDetails | Refusal> =>
  visibleSpace(await load(ctx, hostname, 'host'), 'address');

/** All that a visitor at a private space's own host is told; of any other space a refusal. */
export async function readPrivateFront(ctx: ReadContext, hostname: string): Promise<PrivateFront | Refusal> {
  const space = visibleSpace(await load(ctx, hostname, 'host'), 'door');
  if (isRefusal(space)) return space;
  if (space.visibility !== 'private') return NOT_FOUND;
  const { displayName, description, joinPolicy, hosts } = space;
  return { displayName, description, joinPolicy, host: hosts[0] ?? hostname };
}

/** The group account of a host's space: a hostname is its handle, and says so whoever may read the space. */
export const readDidOfHost = async (ctx: ReadContext, hostname: string): Promise<Did | null> =>
  (await load(ctx, hostname, 'host'))?.did ?? null;

async function load(ctx: ReadContext, name: string, by: 'host' | 'name' = 'name'): Promise<SpaceDetails | null> {
  const key = `${by} ${by === 'host' || !name.startsWith('did:') ? name.toLowerCase() : name}`;
  const kept = ctx.spaces.get(key, ctx.now);
  if (kept !== undefined) return kept;
  const found = await query(ctx.db, by, key.slice(by.length + 1));
  const space = found && detailsOf(found.space, found.own, ctx.allowed);
  ctx.spaces.set(key, space, ctx.now);
  return space;
}

function query(db: D1Database, by: 'host' | 'name', name: string) {
  if (by === 'host') return spaceByHost(db, name);
  return name.startsWith('did:') ? spaceByDid(db, name) : spaceByHandle(db, name);
}
