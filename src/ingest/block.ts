// What the operator keeps out goes: records of an account or one record, as if their author had deleted them.

import { forgetting, isForgotten } from '../db/forget.ts';
import { jobNow } from '../db/jobs.ts';
import { freeNow } from '../db/media.ts';
import { type RecordSlice, recordsAfter, valuesOf } from '../db/queries/recompute.ts';
import type { RecordEvent } from '../domain/event.ts';
import { blobsOf, isBlobCid } from '../domain/media.ts';
import type { Json } from '../domain/model.ts';
import { isDrop } from '../domain/outcome.ts';
import { nextTid } from '../domain/tid.ts';
import { parseUri } from '../domain/uri.ts';
import type { Write } from '../domain/write.ts';
import type { JobHandler, JobTools, Slice } from './jobs.ts';
import { planRecord } from './plan.ts';

const SLICE = 50;
const isCid = (key: string): boolean => isBlobCid(key);

/** Key: a DID, the URI of a record, or the CID of a blob. Blobs that only these showed are freed without delay. */
export const block: JobHandler = async (job, tools) => {
  const { db, clock, admission } = tools;
  const sweep = jobNow(db, 'sweep', '', clock.now());
  const { key } = job;
  if (isCid(key)) return { writes: [], also: [freeNow(db, [key]), sweep], next: null };
  const did = parseUri(key)?.did ?? key;
  const { concerns } = await admission.state();
  const spaces = [...(concerns.get(did) ?? [])].sort();
  const [at = spaces[0], after = ''] = job.position === '' ? [] : job.position.split(' ');
  const isAll = key === did;
  const left = isAll && (await isForgotten(db, did)) ? forgetting(db, did, spaces) : [];
  if (!at) return { writes: [], also: [sweep, ...left], next: null };
  // What is read comes after the prefix, so that of one record it may not be all of its URI.
  const prefix = isAll ? `at://${did}/` : key.slice(0, -1);
  const rows = await recordsAfter(db, at, prefix, after, SLICE);
  const slice = await removal(
    rows.filter(({ uri }) => isAll || uri === key),
    at,
    tools,
  );
  const following = spaces[spaces.indexOf(at) + 1];
  const next = rows.length < SLICE ? (following ? `${following} ` : null) : `${at} ${rows.at(-1)?.uri}`;
  if (next === null && left.length > 0) admission.forget();
  return { ...slice, also: [...(slice.also ?? []), ...(next === null ? [sweep, ...left] : [])], next };
};

async function removal(rows: RecordSlice[], space: string, { db, admission }: JobTools): Promise<Slice> {
  const uris = rows.map(({ uri }) => uri);
  const values = await valuesOf(db, space, uris);
  const cids = [...values.values()].flatMap((value) => blobsOf(JSON.parse(value) as Json).map(({ cid }) => cid));
  const events = rows.map(deletion);
  const facts = await admission.factsFor(events);
  const writes = events.flatMap((event): Write[] => {
    const planned = planRecord(event, facts);
    return isDrop(planned) ? [] : planned;
  });
  return { writes, facts, also: cids.length > 0 ? [freeNow(db, cids)] : [], next: null };
}

/** Just after the version that is held, so that a later reading of the repository brings it back once it may. */
function deletion({ uri, rev }: RecordSlice): RecordEvent {
  const { did, collection, rkey } = parseUri(uri) ?? { did: '', collection: '', rkey: '' };
  const gone = { operation: 'delete', snapshot: false, cid: null, record: null, proven: true } as const;
  return { kind: 'record', did, collection, rkey, rev: nextTid(rev), ...gone };
}
