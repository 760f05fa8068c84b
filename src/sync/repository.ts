// A repository read page by page, without its proofs: every record of one snapshot, as of the rev taken before the first page.
import type { RecordEvent } from '../domain/event.ts';
import type { Did } from '../domain/model.ts';
import { parseUri } from '../domain/uri.ts';
import type { PdsPort, RepoRecord } from '../ports/pds.ts';
import type { Repository, RepositoryPort, Snapshot, SnapshotEnd } from '../ports/repository.ts';

/** A page is one request, and an invocation of a Worker has a limited number of those. */
export const MAX_PAGES = 400;

/** Null when the PDS has no such repository. Throws, as each page may, when the PDS gives no useful answer. */
export async function readRepository(
  repository: Repository,
  deps: { pds: PdsPort; maxPages?: number },
): Promise<Snapshot | null> {
  const rev = await deps.pds.latestRev(repository.pds, repository.did);
  return rev === null ? null : { rev, pages: readPages(repository, rev, deps.pds, deps.maxPages ?? MAX_PAGES) };
}

export const repositoryPort = (pds: PdsPort): RepositoryPort => ({
  read: (repository) => readRepository(repository, { pds }),
});

async function* readPages(
  { did, pds, collections }: Repository,
  rev: string,
  port: PdsPort,
  maxPages: number,
): AsyncGenerator<RecordEvent[], SnapshotEnd> {
  let read = 0;
  for (const collection of new Set(collections)) {
    let cursor: string | undefined;
    do {
      // Ends a server that answers with cursors for ever, too.
      if (read++ === maxPages) return { truncated: true };
      const page = await port.listRecords(pds, did, collection, cursor);
      if (page.records.length > 0) yield page.records.map((record) => snapshotEvent(record, did, rev));
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
  }
  return { truncated: false };
}

function snapshotEvent({ uri, cid, value }: RepoRecord, did: Did, rev: string): RecordEvent {
  const parts = parseUri(uri);
  if (parts?.did !== did) throw new Error(`${uri} is no record of ${did}`);
  const { collection, rkey } = parts;
  return {
    kind: 'record',
    did,
    collection,
    rkey,
    rev,
    operation: 'create',
    snapshot: true,
    cid,
    record: value,
    proven: true,
  };
}
