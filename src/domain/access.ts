// Who may copy a space through what the instance offers to others: its lists of records and its stream.
import type { Did, Discovery, Space } from './model.ts';

/** Who asks: anybody, a reader of the space's own site, or an instance that says who it is. */
export type Caller = { is: 'anyone' } | { is: 'page' } | { is: 'instance'; did: Did };

export const ANYONE: Caller = { is: 'anyone' };

/** `hidden`: as if there were no such space; `unproven`: only to instances that it names; `refused`: not to this one. */
export type Access = 'yes' | 'hidden' | 'unproven' | 'refused';

/** The home of a space that names none is the instance that was given it. */
export function opensTo({ home, external, instances }: Discovery, instance: Did, here: Did): boolean {
  if (instance === (home ?? here) || instance === here) return true;
  return external && (instances.length === 0 || instances.includes(instance));
}

/**
 * A space that limits other instances is given to nobody who does not prove to be one of those it lets in, for whoever is
 * refused could ask without a name. Its own pages show the same to every visitor anyway.
 */
export function mayCopy(
  { visibility, discovery }: Pick<Space, 'visibility' | 'discovery'>,
  caller: Caller,
  here: Did,
): Access {
  if (visibility === 'private') return 'hidden';
  if (caller.is === 'page') return 'yes';
  if (caller.is === 'instance') return opensTo(discovery, caller.did, here) ? 'yes' : 'refused';
  return discovery.external && discovery.instances.length === 0 ? 'yes' : 'unproven';
}
