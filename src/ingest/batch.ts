// A batch: the last event of each record, planned in order over one set of facts; account events among them.
import type { AccountEvent, RecordEvent, StreamEvent } from '../domain/event.ts';
import type { Facts } from '../domain/facts.ts';
import type { AtUri } from '../domain/model.ts';
import { compareVersions } from '../domain/order.ts';
import { type Drop, type DropReason, isDrop } from '../domain/outcome.ts';
import { isHearsay } from '../domain/power.ts';
import { belonging } from '../domain/scope.ts';
import { makeUri } from '../domain/uri.ts';
import type { Write } from '../domain/write.ts';
import { planRecord } from './plan.ts';
import { rank } from './records/index.ts';

export interface Refused {
  reason: DropReason;
  uri: string;
  detail: string;
}

export interface BatchPlan {
  writes: Write[];
  refused: Refused[];
}

export function planBatch(events: StreamEvent[], facts: Facts): BatchPlan {
  const plan: BatchPlan = { writes: [], refused: [] };
  const take = (uri: string, result: Write[] | Drop): void => {
    if (isDrop(result)) plan.refused.push({ reason: result.drop, uri, detail: result.detail });
    else for (const write of result) plan.writes.push(write);
  };
  noteNewcomers(events, facts);
  for (const event of events) {
    if (event.kind === 'record' || !facts.isKnown(event.did)) continue;
    take(event.did, event.kind === 'account' ? planAccount(event, facts) : [LOOKING[event.kind](event.did)]);
  }
  for (const versions of perRecord(events)) {
    const [last] = versions;
    const uri = last ? makeUri(last.did, last.collection, last.rkey) : '';
    let spoken = false;
    for (const event of versions) {
      // What a later version left without a trace, an earlier one must not bring back, unless all is hearsay and is to be proven.
      if (spoken && !facts.latest(uri) && !isHearsay(event)) break;
      const result = planRecord(event, facts);
      take(uri, result);
      spoken ||= !isDrop(result) || result.drop === 'deletion-limit';
    }
  }
  return plan;
}

/** An author may become known by this very batch: then what else it says of them counts, whatever comes first. */
function noteNewcomers(events: StreamEvent[], facts: Facts): void {
  for (const event of events) {
    if (event.kind !== 'record' || facts.concerns.has(event.did)) continue;
    const where = belonging(event, facts);
    if (where && 'space' in where) facts.setNewcomer(event.did, where.space);
  }
}

/**
 * Versions of each record, the last first: earlier ones then change nothing but the sort time, and a last one that is
 * refused leaves the word to the one before it.
 */
function perRecord(events: StreamEvent[]): RecordEvent[][] {
  const byUri = new Map<AtUri, RecordEvent[]>();
  for (const event of events) {
    if (event.kind !== 'record') continue;
    const uri = makeUri(event.did, event.collection, event.rkey);
    const versions = byUri.get(uri);
    if (!versions) byUri.set(uri, [event]);
    else if (!versions.some((known) => compareVersions(known, event) === 0)) versions.push(event);
  }
  const records = [...byUri.values()];
  for (const versions of records) if (versions.length > 1) versions.sort((a, b) => compareVersions(b, a));
  return records.sort((a, b) => rank(a[0]?.collection ?? '') - rank(b[0]?.collection ?? ''));
}

/** Later account events win by their own time; a hint hides at once and is then asked of the account's own PDS. */
function planAccount({ did, status, at }: AccountEvent, facts: Facts): Write[] {
  const known = facts.identities.get(did);
  const isNews =
    !known ||
    at > known.statusAt ||
    (at === known.statusAt && known.confirmation === 'pending' && status > known.status);
  if (!isNews) return [];
  const base = known ?? { did, handle: null, erasedRev: null };
  facts.identities.set(did, { ...base, status, statusAt: at, confirmation: 'pending' });
  return [
    { write: 'account', did, status, at, confirmation: 'pending' },
    { write: 'job', kind: 'account', key: did },
    { write: 'job', kind: 'confirm', key: did },
    // The record that follows meets somebody who is no stranger any more.
    ...(known ? [] : [LOOKING.identity(did)]),
  ];
}

const LOOKING = {
  identity: (key: string): Write => ({ write: 'job', kind: 'resolve', key }),
  sync: (key: string): Write => ({ write: 'job', kind: 'reread', key }),
};
