// The common shape of a collection's plan: what a put or a removal of its record means beside the record's own row.
import type { RecordEvent } from '../../domain/event.ts';
import type { Facts, StoredRecord } from '../../domain/facts.ts';
import type { AtUri, JsonObject, SpacePolicy } from '../../domain/model.ts';
import type { Write } from '../../domain/write.ts';

export interface Put {
  event: RecordEvent;
  record: JsonObject;
  uri: AtUri;
  space: SpacePolicy;
  /** The row of this space before: live or a tombstone. */
  prior: StoredRecord | undefined;
  sortAt: number;
  facts: Facts;
}

/** What a collection adds to the record's row; `writes` come after it. */
export interface Planned {
  subject?: AtUri;
  root?: AtUri;
  postId?: number;
  hidden: number;
  writes: Write[];
}

export interface CollectionPlan {
  put(put: Put): Planned;
  /** A live record goes; its row becomes a tombstone, and its post is taken out. */
  remove(row: StoredRecord, facts: Facts): Write[];
}
