// What one account has begun to write: one order at a time, each answered with what is kept after it.

import type { Draft } from '../domain/drafts.ts';
import type { Did } from '../domain/model.ts';

export type DraftsOrder =
  | { order: 'list' }
  /** In the place of one with the same id. */
  | { order: 'put'; draft: Draft }
  | { order: 'delete'; id: string }
  /** All of them. */
  | { order: 'erase' };

export interface DraftsPort {
  /** The last changed first. Null where there is no room for one more. */
  drafts(did: Did, order: DraftsOrder): Promise<Draft[] | null>;
}
