// A repository read page by page, without its proofs: every record of one snapshot, as of the rev taken before the first page.
import type { RecordEvent } from '../domain/event.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { PdsPort } from '../ports/pds.ts';
import type { Repository, RepositoryPort, Snapshot, SnapshotEnd } from '../ports/repository.ts';
import { atHome } from './home.ts';
import { listed } from './snapshot.ts';

/** A page is one request, and an invocation of a Worker has a limited number of those. */
export const MAX_PAGES = 400;

interface Asking {
  pds: PdsPort;
  identity: IdentityPort;
}

/**
 * Null when there is no such repository, at the PDS that is known or where the account has moved. Throws, as each page may, when the
 * PDS gives no useful answer.
 */
export async function readRepository(
  repository: Repository,
  deps: Asking & { maxPages?: number },
): Promise<Snapshot | null> {
  const home = await atHome(repository, deps, (pds) => deps.pds.latestRev(pds, repository.did));
  if (home === null) return null;
  const { pds, answer: rev } = home;
  return { rev, pages: readPages({ ...repository, pds }, rev, deps.pds, deps.maxPages ?? MAX_PAGES) };
}

export const repositoryPort = (deps: Asking): RepositoryPort => ({
  read: (repository) => readRepository(repository, deps),
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
      if (page.records.length > 0) yield page.records.map((record) => listed(record, did, rev));
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
  }
  return { truncated: false };
}
