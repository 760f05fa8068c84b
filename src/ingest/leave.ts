// What goes for good: records of a deleted account, and everything of a removed space.
import { leavingSlice } from '../db/leave.ts';
import { recordsAfter } from '../db/queries/recompute.ts';
import type { RecordEvent } from '../domain/event.ts';
import { isDrop } from '../domain/outcome.ts';
import { parseUri } from '../domain/uri.ts';
import type { JobHandler } from './jobs.ts';
import { planRecord } from './plan.ts';

const SLICE = 100;

/** Records written before their account was deleted, in all spaces. Key: the DID. */
export const erase: JobHandler = async (job, { db, admission }) => {
  const { concerns } = await admission.state();
  const spaces = [...(concerns.get(job.key) ?? [])].sort();
  const [at = spaces[0], after = ''] = job.position === '' ? [] : job.position.split(' ');
  if (!at) return { writes: [], next: null };
  const rows = await recordsAfter(db, at, `at://${job.key}/`, after, SLICE);
  const facts = await admission.factsFor([{ kind: 'identity', did: job.key }]);
  const rev = facts.identities.get(job.key)?.erasedRev;
  if (!rev) return { writes: [], next: null };
  const events = rows.filter((row) => row.rev < rev).map(({ uri }) => deletion(uri, rev));
  const loaded = await admission.factsFor(events);
  const writes = events.flatMap((event) => {
    const planned = planRecord(event, loaded);
    return isDrop(planned) ? [] : planned;
  });
  const following = spaces[spaces.indexOf(at) + 1];
  const nextSpace = following ? `${following} ` : null;
  return { writes, facts: loaded, next: rows.length < SLICE ? nextSpace : `${at} ${rows.at(-1)?.uri}` };
};

/** As the account's own server has confirmed. */
function deletion(uri: string, rev: string): RecordEvent {
  const { did, collection, rkey } = parseUri(uri) ?? { did: '', collection: '', rkey: '' };
  const gone = { operation: 'delete', snapshot: false, cid: null, record: null, proven: true } as const;
  return { kind: 'record', did, collection, rkey, rev, ...gone };
}

/** Everything held of a space that was removed. Key: its DID. */
export const leave: JobHandler = async (job, { db, admission }) => {
  const { statements, last } = await leavingSlice(db, job.key);
  const facts = await admission.factsFor([]);
  // Not read anew before it is committed: these facts are older.
  if (last) admission.forget();
  return { writes: [], facts, also: statements, next: last ? null : 'on' };
};
