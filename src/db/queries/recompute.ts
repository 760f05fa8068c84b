// Slices of records whose bits are to be derived anew.
import type { AtUri, Did } from '../../domain/model.ts';

export interface RecordSlice {
  space: Did;
  uri: AtUri;
  did: Did;
  collection: string;
  rev: string;
  hidden: number;
  root: AtUri | null;
  subject: AtUri | null;
}

const COLUMNS = 'space, uri, did, collection, rev, hidden, root, subject';

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
      `select ${COLUMNS} from record where space = ? and uri > ? and uri < ? and cid is not null order by uri limit ?`,
    )
    .bind(space, after > prefix ? after : prefix, `${prefix}\u{10ffff}`, limit)
    .all<RecordSlice>();
  return results;
}

export interface ReplySlice {
  id: number;
  uri: AtUri;
  did: Did;
  hidden: number;
  parent: string;
  sort_at: number;
}

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
      `select id, uri, did, hidden, parent, sort_at from post where space = ? and root = ? and (parent, sort_at, id) > (?, ?, ?)
       order by parent, sort_at, id limit ?`,
    )
    .bind(space, root, after.parent, after.sortAt, after.id, limit)
    .all<ReplySlice>();
  return results;
}

export interface SectionSlice {
  id: number;
  section: string;
  collection: string;
  wanted: string | null;
}

/** Posts of a space with the section each asks for. */
export async function postSectionsAfter(
  db: D1Database,
  space: Did,
  after: AtUri,
  limit: number,
): Promise<(SectionSlice & { uri: AtUri })[]> {
  const { results } = await db
    .prepare(
      `select p.id, p.section, r.uri, r.collection, r.value->>'section' as wanted from record r join post p on p.id = r.post_id
       where r.space = ? and r.uri > ? and r.cid is not null and p.root is null order by r.uri limit ?`,
    )
    .bind(space, after, limit)
    .all<SectionSlice & { uri: AtUri }>();
  return results;
}

/** Records that hang on a URI by reference, in whatever space they are. */
export async function dependantsOf(
  db: D1Database,
  spaces: Did[],
  target: AtUri,
  like: string,
): Promise<(RecordSlice & { value: string; cid: string })[]> {
  const { results } = await db
    .prepare(
      `select ${COLUMNS.replaceAll(/\b(space|uri|did|collection|rev|hidden|root|subject)\b/g, 'r.$1')}, r.value, r.cid
       from json_each(?) s cross join record r on r.space = s.value and r.subject = ?
       where r.collection <> ? and r.cid is not null limit 200`,
    )
    .bind(JSON.stringify(spaces), target, like)
    .all<RecordSlice & { value: string; cid: string }>();
  return results;
}

/** Events that waited for a URI. */
export async function waitingFor(db: D1Database, target: AtUri): Promise<{ uri: AtUri; event: string }[]> {
  const { results } = await db
    .prepare('select uri, event from waiting where target = ? order by uri limit 200')
    .bind(target)
    .all<{ uri: AtUri; event: string }>();
  return results;
}
