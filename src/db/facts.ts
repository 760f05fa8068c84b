// Loads what a batch of events may need to know, in one round trip.

import { LIMITS, WAITING_PART } from '../domain/bounds.ts';
import type { RecordEvent, StreamEvent } from '../domain/event.ts';
import type { Facts } from '../domain/facts.ts';
import type { AtUri, Confirmation, Did } from '../domain/model.ts';
import { $nsid as likeNsid } from '../lexicons/club/commonplace/like.ts';
import { type Keys, type Wanted, wantedBy } from './wanted.ts';

interface RecordFact {
  space: Did;
  uri: AtUri;
  cid: string | null;
  rev: string;
  snapshot: number;
  hidden: number;
  sort_at: number;
  post_id: number | null;
  subject: string | null;
  root: string | null;
}

interface PersonFact {
  space: Did;
  did: Did;
  joined: number | null;
  roles: string | null;
  admitted: number | null;
  count: number | null;
  rev: string | null;
  banned: number;
  deletions: number;
}

interface IdentityFact {
  did: Did;
  handle: string | null;
  status: string;
  status_at: number;
  confirmation: Confirmation;
  erased_rev: string | null;
}

const json = (keys: Keys): string =>
  JSON.stringify(Object.fromEntries([...keys].map(([space, of]) => [space, [...of]])));

const peopleJson = ({ people }: Wanted): string =>
  JSON.stringify(Object.fromEntries([...people].map(([space, dids]) => [space, Object.fromEntries(dids)])));

/** Spaces where whoever writes is as good as a member. */
const openOf = ({ people }: Wanted, { spaces }: Facts): Did[] =>
  [...people.keys()].filter((space) => spaces.get(space)?.postPolicy === 'anyone');

/** `references`: whether any space takes records that belong by reference, whose dependants must then be known. */
export async function loadFacts(
  db: D1Database,
  events: StreamEvent[],
  facts: Facts,
  references: boolean,
): Promise<void> {
  const wanted = wantedBy(events, facts);
  const asked = [
    db.prepare(RECORDS).bind(json(wanted.records)),
    db.prepare(PEOPLE).bind(peopleJson(wanted), facts.now, JSON.stringify(openOf(wanted, facts))),
    db.prepare(IDENTITIES).bind(JSON.stringify([...wanted.dids])),
    db.prepare(ADDRESSES).bind(json(wanted.addresses)),
    db.prepare(ROOTS).bind(json(wanted.roots)),
    db.prepare(CLAIMS).bind(JSON.stringify([...wanted.claims])),
    ...(references ? referring(db, wanted, [...facts.spaces.keys()]) : []),
  ];
  const results = (await db.batch(asked)).map((result) => result.results);
  const [records, people, identities, addresses, roots, claims, waiting, dependants, waitingOf] = results;
  takeRecords(facts, records as RecordFact[]);
  takePeople(facts, people as PersonFact[], identities as IdentityFact[]);
  for (const { space, rkey, did, collection } of addresses as {
    space: Did;
    rkey: string;
    did: Did;
    collection: string;
  }[]) {
    facts.setAddress(space, rkey, { did, collection });
  }
  for (const { space, uri } of roots as { space: Did; uri: AtUri }[]) facts.setHasReplies(space, uri);
  for (const { uri, space, rev } of claims as { uri: AtUri; space: Did; rev: string }[]) {
    facts.claims.set(uri, { space, rev });
  }
  for (const { uri, target, rev, event } of (waiting ?? []) as WaitingFact[]) {
    facts.waiting.set(uri, { target, rev, snapshot: (JSON.parse(event) as RecordEvent).snapshot });
  }
  for (const { uri } of (dependants ?? []) as { uri: AtUri }[]) facts.dependants.add(uri);
  for (const { did, weight } of (waitingOf ?? []) as { did: Did; weight: number }[]) facts.waitingOf.set(did, weight);
}

interface WaitingFact {
  uri: AtUri;
  target: AtUri;
  rev: string;
  event: string;
}

const referring = (db: D1Database, { uris, referrers }: Wanted, spaces: Did[]): D1PreparedStatement[] => [
  db.prepare(WAITING).bind(JSON.stringify([...uris])),
  db.prepare(DEPENDANTS).bind(JSON.stringify([...uris]), JSON.stringify(spaces)),
  db.prepare(WAITING_OF).bind(JSON.stringify([...referrers])),
];

function takeRecords(facts: Facts, rows: RecordFact[]): void {
  for (const r of rows) {
    const { space, uri, rev, hidden, subject, root, cid } = r;
    const known = { space, uri, rev, hidden, subject, root, cid, live: cid !== null, snapshot: r.snapshot === 1 };
    facts.setStored({ ...known, sortAt: r.sort_at, postId: r.post_id });
  }
}

function takePeople(facts: Facts, people: PersonFact[], identities: IdentityFact[]): void {
  for (const { space, did, joined, admitted, roles, count, rev, banned, deletions } of people) {
    if (joined !== null) {
      facts.setMember(space, did, {
        joined: joined === 1,
        admitted: admitted === 1,
        roles: JSON.parse(roles ?? '[]') as string[],
      });
    }
    if (banned === 1) facts.setBanned(space, did);
    if (count !== null) facts.setAuthor(space, did, { count, rev: rev ?? '' });
    if (deletions > 0) facts.addDeletions(space, did, deletions);
  }
  for (const i of identities) {
    const { did, handle, status, confirmation } = i;
    facts.identities.set(did, { did, handle, status, statusAt: i.status_at, confirmation, erasedRev: i.erased_rev });
  }
}

/** Of each space `s.key` the keys `k.value`; of people their DIDs are `k.key`. */
const KEYS = 'json_each(?1) s cross join json_each(s.value) k';

const RECORDS = `select r.space, r.uri, r.cid, r.rev, r.snapshot, r.hidden, r.sort_at, r.post_id, r.subject, r.root
  from ${KEYS} cross join record r on r.space = s.key and r.uri = k.value`;

/** Deletions are counted only where their limit is asked for: of who is not trusted, and of who deletes what was never seen. */
const PEOPLE = `select s.key as space, k.key as did, coalesce(h.joined, m.joined) as joined,
  coalesce(h.admitted, m.admitted) as admitted, coalesce(h.roles, m.roles) as roles, a.count, a.rev,
  b.until is not null and b.until > ?2 as banned,
  iif((s.key in (select value from json_each(?3)) or coalesce(h.joined, m.joined) = 1 and coalesce(h.admitted, m.admitted) = 1)
      and not exists (select 1 from json_each(k.value) u where not exists (select 1 from record r where r.space = s.key and r.uri = u.value)), 0,
    (select count(*) from (select 1 from record r indexed by record_deletions
      where r.space = s.key and r.did = k.key and r.cid is null limit ${LIMITS.deletions}))) as deletions
  from ${KEYS}
  left join member m on m.space = s.key and m.did = k.key
  left join held_member h on h.space = s.key and h.did = k.key
  left join ban b on b.space = s.key and b.did = k.key
  left join author_space a on a.did = k.key and a.space = s.key`;

const IDENTITIES = `select i.did, i.handle, i.status, i.status_at, i.confirmation, i.erased_rev
  from json_each(?) j cross join identity i on i.did = j.value`;

const ADDRESSES = `select a.space, a.rkey, a.did, a.collection
  from ${KEYS} cross join address a on a.space = s.key and a.rkey = k.value`;

const ROOTS = `select s.key as space, k.value as uri from ${KEYS}
  where exists (select 1 from post r where r.space = s.key and r.root = k.value)`;

const CLAIMS = `select c.uri, c.space, c.rev from json_each(?) j cross join claim c on c.uri = j.value`;

const WAITING = `select w.uri, w.target, w.rev, w.event from json_each(?) j cross join waiting w on w.uri = j.value`;

const DEPENDANTS = `select j.value as uri from json_each(?1) j
  where exists (select 1 from waiting w where w.target = j.value)
    or exists (select 1 from json_each(?2) s join record r on r.space = s.value and r.subject = j.value
      where r.collection <> '${likeNsid}')`;

const WAITING_OF = `select j.value as did, (select coalesce(sum(1 + length(event) / ${WAITING_PART}), 0) from (select event from waiting
    where uri > 'at://' || j.value || '/' and uri < 'at://' || j.value || '0' limit ${LIMITS.waiting})) as weight
  from json_each(?) j`;
