// Whether a record is what its author's signed repository holds, as far as it is known or can be found out now.
import { evidenceOf, type ProvableFacts, provable } from '../db/queries/evidence.ts';
import type { AtUri, Evidence } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import type { PostItem } from '../domain/post.ts';
import { parseUri } from '../domain/uri.ts';
import type { ReadContext } from './context.ts';
import { accountShows } from './rules.ts';
import { readSpace } from './spaces.ts';

/** An answer so old is given again: nobody may have a server asked by us as often as they like. */
const FRESH_MS = 10 * 60_000;

const GONE = refuse('RecordNotFound', 'this instance shows no such record');
const BUSY = refuse('RateLimitExceeded', 'too many proofs were asked for in the last minute: try again later');

export const readEvidence = (ctx: ReadContext, { uri, cid }: PostItem): Promise<Evidence | null> =>
  evidenceOf(ctx.db, uri, cid);

/** Has the author's server asked, unless that was done just now. The answer is about what stands in the index after it. */
export async function verifyRecord(ctx: ReadContext, uri: AtUri): Promise<Evidence | Refusal> {
  const before = await shown(ctx, uri);
  if (isRefusal(before)) return before;
  if (before.evidence && ctx.now - before.evidence.checkedAt < FRESH_MS) return before.evidence;
  if (!(await ctx.indexer.verify(uri))) return before.evidence ?? BUSY;
  const after = await shown(ctx, uri);
  if (isRefusal(after)) return after;
  const why = 'another version came in meanwhile';
  return after.evidence ?? { uri, cid: after.cid, checkedAt: ctx.now, proof: null, why };
}

/** What does not show is answered as what does not exist. */
async function shown(ctx: ReadContext, uri: AtUri): Promise<ProvableFacts | Refusal> {
  const parts = parseUri(uri);
  if (!parts) return refuse('InvalidRequest', 'uri must be the AT-URI of a record, with a DID');
  const row = await provable(ctx.db, parts.did, uri);
  const space = row && (await readSpace(ctx, row.space));
  if (!row || !space || isRefusal(space) || row.hidden !== 0) return GONE;
  const rootShows =
    row.root === null ||
    (row.rootHidden === 0 && accountShows(space.policy, row.rootDid ?? '', row.rootStatus, row.rootConfirmation));
  return rootShows && accountShows(space.policy, row.did, row.status, row.confirmation) ? row : GONE;
}
