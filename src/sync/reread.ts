// A repository read again as a whole: what it holds is admitted, what it holds no more is deleted.
import { recordsAfter } from '../db/queries/recompute.ts';
import { noteRev } from '../db/sources.ts';
import { isKnown, isOurs } from '../domain/collections.ts';
import type { RecordEvent } from '../domain/event.ts';
import type { Did } from '../domain/model.ts';
import { parseUri } from '../domain/uri.ts';
import type { Admission } from '../ingest/admit.ts';
import type { JobHandler } from '../ingest/jobs.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { PdsPort } from '../ports/pds.ts';
import type { RepositoryPort } from '../ports/repository.ts';
import { again } from './jobs.ts';

export interface RereadDeps {
  identity: IdentityPort;
  pds: PdsPort;
  repositories: RepositoryPort;
  admit(events: RecordEvent[]): Promise<unknown>;
}

const PAGE = 500;

/** Key: the DID. */
export const rereadJob =
  (deps: RereadDeps): JobHandler =>
  async ({ key: did, attempts }, { db, admission }) => {
    const { concerns } = await admission.state();
    const spaces = concerns.get(did) ?? new Set();
    try {
      const rev = await reread(did, deps, { db, admission, spaces });
      return { writes: [], also: rev === null ? [] : [noteRev(db, did, rev)], next: null };
    } catch {
      // Whatever failed lies outside, and what was admitted by then stands.
      return again(attempts);
    }
  };

interface Index {
  db: D1Database;
  admission: Admission;
  spaces: ReadonlySet<Did>;
}

/** The rev that was read; null when there is no such repository: whether the account is gone is for others to say. */
async function reread(did: Did, deps: RereadDeps, index: Index): Promise<string | null> {
  const pds = (await deps.identity.resolveDid(did))?.pds;
  if (!pds) return null;
  const further = new Set((await index.admission.furtherCollections()).all);
  const counts = (name: string): boolean => isOurs(name) || isKnown(name) || further.has(name);
  const collections = (await deps.pds.collections(pds, did)).filter(counts);
  const snapshot = await deps.repositories.read({ did, pds, collections });
  if (!snapshot) return null;
  const held = new Set<string>();
  let page = await snapshot.pages.next();
  for (; !page.done; page = await snapshot.pages.next()) {
    for (const { collection, rkey } of page.value) held.add(`${collection}/${rkey}`);
    await deps.admit(page.value);
  }
  // Of a repository that was not read to its end nobody knows what is missing.
  if (!page.value.truncated) await deleteAbsent(did, snapshot.rev, held, deps, index);
  return snapshot.rev;
}

async function deleteAbsent(did: Did, rev: string, held: Set<string>, deps: RereadDeps, { db, spaces }: Index) {
  for (const space of spaces) {
    let after = '';
    for (let rows = await recordsAfter(db, space, `at://${did}/`, after, PAGE); rows.length > 0; ) {
      const gone = rows.flatMap((row) => (row.rev > rev ? [] : deletion(row.uri, rev, held)));
      if (gone.length > 0) await deps.admit(gone);
      after = rows.at(-1)?.uri ?? '';
      rows = rows.length < PAGE ? [] : await recordsAfter(db, space, `at://${did}/`, after, PAGE);
    }
  }
}

function deletion(uri: string, rev: string, held: Set<string>): RecordEvent[] {
  const parts = parseUri(uri);
  if (!parts || held.has(`${parts.collection}/${parts.rkey}`)) return [];
  const { did, collection, rkey } = parts;
  return [{ kind: 'record', did, collection, rkey, rev, operation: 'delete', snapshot: true, cid: null, record: null }];
}
