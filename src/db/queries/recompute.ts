// Slices of what is to be derived anew.
import type { RecordEvent } from '../../domain/event.ts';
import type { AtUri, Did } from '../../domain/model.ts';

export interface RecordSlice {
  space: Did;
  uri: AtUri;
  did: Did;
  collection: string;
  rev: string;
  snapshot: number;
  cid: string;
  hidden: number;
  root: AtUri | null;
  subject: AtUri | null;
  postId: number | null;
  sortAt: number;
}

const COLUMNS = ['space', 'uri', 'did', 'collection', 'rev', 'snapshot', 'cid', 'hidden', 'root', 'subject']
  .map((name) => `r.${name}`)
  .concat('r.post_id as postId', 'r.sort_at as sortAt')
  .join(', ');

/** Live records of a space whose URI begins with `prefix`, after `after`, in order. */
export async function recordsAfter(
  db: D1Database,
  space: Did,
  prefix: string,
  after: AtUri,
  limit: number,
): Promise<RecordSlice[]> {
  const { results } = await db
    .prepare(
      `select ${COLUMNS} from record r indexed by record_uri where r.space = ? and r.uri > ? and r.uri < ? and r.cid is not null
       order by r.uri limit ?`,
    )
    .bind(space, after > prefix ? after : prefix, `${prefix}\u{10ffff}`, limit)
    .all<RecordSlice>();
  return results;
}

/** JSON texts of records of a space, by URI. */
export async function valuesOf(db: D1Database, space: Did, uris: AtUri[]): Promise<Map<AtUri, string>> {
  if (uris.length === 0) return new Map();
  const { results } = await db
    .prepare(
      `select r.uri, r.value from json_each(?) j cross join record r on r.space = ? and r.uri = j.value
       where r.value is not null`,
    )
    .bind(JSON.stringify(uris), space)
    .all<{ uri: AtUri; value: string }>();
  return new Map(results.map(({ uri, value }) => [uri, value]));
}

export interface ReplySlice {
  id: number;
  space: Did;
  root: AtUri;
  uri: AtUri;
  did: Did;
  hidden: number;
  parent: string;
  sort_at: number;
}

const REPLY = 'r.id, r.space, r.root, r.uri, r.did, r.hidden, r.parent, r.sort_at';

/** Replies of a thread after a position, in the order of their index. */
export async function repliesAfter(
  db: D1Database,
  space: Did,
  root: AtUri,
  after: { parent: string; sortAt: number; id: number },
  limit: number,
): Promise<ReplySlice[]> {
  const { results } = await db
    .prepare(
      `select ${REPLY} from post r where r.space = ? and r.root = ? and (r.parent, r.sort_at, r.id) > (?, ?, ?)
       order by r.parent, r.sort_at, r.id limit ?`,
    )
    .bind(space, root, after.parent, after.sortAt, after.id, limit)
    .all<ReplySlice>();
  return results;
}

/** Replies of several threads, as many as there are up to `limit`. */
export async function repliesOf(
  db: D1Database,
  threads: { space: Did; root: AtUri }[],
  limit: number,
): Promise<ReplySlice[]> {
  const { results } = await db
    .prepare(
      `select ${REPLY} from json_each(?) j
       cross join post r on r.space = j.value->>0 and r.root = j.value->>1 limit ?`,
    )
    .bind(JSON.stringify(threads.map(({ space, root }) => [space, root])), limit)
    .all<ReplySlice>();
  return results;
}

/** The section each post is in and the one its record asks for, by URI. */
export async function sectionsOf(
  db: D1Database,
  space: Did,
  uris: AtUri[],
): Promise<Map<AtUri, { section: string; wanted: string | null }>> {
  const { results } = await db
    .prepare(
      `select r.uri, p.section, r.value->>'section' as wanted
       from json_each(?) j cross join record r on r.space = ? and r.uri = j.value cross join post p on p.id = r.post_id`,
    )
    .bind(JSON.stringify(uris), space)
    .all<{ uri: AtUri; section: string; wanted: string | null }>();
  return new Map(results.map((row) => [row.uri, row]));
}

/** Records that hang on a URI by reference, in whatever space they are, after a position in (space, URI). */
export async function dependantsOf(
  db: D1Database,
  spaces: Did[],
  target: AtUri,
  like: string,
  after: { space: Did; uri: AtUri },
  limit: number,
): Promise<RecordSlice[]> {
  const { results } = await db
    .prepare(
      `select ${COLUMNS} from json_each(?) s cross join record r indexed by record_subject on r.space = s.value and r.subject = ?
       where r.collection <> ? and r.cid is not null and (r.space, r.uri) > (?, ?) order by r.space, r.uri limit ?`,
    )
    .bind(JSON.stringify(spaces), target, like, after.space, after.uri, limit)
    .all<RecordSlice>();
  return results;
}

/** Last versions of records that wait for a URI. */
export async function waitingFor(db: D1Database, target: AtUri, limit: number): Promise<RecordEvent[]> {
  const { results } = await db
    .prepare('select event from waiting where target = ? order by uri limit ?')
    .bind(target, limit)
    .all<{ event: string }>();
  return results.map(({ event }) => JSON.parse(event) as RecordEvent);
}
