// Changed facts reach what is stored: bits, sections and belonging derived anew, in slices that can be resumed.
import { allDone, dueAlike, type Job } from '../db/jobs.ts';
import {
  dependantsOf,
  type RecordSlice,
  type ReplySlice,
  recordsAfter,
  repliesAfter,
  repliesOf,
  sectionsOf,
  valuesOf,
  waitingFor,
} from '../db/queries/recompute.ts';
import { NSID } from '../domain/collections.ts';
import type { RecordEvent, StreamEvent } from '../domain/event.ts';
import type { Facts } from '../domain/facts.ts';
import type { Did, JsonObject } from '../domain/model.ts';
import { isDrop } from '../domain/outcome.ts';
import { isPostCollection, sectionOf } from '../domain/sections.ts';
import { makeUri, parseUri } from '../domain/uri.ts';
import type { Write } from '../domain/write.ts';
import type { JobHandler, JobTools, Slice } from './jobs.ts';
import { planPut, planRecord } from './plan.ts';
import { visibilityOf } from './records/visible.ts';

const SLICE = 200;
/** Threads looked through together, if they are no longer than a slice. */
const THREADS = 50;
/** Of those, how many are planned anew with all of their JSON, and how long it may be together: a commit takes so much. */
const RECORDS = 20;
const LENGTH = 300_000;
const DONE: Slice = { writes: [], next: null };

const two = (key: string): [string, string] => {
  const at = key.indexOf(' ');
  return [key.slice(0, at), key.slice(at + 1)];
};

/** As many of the first as a commit takes; at least one, however long. */
function fitting<T>(items: T[], lengthOf: (item: T) => number): T[] {
  let length = 0;
  const end = items.findIndex((item, index) => {
    length += lengthOf(item);
    return length > LENGTH && index > 0;
  });
  return end < 0 ? items : items.slice(0, end);
}

/** An event that makes the facts about a stored record be loaded. */
function about(row: Pick<RecordSlice, 'uri' | 'space' | 'root' | 'rev'>): RecordEvent {
  const { did, collection, rkey } = parseUri(row.uri) ?? { did: '', collection: '', rkey: '' };
  const record: JsonObject = { space: row.space, ...(row.root === null ? {} : { root: { uri: row.root } }) };
  const base = { kind: 'record', did, collection, rkey, rev: row.rev, snapshot: false, cid: '' } as const;
  return { ...base, operation: 'create', record };
}

type Judged = Pick<RecordSlice, 'space' | 'uri' | 'did' | 'collection' | 'rev' | 'hidden' | 'root' | 'subject'>;

function hide(rows: Judged[], facts: Facts): Write[] {
  return rows.flatMap((row): Write[] => {
    const space = facts.spaces.get(row.space);
    if (!space) return [];
    const target = targetAdmitted(row, facts);
    const hidden = visibilityOf(facts, space, row.did, row.collection, target);
    return hidden === row.hidden
      ? []
      : [{ write: 'hide', space: row.space, uri: row.uri, hidden, seq: facts.takeSeq() }];
  });
}

function targetAdmitted(row: Judged, facts: Facts): boolean | undefined {
  if (row.collection === NSID.reply) return row.root !== null && facts.isPost(row.space, row.root);
  if (row.collection === NSID.like || row.subject === null) return undefined;
  return facts.spaceOf(row.subject) === row.space;
}

/** Records that belong by reference need the facts of what they point at. */
const targets = (rows: Judged[]): StreamEvent[] =>
  rows.flatMap(({ subject, collection, space, rev }) =>
    subject === null || collection === NSID.like ? [] : [about({ uri: subject, space, root: null, rev })],
  );

async function hideAll(rows: Judged[], { admission }: JobTools): Promise<{ writes: Write[]; facts: Facts }> {
  const facts = await admission.factsFor([...rows.map(about), ...targets(rows)]);
  return { writes: hide(rows, facts), facts };
}

/** One author's records in one space. Key: "did space". */
export const author: JobHandler = async (job, tools) => {
  const [did, space] = two(job.key);
  return recordSlice(job, space, `at://${did}/`, tools);
};

/** All records of a space. Key: its DID. */
export const space: JobHandler = async (job, tools) => recordSlice(job, job.key, 'at://', tools);

async function recordSlice(job: Job, spaceDid: Did, prefix: string, tools: JobTools): Promise<Slice> {
  const rows = await recordsAfter(tools.db, spaceDid, prefix, job.position, SLICE);
  const next = rows.length < SLICE ? null : (rows.at(-1)?.uri ?? null);
  return { ...(await hideAll(rows, tools)), next };
}

/** Every space an account has to do with. Key: its DID. */
export const account: JobHandler = async (job, { admission }) => {
  const { concerns } = await admission.state();
  const facts = await admission.factsFor([]);
  const writes = [...(concerns.get(job.key) ?? [])].flatMap((spaceDid): Write[] => [
    { write: 'job', kind: 'author', key: `${job.key} ${spaceDid}` },
    { write: 'standing', did: job.key, space: spaceDid, seq: facts.takeSeq() },
  ]);
  return { writes, facts, next: null };
};

/** Replies of a post that came, went or came again. Key: "space uri". */
export const thread: JobHandler = (job, tools) =>
  job.position === '' ? wholeThreads(job, tools) : threadAfter(job, JSON.parse(job.position), tools);

/** Those of several posts in one slice, as long as they are few. */
async function wholeThreads(job: Job, tools: JobTools): Promise<Slice> {
  const { db, clock } = tools;
  const company = job.attempts === 0 ? await dueAlike(db, job, clock.now(), THREADS) : [];
  const alike = company.map(({ key }) => key);
  const replies = await repliesOf(db, [job.key, ...alike].map(threadOf), SLICE + 1);
  if (replies.length > SLICE) return threadAfter(job, { parent: '', sortAt: 0, id: 0 }, tools);
  return { ...(await hideAll(replies.map(judged), tools)), also: [allDone(db, job.kind, alike)], next: null };
}

async function threadAfter(job: Job, after: PlaceInThread, tools: JobTools): Promise<Slice> {
  const { space, root } = threadOf(job.key);
  const replies = await repliesAfter(tools.db, space, root, after, SLICE);
  const last = replies.at(-1);
  const next =
    last && replies.length === SLICE
      ? JSON.stringify({ parent: last.parent, sortAt: last.sort_at, id: last.id })
      : null;
  return { ...(await hideAll(replies.map(judged), tools)), next };
}

interface PlaceInThread {
  parent: string;
  sortAt: number;
  id: number;
}
const threadOf = (key: string): { space: Did; root: string } => {
  const [space, root] = two(key);
  return { space, root };
};
const judged = ({ space, root, uri, did, hidden }: ReplySlice): Judged => ({
  ...{ space, root, uri, did, hidden },
  ...{ collection: NSID.reply, rev: '', subject: null },
});

/** Posts move to the sections that the profile now has; records become posts, or are none any more. Key: the space's DID. */
export const sections: JobHandler = async (job, { db, admission }) => {
  const slice = await recordsAfter(db, job.key, 'at://', job.position, SLICE);
  const { spaces } = await admission.state();
  const policy = spaces.get(job.key);
  if (!policy) return DONE;
  const isPost = ({ postId, root }: RecordSlice): boolean => postId !== null && root === null;
  const changes = (row: RecordSlice): boolean =>
    row.root === null && isPost(row) !== isPostCollection(policy.sections, row.collection);
  const changing = slice.filter(changes);
  const values = await valuesOf(
    db,
    job.key,
    changing.slice(0, RECORDS).map(({ uri }) => uri),
  );
  const changed = fitting(changing.slice(0, RECORDS), ({ uri }) => values.get(uri)?.length ?? 0);
  const end = slice.indexOf(changed.at(-1) as RecordSlice) + 1;
  const rows = changed.length < changing.length ? slice.slice(0, end) : slice;
  const posts = rows.filter((row) => isPost(row) && !changed.includes(row)).map(({ uri }) => uri);
  const placed = await sectionsOf(db, job.key, posts);
  const facts = await admission.factsFor([...changed.map(about), ...targets(changed)]);
  const replanned = changed.flatMap((row) => again(row, values.get(row.uri), job.key, facts));
  const moved = rows.flatMap(({ uri, collection, postId }): Write[] => {
    const is = placed.get(uri);
    if (!is || postId === null) return [];
    const section = sectionOf(policy.sections, collection, is.wanted);
    return section === is.section ? [] : [{ write: 'section', id: postId, section }];
  });
  const isLast = rows === slice && slice.length < SLICE;
  return { writes: [...replanned, ...moved], facts, next: isLast ? null : (rows.at(-1)?.uri ?? null) };
};

/** A stored record planned once more as the version that it is, in the space given. */
function again(row: RecordSlice, value: string | undefined, space: Did, facts: Facts): Write[] {
  if (value === undefined) return [];
  const record = JSON.parse(value) as JsonObject;
  const event: RecordEvent = { ...about(row), snapshot: row.snapshot === 1, cid: row.cid, record, operation: 'update' };
  const planned = planPut(event, row.uri, value, space, row.sortAt, facts);
  return isDrop(planned) ? [] : planned;
}

/** What waited for a record, or hangs on it by reference, follows it. Key: the record's URI. */
export const dependants: JobHandler = async (job, tools) => {
  const { db, admission } = tools;
  if (job.position === ARRIVALS) return arrivals(job, tools);
  const { spaces } = await admission.state();
  const after = job.position === '' ? { space: '', uri: '' } : JSON.parse(job.position);
  const rows = await dependantsOf(db, [...spaces.keys()], job.key, NSID.like, after, SLICE);
  const facts = await admission.factsFor([...rows.map(about), lookAt(job.key)]);
  const target = facts.spaceOf(job.key);
  const writes: Write[] = [];
  let [taken, length] = [0, 0];
  for (const row of rows) {
    const to = target === row.space ? undefined : target;
    const value = to && (await valuesOf(db, row.space, [row.uri])).get(row.uri);
    length += value?.length ?? 0;
    if (length > LENGTH && taken > 0) break;
    writes.push(...(to ? again(row, value, to, facts) : hide([row], facts)));
    taken++;
  }
  const last = rows[taken - 1];
  const isAll = taken === rows.length && taken < SLICE;
  const next = last && !isAll ? JSON.stringify({ space: last.space, uri: last.uri }) : ARRIVALS;
  return { writes, facts, next };
};

const ARRIVALS = 'arrivals';
const lookAt = (uri: string): RecordEvent => about({ uri, space: '', root: null, rev: '' });

/** The second half of `dependants`: what waited is planned as if it came now. */
async function arrivals(job: Job, { db, admission }: JobTools): Promise<Slice> {
  const waiting = await waitingFor(db, job.key, RECORDS);
  const events = fitting(waiting, ({ record }) => JSON.stringify(record).length);
  const facts = await admission.factsFor([...events, lookAt(job.key)]);
  if (events.length === 0 || !facts.spaceOf(job.key)) return DONE;
  const writes = events.flatMap((event): Write[] => {
    const uri = makeUri(event.did, event.collection, event.rkey);
    facts.waiting.delete(uri);
    const planned = planRecord(event, facts);
    return [{ write: 'waited', uri }, ...(isDrop(planned) ? [] : planned)];
  });
  return { writes, facts, next: events.length < RECORDS && events.length === waiting.length ? null : ARRIVALS };
}
