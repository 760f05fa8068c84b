// A repository read as a whole, in pages of record events.
import type { RecordEvent } from '../domain/event.ts';
import type { Did } from '../domain/model.ts';

export interface Repository {
  did: Did;
  /** Origin of its PDS, as far as is known: one that has moved is read where it is now. */
  pds: string;
  /** Read in this order. */
  collections: string[];
}

export interface Snapshot {
  /** Taken before the first page: whatever a page shows beyond it comes by the stream with a later rev. */
  rev: string;
  /** Each throws when the PDS gives no useful answer. */
  pages: AsyncGenerator<RecordEvent[], SnapshotEnd>;
}

export interface SnapshotEnd {
  /** The repository holds more than was read. */
  truncated: boolean;
}

export interface RepositoryPort {
  /** Null when the PDS has no such repository. Throws when it gives no useful answer. */
  read(repository: Repository): Promise<Snapshot | null>;
}
