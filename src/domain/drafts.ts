// What somebody has begun to write: a record that is not one yet. Kept by the instance for its author alone, never public.
import { exceedsBounds } from './bounds.ts';
import { isTitled, NSID } from './collections.ts';
import type { Did, JsonObject } from './model.ts';
import { type Refusal, refuse } from './outcome.ts';

export interface Draft {
  id: string;
  space: Did;
  updatedAt: number;
  /** As it would be written, as far as it goes: `$type` is there, and what else may be missing. */
  record: JsonObject;
}

/** Of one account; `length` in characters of JSON, of all together. */
export const DRAFTS = { most: 50, length: 2_000_000 } as const;

const ID = /^[a-zA-Z0-9-]{1,64}$/;

export const isDraftId = (id: string): boolean => ID.test(id);

export const collectionOf = ({ record }: Pick<Draft, 'record'>): string =>
  typeof record.$type === 'string' ? record.$type : '';

export const isDraftable = (collection: string): boolean => isTitled(collection) || collection === NSID.reply;

/** Null for what may be kept. */
export function refuseDraft({ id, record }: Pick<Draft, 'id' | 'record'>): Refusal | null {
  if (!isDraftId(id)) return refuse('InvalidRequest', 'id must be of at most 64 letters, digits and hyphens');
  if (!isDraftable(collectionOf({ record }))) {
    return refuse('InvalidRequest', 'a draft is of a story, a topic or a reply: its $type must say so');
  }
  const exceeded = exceedsBounds(record, JSON.stringify(record).length);
  return exceeded && refuse('InvalidRequest', `the draft is too large: ${exceeded.detail}`);
}
