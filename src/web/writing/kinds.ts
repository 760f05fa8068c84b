// The kinds of post that are written here, as addresses name them.
import { NSID } from '../../domain/collections.ts';

export const KINDS = { story: NSID.story, topic: NSID.topic } as const;

/** What a section may take, as the settings offer it. */
export const TAKEN = { ...KINDS, crosspost: NSID.crosspost } as const;

export type Kind = keyof typeof KINDS;

export const kindOf = (collection: string): Kind | null =>
  (Object.keys(KINDS) as Kind[]).find((kind) => KINDS[kind] === collection) ?? null;
