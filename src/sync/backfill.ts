// Reads the repositories that wait to be read, several at a time, politely, a slice each; and tells when all is made up for.
import {
  closeGaps,
  foundChanges,
  heldBetween,
  nextRepoDue,
  type RepoProgress,
  type RepoToRead,
  repoProgress,
  reposDue,
  wakeJob,
} from '../db/backfill.ts';
import { noteRev } from '../db/sources.ts';
import { isKnown, isOurs } from '../domain/collections.ts';
import type { RecordEvent } from '../domain/event.ts';
import type { AccountStatus, Did } from '../domain/model.ts';
import { parseUri } from '../domain/uri.ts';
import type { Admission } from '../ingest/admit.ts';
import type { AskHandler, AskTools } from '../ingest/jobs.ts';
import type { IdentityPort } from '../ports/identity.ts';
import { PdsBusy, type PdsPort } from '../ports/pds.ts';
import { atHome } from './home.ts';
import { type Reading, readSome, stillInDoubt } from './reading.ts';
import { absent } from './snapshot.ts';
import { Turns } from './turns.ts';

export interface BackfillDeps {
  identity: IdentityPort;
  pds: PdsPort;
  /** Whether the operator lets spaces index a further collection. */
  allowed(collection: string): boolean;
}

/** An invocation may wait for six answers at once. */
const AT_ONCE = 6;
const LOOK = 100;
/** After which no further repository is begun in this slice. */
const SLICE_MS = 5_000;
/** Records of one repository and slice. */
const SLICE = 1_000;
/** Of one commit: events, and the length of their JSON. */
const COMMIT = { events: 400, length: 500_000 };
const GIVE_UP_AFTER = 8;
const RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 3_600_000;

/** Servers that asked to be left alone, until when. */
type Busy = Map<string, number>;
type ReadTools = AskTools & { busy: Busy; turns: Turns };

export function backfillJob(deps: BackfillDeps): AskHandler {
  const busy: Busy = new Map();
  return async (_job, tools) => {
    const { db, clock } = tools;
    const due = await reposDue(db, clock.now(), LOOK);
    const turns = new Turns(due, (host) => (busy.get(host) ?? 0) > clock.now());
    const until = clock.now() + SLICE_MS;
    const readTools = { ...tools, busy, turns };
    let read = 0;
    const lane = async (): Promise<void> => {
      for (let repo = turns.next(); repo; repo = clock.now() < until ? turns.next() : undefined) {
        read++;
        try {
          await readOne(repo, deps, readTools);
        } finally {
          turns.done(repo);
        }
      }
    };
    const release = tools.expect(due.map(({ did }) => did));
    // One waits for its server while another is written down.
    const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane)).finally(release);
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
    if (read > 0) return { writes: [], next: 'on' };
    const next = await nextRepoDue(db);
    if (next === null) return { writes: [], also: [closeGaps(db, clock.now())], next: null };
    return { writes: [], next: 'later', pauseMs: Math.max(RETRY_MS, next - clock.now()) };
  };
}

async function readOne(repo: RepoToRead, deps: BackfillDeps, tools: ReadTools): Promise<void> {
  const { db, clock, busy, turns } = tools;
  let { host } = repo;
  try {
    const wanted = await wantedOf(deps, tools);
    const read = (from: string): Promise<Reading | null> => {
      host = new URL(from).host;
      return readSome(deps.pds, { pds: from, did: repo.did, position: repo.position, wanted, limit: SLICE });
    };
    const { did } = repo;
    const pds = (await deps.identity.resolveDid(did))?.pds;
    if (!pds) throw new Error(`${did} names no PDS`);
    host = new URL(pds).host;
    await turns.arrive(repo, host);
    const found = await atHome({ did, pds }, deps, read);
    if (!found) return void (await goneAway(repo, host, tools));
    await take(repo, found, deps, tools);
  } catch (error) {
    const wait =
      error instanceof PdsBusy ? error.retryAfterMs : Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** repo.attempts);
    if (error instanceof PdsBusy && host !== null) busy.set(host, clock.now() + wait);
    const attempts = repo.attempts + (error instanceof PdsBusy ? 0 : 1);
    const state = attempts >= GIVE_UP_AFTER ? 'failed' : 'waiting';
    const why = error instanceof Error ? error.message : String(error);
    const place = {
      ...same(repo, host),
      attempts,
      state,
      dueAt: clock.now() + wait,
      error: why.slice(0, 300),
    } as const;
    await tools.admit([], [repoProgress(db, repo, place, clock.now())]);
  }
}

const same = (repo: RepoToRead, host: string | null): RepoProgress => ({
  ...{ state: 'waiting', position: repo.position, attempts: repo.attempts, dueAt: 0, host, error: null },
  ...{ records: 0, isFirst: false },
});

async function wantedOf({ allowed }: BackfillDeps, { admission }: AskTools): Promise<(collection: string) => boolean> {
  const { all } = await admission.furtherCollections();
  const further = new Set(all.filter(allowed));
  return (collection) => isOurs(collection) || isKnown(collection) || further.has(collection);
}

/** Its PDS has no such repository: whether the account is gone is asked once more, as of every account. */
async function goneAway(repo: RepoToRead, host: string, { db, clock, admit, admission }: AskTools): Promise<void> {
  const { concerns } = await admission.state();
  const gone = repoProgress(db, repo, { ...same(repo, host), state: 'gone', position: '' }, clock.now());
  const status = await statusOf(repo.did, admission);
  const ask = wakeJob(db, status === null ? 'resolve' : 'confirm', repo.did, clock.now());
  await admit([], concerns.has(repo.did) ? [gone, ask] : [gone]);
}

/** Null of those not met yet. */
const statusOf = async (did: Did, admission: Admission): Promise<AccountStatus | null> =>
  (await admission.factsFor([{ kind: 'identity', did }])).identities.get(did)?.status ?? null;

/** Commits what was read; the last commit says where the next slice begins. */
async function take(
  repo: RepoToRead,
  { pds, answer: reading }: { pds: string; answer: Reading },
  deps: BackfillDeps,
  { db, clock, admission, admit }: ReadTools,
): Promise<void> {
  const { concerns } = await admission.state();
  const spaces = [...(concerns.get(repo.did) ?? [])];
  const doubted = await askAfter(repo, pds, spaces, reading, deps, db);
  const vanished = [...(await deletions(db, repo.did, spaces, reading)), ...doubted.gone];
  const batches = inBatches([...reading.events, ...vanished]);
  const next = doubted.next ?? reading.next;
  const progress: RepoProgress = {
    ...same(repo, new URL(pds).host),
    ...(next === null ? { state: 'done', position: '', attempts: 0 } : { position: next, dueAt: clock.now() }),
    ...{ records: reading.events.length, isFirst: repo.position === '' },
  };
  // Its server shows it, so it may have come back while nobody listened.
  const isAway = ((await statusOf(repo.did, admission)) ?? 'active') !== 'active';
  const back = isAway ? [wakeJob(db, 'confirm', repo.did, clock.now())] : [];
  let changes = 0;
  for (const [i, batch] of batches.entries()) {
    const standing = [
      repoProgress(db, repo, progress, clock.now()),
      ...(next === null ? [noteRev(db, repo.did, reading.rev), ...back] : []),
    ];
    const also = i === batches.length - 1 ? standing : [];
    changes += (await admit(batch, also)).records;
  }
  // What a first reading finds is no repair.
  if (changes > 0 && repo.wasRead) await foundChanges(db, repo, changes).run();
}

/** Questions after single records in one slice. */
const DOUBTS = 50;

/** What is held with an older rev was not among the pages: each is asked after, and only what its PDS denies is gone. */
async function askAfter(
  { did, position }: RepoToRead,
  pds: string,
  spaces: Did[],
  { doubt, rev }: Reading,
  deps: BackfillDeps,
  db: D1Database,
): Promise<{ gone: RecordEvent[]; next: string | null }> {
  if (!doubt || spaces.length === 0) return { gone: [], next: null };
  const held = [...new Set((await heldBetween(db, spaces, [doubt], rev)).map(({ uri }) => uri))].sort();
  const asked = held.slice(0, DOUBTS);
  const gone: RecordEvent[] = [];
  for (const uri of asked) {
    const parts = parseUri(uri);
    if (parts && !(await deps.pds.hasRecord(pds, did, parts.collection, parts.rkey)))
      gone.push(...deletion(uri, did, rev));
  }
  return { gone, next: held.length > DOUBTS ? stillInDoubt(position, asked.at(-1) as string) : null };
}

/** What is held of stretches that are known whole, and is not there: deleted at the latest at that rev. */
async function deletions(db: D1Database, did: Did, spaces: Did[], { stretches, rev }: Reading): Promise<RecordEvent[]> {
  if (spaces.length === 0 || stretches.length === 0) return [];
  const held = await heldBetween(db, spaces, stretches, rev);
  const vanished = held.flatMap(({ uri, range }) => (stretches[range]?.uris.has(uri) ? [] : [uri]));
  return [...new Set(vanished)].flatMap((uri) => deletion(uri, did, rev));
}

function deletion(uri: string, did: Did, rev: string): RecordEvent[] {
  const parts = parseUri(uri);
  if (parts?.did !== did) return [];
  const { collection, rkey } = parts;
  return [absent({ did, collection, rkey, rev })];
}

function inBatches(events: RecordEvent[]): RecordEvent[][] {
  const batches: RecordEvent[][] = [[]];
  let length = 0;
  for (const event of events) {
    const size = JSON.stringify(event.record).length;
    const batch = batches.at(-1) as RecordEvent[];
    if (batch.length >= COMMIT.events || (length + size > COMMIT.length && batch.length > 0)) {
      batches.push([event]);
      length = size;
    } else {
      batch.push(event);
      length += size;
    }
  }
  return batches;
}
