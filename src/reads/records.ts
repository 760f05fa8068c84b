// What of the network belongs to a space, for those who copy it: records as they are, and where they come from.
import { readCursor, writeCursor } from '../db/page.ts';
import { recordAt, recordsPage, reposPage } from '../db/queries/records.ts';
import type { Did, JsonObject, Page, RecordItem, Repo, SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';
import { makeUri } from '../domain/uri.ts';
import type { ReadContext } from './context.ts';
import { type PageQuery, readPage } from './paging.ts';
import { accountShows } from './rules.ts';

export interface RecordsQuery {
  collection: string;
  repo?: Did | undefined;
  reverse?: boolean | undefined;
  limit: number;
  cursor?: string | null | undefined;
}

/** By repository (its DID), then by record key. */
export async function readRecords(
  ctx: ReadContext,
  space: SpaceDetails,
  query: RecordsQuery,
): Promise<Page<RecordItem> | Refusal> {
  const { collection, limit, reverse = false } = query;
  const repo = query.repo ?? null;
  const identity = { read: 'records', space: space.did, collection, repo, reverse };
  const at = readCursor(identity, query.cursor, ['', '']);
  if (at !== null && isRefusal(at)) return at;
  const { rows, next } = await recordsPage(ctx.db, {
    space: space.did,
    collection,
    repo,
    reverse,
    at,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const items = page
    .filter(({ did, status, confirmation }) => accountShows(space.policy, did, status, confirmation))
    .map(({ uri, cid, value }) => ({ uri, cid, value: JSON.parse(value) as JsonObject }));
  const last = page.at(-1);
  if (rows.length > limit && last) return { items, cursor: writeCursor(identity, [last.did, last.uri]) };
  return { items, cursor: next === null ? null : writeCursor(identity, [next, '']) };
}

/** The group's own, which says something of the space. */
export async function readOwnRecord(
  { db }: Pick<ReadContext, 'db'>,
  { did }: Pick<SpaceDetails, 'did'>,
  collection: string,
  rkey: string,
): Promise<{ cid: string; value: JsonObject } | null> {
  const found = await recordAt(db, did, makeUri(did, collection, rkey));
  return found && { cid: found.cid, value: JSON.parse(found.value) as JsonObject };
}

/** By DID. Repositories of inactive accounts are left out, and those whose last record here is gone. */
export async function readRepos(
  ctx: ReadContext,
  space: SpaceDetails,
  query: PageQuery,
): Promise<Page<Repo> | Refusal> {
  return readPage(
    query,
    { identity: { read: 'repos', space: space.did }, like: [''] },
    (at, limit) => reposPage(ctx.db, space.did, at?.[0] ?? null, limit),
    ({ did, rev, count, status, confirmation }) =>
      count > 0 && accountShows(space.policy, did, status, confirmation) ? { did, rev, count } : null,
    ({ did }) => [did],
  );
}
