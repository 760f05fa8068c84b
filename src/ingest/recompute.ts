// Changed facts reach what is stored: bits, sections and belonging derived anew, in slices that can be resumed.
import type { Job } from '../db/jobs.ts';
import {
  dependantsOf,
  postSectionsAfter,
  type RecordSlice,
  recordsAfter,
  repliesAfter,
  waitingFor,
} from '../db/queries/recompute.ts';
import { NSID } from '../domain/collections.ts';
import type { RecordEvent, StreamEvent } from '../domain/event.ts';
import type { Facts } from '../domain/facts.ts';
import type { Did, JsonObject } from '../domain/model.ts';
import { isDrop } from '../domain/outcome.ts';
import { sectionOf } from '../domain/sections.ts';
import { parseUri } from '../domain/uri.ts';
import type { Write } from '../domain/write.ts';
import type { JobHandler, JobTools, Slice } from './jobs.ts';
import { planPut, planRecord } from './plan.ts';
import { visibilityOf } from './records/visible.ts';

const SLICE = 200;
const DONE: Slice = { writes: [], next: null };

const two = (key: string): [string, string] => {
  const at = key.indexOf(' ');
  return [key.slice(0, at), key.slice(at + 1)];
};

/** An event that makes the facts about a stored record be loaded. */
function about(row: Pick<RecordSlice, 'uri' | 'space' | 'root' | 'rev'>): RecordEvent {
  const { did, collection, rkey } = parseUri(row.uri) ?? { did: '', collection: '', rkey: '' };
  const record: JsonObject = { space: row.space, ...(row.root === null ? {} : { root: { uri: row.root } }) };
  const base = { kind: 'record', did, collection, rkey, rev: row.rev, snapshot: false, cid: '' } as const;
  return { ...base, operation: 'create', record };
}

function hide(rows: RecordSlice[], facts: Facts): Write[] {
  return rows.flatMap((row): Write[] => {
    const space = facts.spaces.get(row.space);
    if (!space) return [];
    const target = targetAdmitted(row, facts);
    const hidden = visibilityOf(facts, space, row.did, row.collection, target);
    return hidden === row.hidden ? [] : [{ write: 'hide', space: row.space, uri: row.uri, hidden }];
  });
}

function targetAdmitted(row: RecordSlice, facts: Facts): boolean | undefined {
  if (row.collection === NSID.reply) return row.root !== null && facts.isPost(row.space, row.root);
  if (row.collection === NSID.like || row.subject === null) return undefined;
  return facts.spaceOf(row.subject) === row.space;
}

/** Records that belong by reference need the facts of what they point at. */
const targets = (rows: RecordSlice[]): StreamEvent[] =>
  rows.flatMap(({ subject, collection, space, rev }) =>
    subject === null || collection === NSID.like ? [] : [about({ uri: subject, space, root: null, rev })],
  );

async function hideAll(rows: RecordSlice[], { admission }: JobTools): Promise<{ writes: Write[]; facts: Facts }> {
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
  const writes = [...(concerns.get(job.key) ?? [])].map(
    (spaceDid): Write => ({ write: 'job', kind: 'author', key: `${job.key} ${spaceDid}` }),
  );
  return { writes, next: null };
};

/** Replies of a post that came, went or came again. Key: "space uri". */
export const thread: JobHandler = async (job, tools) => {
  const [spaceDid, root] = two(job.key);
  const after = job.position === '' ? { parent: '', sortAt: 0, id: 0 } : JSON.parse(job.position);
  const replies = await repliesAfter(tools.db, spaceDid, root, after, SLICE);
  const rows = replies.map(({ uri, did, hidden }) => ({
    ...{ space: spaceDid, uri, did, hidden, root },
    ...{ collection: NSID.reply, rev: '', subject: null },
  }));
  const last = replies.at(-1);
  const next =
    last && replies.length === SLICE
      ? JSON.stringify({ parent: last.parent, sortAt: last.sort_at, id: last.id })
      : null;
  return { ...(await hideAll(rows, tools)), next };
};

/** Posts move to the sections that the profile now has. Key: the space's DID. */
export const sections: JobHandler = async (job, { db, admission }) => {
  const facts = await admission.factsFor([]);
  const policy = facts.spaces.get(job.key);
  if (!policy) return DONE;
  const rows = await postSectionsAfter(db, job.key, job.position, SLICE);
  const writes = rows.flatMap(({ id, section, collection, wanted }): Write[] => {
    const now = sectionOf(policy.sections, collection, wanted);
    return now === section ? [] : [{ write: 'section', id, section: now }];
  });
  return { writes, facts, next: rows.length < SLICE ? null : (rows.at(-1)?.uri ?? null) };
};

/** What waited for a record, or hangs on it by reference, follows it. Key: the record's URI. */
export const dependants: JobHandler = async (job, { db, admission }) => {
  const { spaces } = await admission.state();
  const stored = await dependantsOf(db, [...spaces.keys()], job.key, NSID.like);
  const waited = (await waitingFor(db, job.key)).map(({ event }) => JSON.parse(event) as RecordEvent);
  const facts = await admission.factsFor([
    ...stored.map(about),
    ...waited,
    about({ uri: job.key, space: '', root: null, rev: '' }),
  ]);
  const target = facts.spaceOf(job.key);
  const writes = stored.flatMap((row) =>
    target && target !== row.space ? moved(row, target, facts) : hide([row], facts),
  );
  if (!target) return { writes, facts, next: null };
  const arrived = waited.flatMap((event) => {
    const planned = planRecord(event, facts);
    return isDrop(planned) ? [] : planned;
  });
  return { writes: [...writes, ...arrived, { write: 'waited', target: job.key }], facts, next: null };
};

function moved(row: RecordSlice & { value: string; cid: string }, target: Did, facts: Facts): Write[] {
  const record = JSON.parse(row.value) as JsonObject;
  const event: RecordEvent = { ...about(row), cid: row.cid, record, operation: 'update' };
  const planned = planPut(event, row.uri, row.value, target, facts.latest(row.uri)?.sortAt ?? 0, facts);
  return isDrop(planned) ? [] : planned;
}
