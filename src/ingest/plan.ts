// Admission is a fold: what one record event means, given everything known. Pure; effects go to the overlay in `facts`.
import { WAITING_PART } from '../domain/bounds.ts';
import type { RecordEvent } from '../domain/event.ts';
import type { Facts, StoredRecord } from '../domain/facts.ts';
import { blobsOf } from '../domain/media.ts';
import type { AtUri, Did, JsonObject } from '../domain/model.ts';
import { compareVersions } from '../domain/order.ts';
import { type Drop, drop, isDrop } from '../domain/outcome.ts';
import { isHearsay } from '../domain/power.ts';
import { sortTime } from '../domain/ranking.ts';
import { belonging } from '../domain/scope.ts';
import { makeUri } from '../domain/uri.ts';
import type { RecordRow, Write } from '../domain/write.ts';
import { checkRecord, checkRev } from './check.ts';
import { planHearsay } from './hearsay.ts';
import { overLimit, tooManyDeletions, tooManyWaiting } from './limits.ts';
import { planOf } from './records/index.ts';
import { post } from './records/post.ts';
import type { Planned } from './records/shape.ts';

export function planRecord(event: RecordEvent, facts: Facts): Write[] | Drop {
  const uri = makeUri(event.did, event.collection, event.rkey);
  const json = checkRev(event.rev, facts.now) ?? (event.record ? checkRecord(event, event.record) : null);
  if (json !== null && typeof json === 'object') return json;
  const out = keptOut(event, uri, facts);
  if (out) return out;
  if (isHearsay(event)) return planHearsay(event, uri, facts);
  const last = facts.latest(uri);
  if (last && compareVersions(event, last) <= 0) return seen(event, last, facts);
  const waiting = facts.waiting.get(uri);
  if (waiting && compareVersions(event, waiting) <= 0) return [];
  if (wasErased(event, facts)) return seen(event, undefined, facts);
  const where = belonging(event, facts);
  const awaited = where && 'waitFor' in where ? where.waitFor : null;
  const unheld = awaited === null ? null : tooManyWaiting(event.did, facts);
  if (unheld) return unheld;
  // What waits is answered by its own next version only; a deletion waits too, so that a repeat brings nothing back.
  const wait = awaited ?? waiting?.target;
  if (where && 'space' in where && json !== null) {
    if (event.snapshot && last?.live && last.cid === event.cid && last.space === where.space)
      return confirm(event, last, facts);
    return planPut(event, uri, json, where.space, sortTime(event.record, event.rev), facts);
  }
  const removed = planRemoval(event, uri, last, facts);
  return wait === undefined || isDrop(removed) ? removed : [...removed, keepWaiting(event, uri, wait, facts)];
}

/** By the operator. What is taken back is heard all the same. */
function keptOut(event: RecordEvent, uri: AtUri, facts: Facts): Drop | null {
  if (!event.record) return null;
  if (facts.blocked.has(event.did) || facts.blocked.has(uri)) return drop('blocked', 'the operator keeps it out');
  const where = facts.paused.size > 0 ? belonging(event, facts) : null;
  return where && 'space' in where && facts.paused.has(where.space) ? drop('paused', where.space) : null;
}

/** What a snapshot shows is held already: it counts from then on as of the snapshot's rev. */
function confirm(event: RecordEvent, last: StoredRecord, facts: Facts): Write[] {
  facts.setStored({ ...last, rev: event.rev, snapshot: true });
  const sorted = lowerSort(facts.latest(last.uri) ?? last, sortTime(event.record, event.rev), facts);
  return [
    { write: 'rev', space: last.space, uri: last.uri, rev: event.rev },
    countAuthor(facts, last.space, event, 0),
    ...sorted,
  ];
}

function keepWaiting(event: RecordEvent, uri: AtUri, target: AtUri, facts: Facts): Write {
  const { rev, snapshot, did } = event;
  const held = JSON.stringify(event);
  facts.waitingOf.set(did, (facts.waitingOf.get(did) ?? 0) + 1 + Math.floor(held.length / WAITING_PART));
  facts.waiting.set(uri, { target, rev, snapshot });
  facts.dependants.add(target);
  return { write: 'wait', target, uri, rev, event: held };
}

/** A version that comes too late was seen all the same: its author's last rev and the record's sort time count it. */
function seen(event: RecordEvent, last: StoredRecord | undefined, facts: Facts): Write[] {
  const where = belonging(event, facts);
  if (!where || !('space' in where)) return [];
  const known = facts.author(where.space, event.did);
  const counted = known && known.rev >= event.rev ? [] : [countAuthor(facts, where.space, event, 0)];
  return last ? [...lowerSort(last, sortTime(event.record, event.rev), facts), ...counted] : counted;
}

/** The account was deleted after this was written. */
const wasErased = (event: RecordEvent, facts: Facts): boolean => {
  const rev = facts.identities.get(event.did)?.erasedRev;
  return typeof rev === 'string' && event.rev < rev;
};

/** Sort time is the least over all events seen, late ones too. */
function lowerSort(last: StoredRecord, sortAt: number, facts: Facts): Write[] {
  if (sortAt >= last.sortAt) return [];
  facts.setStored({ ...last, sortAt });
  return [{ write: 'sort', space: last.space, uri: last.uri, sortAt, postId: last.live ? last.postId : null }];
}

/** A delete, or a version that belongs to no space here. */
function planRemoval(event: RecordEvent, uri: AtUri, last: StoredRecord | undefined, facts: Facts): Write[] | Drop {
  if (last?.live) return [...tombstone(event, last, facts), ...goodbye(event, last, facts)];
  if (last) return tombstone(event, last, facts);
  const concerned = facts.concernOf(event.did);
  if (event.operation === 'create' || !concerned) return [];
  const refused = tooManyDeletions(concerned, event.did, facts);
  if (refused) return refused;
  const unseen = { space: concerned, uri, sortAt: NEVER, postId: null };
  return tombstone(event, unseen, facts);
}

/** The sort time of a record of which only the end was seen. */
const NEVER = Number.MAX_SAFE_INTEGER;

type Grave = Pick<StoredRecord, 'space' | 'uri' | 'sortAt' | 'postId'>;

function tombstone(event: RecordEvent, { space, uri, sortAt, postId }: Grave, facts: Facts): Write[] {
  const { rev, snapshot, did, collection } = event;
  if (facts.stored(space, uri)?.live !== false) facts.addDeletions(space, did, 1);
  const row = { space, uri, rev, snapshot, cid: null, sortAt, hidden: 0, subject: null, root: null, postId };
  return [writeRecord({ ...row, did, collection, value: null }, facts)];
}

/** What else goes with a live record; its post in any case, whatever the sections take now. */
function goodbye(event: RecordEvent, row: StoredRecord, facts: Facts): Write[] {
  const wasPost = row.postId !== null && row.root === null;
  const plan = wasPost ? post : planOf(facts.spaces.get(row.space), event.collection);
  return [
    countAuthor(facts, row.space, { ...event, rev: '' }, -1),
    ...unposted(row),
    ...plan.remove(row, facts),
    ...followDependants(facts, row.uri),
  ];
}

/** A record that no section takes now: what answered it has no target. */
const noPostAnyMore = (prior: StoredRecord, facts: Facts): Write[] =>
  unposted(prior).flatMap((write) => [write, ...post.remove(prior, facts)]);

const unposted = ({ live, postId }: StoredRecord): Write[] =>
  live && postId !== null ? [{ write: 'unpost', id: postId }] : [];

/** `space` is where the event's record belongs; the version order was checked before. */
export function planPut(
  event: RecordEvent,
  uri: AtUri,
  json: string,
  spaceDid: Did,
  seenSort: number,
  facts: Facts,
): Write[] | Drop {
  const space = facts.spaces.get(spaceDid);
  const record = event.record;
  if (!space || !record) return [];
  const last = facts.latest(uri);
  const sortAt = Math.min(seenSort, last?.sortAt ?? seenSort);
  const elsewhere = last?.live && last.space !== spaceDid ? last : undefined;
  const prior = facts.stored(spaceDid, uri);
  const refused = prior?.live ? null : overLimit(event, space, facts);
  if (refused) return refused;
  const left = elsewhere ? [...tombstone(event, elsewhere, facts), ...goodbye(event, elsewhere, facts)] : [];
  const planned = planOf(space, event.collection).put({ event, record, uri, space, prior, sortAt, facts });
  const { rev, snapshot, did, collection, cid } = event;
  const row = writeRecord(
    {
      ...{ space: spaceDid, uri, did, collection, rev, snapshot, cid, value: json, sortAt },
      ...{ hidden: planned.hidden, subject: planned.subject ?? null, root: planned.root ?? null },
      postId: planned.postId ?? null,
    },
    facts,
  );
  const counted = countAuthor(facts, spaceDid, event, prior?.live ? 0 : 1);
  const resorted: Write[] =
    prior?.live && planned.postId !== undefined && sortAt < prior.sortAt
      ? [{ write: 'sort', space: spaceDid, uri, sortAt, postId: planned.postId }]
      : [];
  const unpost = prior && planned.postId === undefined ? noPostAnyMore(prior, facts) : [];
  const met = facts.identities.has(did) ? [] : meet(facts, did);
  const arrived: Write[] = facts.waiting.delete(uri) ? [{ write: 'waited', uri }] : [];
  return [
    ...left,
    ...kept(event, prior, planned),
    row,
    counted,
    ...unpost,
    ...planned.writes,
    ...(planned.hidden === 0 && last?.cid !== event.cid ? fetchAhead(event, record, spaceDid, facts) : []),
    ...resorted,
    ...followDependants(facts, uri),
    ...met,
    ...arrived,
  ];
}

/** Of a post or reply that shows and goes on showing, for those who answered it as it was. */
function kept({ cid }: RecordEvent, prior: StoredRecord | undefined, { postId, hidden }: Planned): Write[] {
  const isEdit = prior?.live && prior.postId !== null && postId !== undefined && prior.cid !== cid;
  return isEdit && prior.hidden === 0 && hidden === 0 ? [{ write: 'version', space: prior.space, uri: prior.uri }] : [];
}

/** Media of what is new; not of what was written long ago and is read only now. */
const fetchAhead = (event: RecordEvent, record: JsonObject, space: Did, facts: Facts): Write[] =>
  facts.prefetches && !event.snapshot
    ? blobsOf(record).map(({ cid }) => ({ write: 'job', kind: 'prefetch', key: `${space} ${event.did} ${cid}` }))
    : [];

/** A name is looked up once for an author not met before. */
function meet(facts: Facts, did: Did): Write[] {
  facts.identities.set(did, {
    did,
    handle: null,
    status: 'active',
    statusAt: 0,
    confirmation: 'pending',
    erasedRev: null,
  });
  return [{ write: 'job', kind: 'resolve', key: did }];
}

function writeRecord(row: Omit<RecordRow, 'seq'>, facts: Facts): Write {
  const { value, did: _did, collection: _collection, ...known } = row;
  facts.setStored({ ...known, live: value !== null });
  return { write: 'record', row: { ...row, seq: facts.takeSeq() } };
}

function countAuthor(facts: Facts, space: Did, event: RecordEvent, delta: number): Write {
  const before = facts.author(space, event.did);
  const rev = before && before.rev > event.rev ? before.rev : event.rev;
  facts.setAuthor(space, event.did, { count: (before?.count ?? 0) + delta, rev });
  return { write: 'author', did: event.did, space, rev: event.rev, delta };
}

const followDependants = (facts: Facts, uri: AtUri): Write[] =>
  facts.dependants.has(uri) ? [{ write: 'job', kind: 'dependants', key: uri }] : [];
