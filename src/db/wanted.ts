// What a batch of events may need to know.
import type { RecordEvent, StreamEvent } from '../domain/event.ts';
import type { Facts } from '../domain/facts.ts';
import type { AtUri, Did } from '../domain/model.ts';
import { isHearsay } from '../domain/power.ts';
import { textAt } from '../domain/scope.ts';
import { makeUri, validDid } from '../domain/uri.ts';
import { $nsid as likeNsid } from '../lexicons/club/commonplace/like.ts';
import { $nsid as replyNsid } from '../lexicons/club/commonplace/reply.ts';

/** By space. */
export type Keys = Map<Did, Set<string>>;

/** What to look up. */
export interface Wanted {
  records: Keys;
  /** By space and DID, their records that may have been deleted. */
  people: Map<Did, Map<Did, AtUri[]>>;
  addresses: Keys;
  roots: Keys;
  dids: Set<Did>;
  uris: Set<AtUri>;
  /** Authors of what may have to wait. */
  referrers: Set<Did>;
  /** Of records that give power and come unproven. */
  claims: Set<AtUri>;
}

function note(keys: Keys, space: Did, key: string): void {
  const known = keys.get(space);
  if (known) known.add(key);
  else keys.set(space, new Set([key]));
}

function notePerson({ people }: Wanted, space: Did, did: Did): AtUri[] {
  const known = people.get(space) ?? new Map<Did, AtUri[]>();
  people.set(space, known);
  const deleted = known.get(did) ?? [];
  known.set(did, deleted);
  return deleted;
}

export function wantedBy(events: StreamEvent[], facts: Facts): Wanted {
  const wanted: Wanted = {
    ...{ records: new Map(), people: new Map(), addresses: new Map(), roots: new Map() },
    ...{ dids: new Set(), uris: new Set(), referrers: new Set(), claims: new Set() },
  };
  for (const event of events) {
    wanted.dids.add(event.did);
    if (event.kind === 'record') wantRecord(event, facts, wanted);
  }
  return wanted;
}

function wantRecord(event: RecordEvent, facts: Facts, wanted: Wanted): void {
  const { did, collection, rkey, record } = event;
  const uri = makeUri(did, collection, rkey);
  wanted.uris.add(uri);
  if (isHearsay(event)) wanted.claims.add(uri);
  const named = record && validDid(record.space) && facts.spaces.has(record.space) ? record.space : null;
  const spaces = new Set([
    ...(facts.concerns.get(did) ?? []),
    ...(named ? [named] : []),
    ...(facts.spaces.has(did) ? [did] : []),
  ]);
  if (record && !named && !facts.spaces.has(did)) wantByRule(event, facts, spaces, wanted);
  for (const space of spaces) {
    note(wanted.records, space, uri);
    const deleted = notePerson(wanted, space, did);
    if (event.operation !== 'create') deleted.push(uri);
    if (facts.spaces.has(rkey)) notePerson(wanted, rkey, did);
    if (validDid(rkey)) notePerson(wanted, space, rkey);
    if (collection === likeNsid) continue;
    if (collection === replyNsid) {
      const root = record && textAt(record, 'root.uri');
      if (root) note(wanted.records, space, root);
      continue;
    }
    note(wanted.roots, space, uri);
    if (record) note(wanted.addresses, space, rkey);
  }
}

/** Spaces that a rule of theirs might put a record into, and the targets it refers to. */
function wantByRule(event: RecordEvent, facts: Facts, spaces: Set<Did>, wanted: Wanted): void {
  for (const space of facts.spaces.values()) {
    for (const { collection, by, path } of space.rules) {
      if (collection !== event.collection || !event.record) continue;
      spaces.add(space.did);
      const target = by === 'reference' ? textAt(event.record, path) : null;
      if (!target) continue;
      wanted.referrers.add(event.did);
      for (const other of facts.spaces.keys()) note(wanted.records, other, target);
    }
  }
}
