// What a read is given.
import type { Did } from '../domain/model.ts';
import type { Viewer } from '../domain/viewer.ts';
import type { IndexerPort } from '../ports/indexer.ts';
import type { SpaceCache } from './space-cache.ts';

export interface ReadContext {
  db: D1Database;
  /** Who asks; null for a visitor. A private space is there for those inside it alone. */
  viewer: Viewer | null;
  /** Milliseconds since 1970. */
  now: number;
  indexer: Pick<IndexerPort, 'renewTop' | 'status' | 'verify'>;
  /** Work that may end after the answer; a `waitUntil`. */
  later(work: Promise<unknown>): void;
  /** One for each isolate. */
  spaces: SpaceCache;
  /** Whether the operator lets spaces index a further collection. */
  allowed(collection: string): boolean;
  /** `did:web` of this instance. */
  instance: Did;
}
