// What a repository shows, as events of a snapshot: had from the author's own server.
import type { RecordEvent } from '../domain/event.ts';
import type { Did, JsonObject } from '../domain/model.ts';
import { parseUri } from '../domain/uri.ts';
import type { RepoRecord } from '../ports/pds.ts';

type Named = Pick<RecordEvent, 'did' | 'collection' | 'rkey' | 'rev'>;

/** A record that is there as of the rev. */
export const shown = (named: Named, cid: string, record: JsonObject): RecordEvent => ({
  ...{ kind: 'record', ...named, operation: 'create', snapshot: true, proven: true, cid, record },
});

/** A record that is not there as of the rev. */
export const absent = (named: Named): RecordEvent => ({
  ...{ kind: 'record', ...named, operation: 'delete', snapshot: true, proven: true, cid: null, record: null },
});

/** One of a list of the repository's records. Throws when it is somebody else's. */
export function listed({ uri, cid, value }: RepoRecord, did: Did, rev: string): RecordEvent {
  const parts = parseUri(uri);
  if (parts?.did !== did) throw new Error(`${uri} is no record of ${did}`);
  const { collection, rkey } = parts;
  return shown({ did, collection, rkey, rev }, cid, value);
}
