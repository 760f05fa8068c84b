// What a member writes: first to their own repository, then by the one admission path, so that the next page shows it. The stream
// tells the same again later, which changes nothing.

import type { RecordEvent } from '../domain/event.ts';
import { isSameJson } from '../domain/json.ts';
import type { AtUri, Did, JsonObject, SpaceDetails } from '../domain/model.ts';
import { isDrop, isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import { type Deed, refusalOf, type Standing } from '../domain/permission.ts';
import { makeUri, parseUri, type UriParts } from '../domain/uri.ts';
import { checkRecord } from '../ingest/check.ts';
import type { AccountsPort, Browser, NotWritten, RepoAct, Written } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { GroupsPort } from '../ports/groups.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { IndexerPort } from '../ports/indexer.ts';

export interface OwnDeps {
  accounts: AccountsPort;
  groups: GroupsPort;
  indexer: Pick<IndexerPort, 'admit' | 'operate' | 'roster' | 'spare'>;
  db: D1Database;
  identity: IdentityPort;
  clock: Clock;
  log(message: string, facts: Record<string, unknown>): void;
}

/** Who writes, and where. */
export interface Writer {
  space: SpaceDetails;
  standing: Standing;
  browser: Browser;
}

export type Outcome = { uri: string } | NotWritten | Refusal;

export const isDone = (outcome: Outcome): outcome is { uri: string } => !isRefusal(outcome) && !('failed' in outcome);

/** Nothing is asked of the server that the space would refuse, or that would be no valid record. */
export async function writeOwn(writer: Writer, deed: Deed, act: RepoAct, deps: OwnDeps): Promise<Outcome> {
  const refused =
    refusalOf(writer.standing, deed) ?? (act.act === 'delete' ? null : refuseInvalid(act, deps.clock.now()));
  if (refused) return refused;
  const { did } = writer.standing;
  const written = await deps.accounts.write(did, writer.browser, act);
  if ('failed' in written) return written;
  await admitWritten(did, act, written, deps);
  return { uri: written.uri };
}

/** One's own record as it is at its server now, which an edit begins from. */
export async function readOwn(
  { space, standing, browser }: Writer,
  uri: AtUri,
  { accounts }: OwnDeps,
): Promise<{ parts: UriParts; cid: string; value: JsonObject } | NotWritten | Refusal> {
  const parts = parseUri(uri);
  const gone = refuse('RecordNotFound', 'this record is not there any more');
  if (!parts || parts.did !== standing.did) return gone;
  const found = await accounts.read(standing.did, browser, parts.collection, parts.rkey);
  if (found === null) return gone;
  if ('failed' in found) return found;
  // Another space has its own word on it.
  return found.value.space === space.did ? { parts, ...found } : gone;
}

/** What the same form wrote when it was sent before, where that says something else. */
export interface Before {
  before: AtUri;
  seen: string;
}

/** However often a form is sent, each with the key that it was shown with. */
export async function writeOnce(
  writer: Writer,
  deed: Deed,
  { collection, rkey, record }: { collection: string; rkey: string; record: JsonObject },
  deps: OwnDeps,
): Promise<Outcome | Before> {
  const outcome = await writeOwn(writer, deed, { act: 'put', collection, rkey, record, swap: null }, deps);
  if (!('failed' in outcome) || outcome.failed !== 'changed') return outcome;
  const before = makeUri(writer.standing.did, collection, rkey);
  const own = await readOwn(writer, before, deps);
  // Written in another space: here it is new.
  if (isRefusal(own)) return writeOwn(writer, deed, { act: 'create', collection, record }, deps);
  if (!('parts' in own)) return own;
  const { createdAt = '' } = own.value;
  return isSameJson({ ...record, createdAt }, own.value) ? { uri: before } : { before, seen: own.cid };
}

/** By the one admission path. */
export const admitWritten = (did: Did, act: RepoAct, written: Written, deps: AdmitDeps): Promise<void> =>
  admitAll(did, [{ act, written }], deps);

export type AdmitDeps = Pick<OwnDeps, 'indexer' | 'log'>;

export async function admitAll(did: Did, all: { act: RepoAct; written: Written }[], deps: AdmitDeps): Promise<void> {
  const events = all.flatMap(({ act, written }) => eventOf(did, act, written) ?? []);
  if (events.length === 0) return;
  try {
    await deps.indexer.admit(events);
  } catch (error) {
    // It is in the repository: the stream will tell of it.
    deps.log('an own write was not admitted at once', { error: error instanceof Error ? error.message : '' });
  }
}

/** A key that will do for the check: the server chooses the real one. */
const ANY_TID = '3222222222222';

/** `did`: whose repository it is; only records of a group name it. */
export function refuseInvalid(act: Exclude<RepoAct, { act: 'delete' }>, now: number, did: Did = ''): Refusal | null {
  const rkey = act.rkey ?? ANY_TID;
  const event = eventFor(did, act.collection, rkey, act.record, { uri: '', cid: '', rev: String(now) });
  const checked = checkRecord(event, act.record);
  return typeof checked !== 'string' && isDrop(checked) ? refuse('InvalidRequest', checked.detail) : null;
}

/** Null where the server says that nothing changed. */
function eventOf(did: Did, act: RepoAct, written: Written): RecordEvent | null {
  const parts = parseUri(written.uri);
  if (written.rev === null || parts?.did !== did) return null;
  const record = act.act === 'delete' ? null : act.record;
  const event = eventFor(did, act.collection, parts.rkey, record, written);
  return { ...event, operation: act.act === 'put' ? 'update' : act.act, rev: written.rev };
}

/** Had from the author's own server over TLS, which holds the key: it needs no other proof. */
const eventFor = (
  did: Did,
  collection: string,
  rkey: string,
  record: JsonObject | null,
  { cid, rev }: Written,
): RecordEvent => ({
  ...{ kind: 'record', did, collection, rkey, rev: rev ?? '', operation: 'create', snapshot: false },
  ...{ cid: record === null ? null : cid, record, proven: true },
});
