// A record is proven: what its author's signed repository holds stands in the index, whatever the stream said.
import { claimOf } from '../db/claims.ts';
import type { Job } from '../db/jobs.ts';
import type { RecordEvent } from '../domain/event.ts';
import type { Facts, StoredRecord } from '../domain/facts.ts';
import type { Proof } from '../domain/model.ts';
import { type DropReason, isDrop } from '../domain/outcome.ts';
import { type Held, judge } from '../domain/power.ts';
import { parseUri, type UriParts } from '../domain/uri.ts';
import type { Write } from '../domain/write.ts';
import type { Refused } from '../ingest/batch.ts';
import { type AskHandler, type JobTools, NOW, type Slice } from '../ingest/jobs.ts';
import { planRecord } from '../ingest/plan.ts';
import { again } from './jobs.ts';
import { type Look, type LookDeps, look, type Seen } from './look.ts';

/** Out of reach: about a week, with pauses that grow to six hours. */
const TRIES = 40;
/** One that answers and proves nothing, or is behind what the stream says of it, is asked this often. */
const ANSWERED_TRIES = 3;
const DONE: Slice = { writes: [], next: null };
const BEHIND = 'the server does not know of this version, or not yet';

/** What is to be proven. `isClaim`: it gives power and does not count yet; otherwise it is in the index already. */
interface Asked extends Held {
  isClaim: boolean;
}

interface Case {
  job: Job;
  asked: Asked;
  stored: StoredRecord | undefined;
  facts: Facts;
  now: number;
}

/** Key: the record's URI. */
export const proveJob =
  (deps: LookDeps): AskHandler =>
  async (job, tools) => {
    const parts = parseUri(job.key);
    if (!parts) return DONE;
    const found = await look(parts, deps);
    return () => settle(job, parts, found, tools);
  };

async function settle(job: Job, parts: UriParts, found: Look, tools: JobTools): Promise<Slice> {
  const claim = await claimOf(tools.db, job.key);
  const event = 'seen' in found ? standing(parts, found.seen) : { ...standing(parts, NOTHING), rev: '' };
  const facts = await tools.admission.factsFor([event]);
  const stored = facts.latest(job.key);
  const asked = claim ? { ...claim, isClaim: true } : stored?.live ? { ...stored, isClaim: false } : null;
  if (!asked) return DONE;
  const these = { job, asked, stored, facts, now: tools.clock.now() };
  return 'seen' in found ? seen(event, found.seen, these) : unseen(found.unseen, found.isAnswer, these);
}

const NOTHING: Seen = { rev: '', found: null, proof: null };

/** What stands, as an event of a snapshot: with all that came before it. */
function standing(parts: UriParts, { rev, found }: Seen): RecordEvent {
  const base = { kind: 'record', ...parts, rev, snapshot: true, proven: true } as const;
  if (!found) return { ...base, operation: 'delete', cid: null, record: null };
  return { ...base, operation: 'create', ...found };
}

function seen(standing: RecordEvent, { rev, proof }: Seen, these: Case): Slice {
  const { job, asked, stored, facts } = these;
  const judgement = judge(asked, { rev, cid: standing.cid });
  if (judgement === 'behind' && (job.position === NOW || job.attempts < ANSWERED_TRIES - 1)) {
    return askAgain(BEHIND, ANSWERED_TRIES, these);
  }
  const isTrue = judgement === 'true';
  const isForged = !isTrue && judgement !== 'superseded';
  // A forged version that was let in never was: what stands may be older, and has its own time.
  if (isForged && stored && !asked.isClaim) facts.setStored({ ...stored, rev: '', sortAt: Number.MAX_SAFE_INTEGER });
  const isKnown = (stored?.live ? stored.cid : null) === standing.cid && (stored !== undefined || isForged);
  const version = isTrue && asked.rev <= rev ? { rev: asked.rev, snapshot: false } : {};
  const planned = isKnown && !(isTrue && asked.isClaim) ? [] : planRecord({ ...standing, ...version }, facts);
  const refused: Refused[] = [];
  const refuse = (reason: DropReason, detail: string): unknown => refused.push({ reason, uri: job.key, detail });
  if (isForged) refuse('forged', `said at ${asked.rev}, proven false at ${rev}`);
  if (judgement === 'superseded' && asked.isClaim) refuse('superseded', `said at ${asked.rev}, not there at ${rev}`);
  if (isDrop(planned)) refuse(planned.drop, planned.detail);
  const live = facts.latest(job.key);
  const proven = live?.cid === standing.cid ? evidence(live, proof, null, these) : [];
  return { writes: [...settled(these), ...(isDrop(planned) ? [] : planned), ...proven], facts, refused, next: null };
}

/** Nothing is proven: what does not count yet goes on not counting, what is in the index stays there. */
function unseen(why: string, isAnswer: boolean, these: Case): Slice {
  const { job, asked, facts } = these;
  if (!asked.isClaim) return { writes: evidence(these.stored, null, why, these), facts, next: null };
  const tries = isAnswer ? ANSWERED_TRIES : TRIES;
  if (job.position === NOW || job.attempts < tries - 1) return askAgain(why, tries, these);
  const refused: Refused[] = [{ reason: 'unproven', uri: job.key, detail: why.slice(0, 200) }];
  return { writes: settled(these), facts, refused, next: null };
}

/** Asked on demand, a claim has its job already; what is in the index is given one. */
function askAgain(why: string, tries: number, these: Case): Slice {
  const { job, asked, stored, facts } = these;
  if (job.position !== NOW) return { ...again(job.attempts), tries };
  const next: Write[] = asked.isClaim ? [] : [{ write: 'job', kind: 'prove', key: job.key }];
  return { writes: [...evidence(stored, null, why, these), ...next], facts, next: null };
}

const settled = ({ job, asked }: Case): Write[] =>
  asked.isClaim ? [{ write: 'unclaim', uri: job.key, rev: asked.rev }] : [];

/** Of a record that is in the index, and only of one. */
const evidence = (of: StoredRecord | undefined, proof: Proof | null, why: string | null, { now }: Case): Write[] =>
  of?.live && of.cid !== null
    ? [{ write: 'evidence', space: of.space, evidence: { uri: of.uri, cid: of.cid, checkedAt: now, proof, why } }]
    : [];
