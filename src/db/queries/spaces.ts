// Spaces: their own row with their hosts, and the records they keep of rules and roles.
import { NSID } from '../../domain/collections.ts';
import type { AtUri, Did, Visibility } from '../../domain/model.ts';
import { type Fragment, prepare, raw, rows, sql } from './fragment.ts';

export interface SpaceRow {
  pausedAt: number | null;
  warnedAt: number | null;
  archivedAt: number | null;
  did: Did;
  handle: string | null;
  held: Visibility | null;
  heldRoster: string | null;
  profile: string | null;
  permissions: string | null;
  theme: string | null;
  displayName: string;
  addedAt: number;
  posts: number;
  replies: number;
  members: number;
  /** JSON array, the primary one first. */
  hosts: string;
}

export interface OwnRecord {
  uri: AtUri;
  value: string;
}

const COLUMNS =
  raw(`s.did, s.handle, s.held_visibility as held, s.held_roster as heldRoster, s.paused_at as pausedAt, s.profile, s.permissions, s.theme, s.display_name as displayName,
  s.added_at as addedAt, s.posts, s.replies, s.members,
  (select d.warned_at from dormancy d where d.space = s.did) as warnedAt, (select d.archived_at from dormancy d where d.space = s.did) as archivedAt,
  (select json_group_array(h.hostname) from (select hostname from host where space = s.did order by position) h) as hosts`);

/** One space's own row; a fragment selects its DID. */
export const spaceRow = (did: Did | Fragment): Fragment =>
  sql`select ${COLUMNS} from space s where s.did = ${typeof did === 'string' ? did : sql`(${did})`}`;

/** At most so many rules and roles are read. */
const OWN_RECORDS = 300;

/** `whose` selects the DID. Rules and roles come in the same round trip. */
async function readSpaceRow(db: D1Database, whose: Fragment): Promise<{ space: SpaceRow; own: OwnRecord[] } | null> {
  const [spaces, own] = await db.batch([
    prepare(db, spaceRow(whose)),
    prepare(
      db,
      sql`with whose(did) as materialized (${whose})
        select r.uri, r.value from whose w cross join record r indexed by record_uri on r.space = w.did
          and r.uri > 'at://' || w.did || ${`/${NSID.role}/`} and r.uri < 'at://' || w.did || ${`/${NSID.rule}0`}
        where r.hidden = 0 and r.cid is not null order by r.uri limit ${OWN_RECORDS}`,
    ),
  ]);
  const space = spaces?.results[0] as SpaceRow | undefined;
  return space ? { space, own: (own?.results ?? []) as OwnRecord[] } : null;
}

export const spaceByDid = (db: D1Database, did: Did) => readSpaceRow(db, sql`select did from space where did = ${did}`);

export const spaceByHandle = (db: D1Database, handle: string) =>
  readSpaceRow(db, sql`select did from space where handle = ${handle} limit 1`);

export const spaceByHost = (db: D1Database, hostname: string) =>
  readSpaceRow(db, sql`select space from host where hostname = ${hostname}`);

/** As `visibilityOf` says, in SQL; the read rule is applied to the rows once more. */
export const LISTED = raw(
  `coalesce(s.held_visibility, iif(coalesce(s.profile->>'visibility', 'public') = 'public', 'public', 'unlisted')) = 'public'`,
);

/** When a post of the space was last written or answered; of an empty space, when it came here. */
export const LIFE = raw(
  `max(s.added_at, coalesce((select max(p.active_at) from post p where p.space = s.did and p.hidden = 0 and p.root is null), 0))`,
);

export interface ListedRow extends SpaceRow {
  key: string | number;
}

/** Public spaces by recent life, the latest first, after a position in that order. */
export const listedByLife = (db: D1Database, after: [number, Did] | null, limit: number): Promise<ListedRow[]> =>
  rows(
    db,
    sql`with listed(did, key) as (select s.did, ${LIFE} from space s where ${LISTED})
      select ${COLUMNS}, l.key from listed l cross join space s on s.did = l.did
      where (l.key, l.did) < (${after?.[0] ?? Number.MAX_SAFE_INTEGER}, ${after?.[1] ?? ''})
      order by l.key desc, l.did desc limit ${limit}`,
  );

/** Public spaces by name. */
export const listedByName = (db: D1Database, after: [string, Did] | null, limit: number): Promise<ListedRow[]> =>
  rows(
    db,
    sql`select ${COLUMNS}, s.display_name as key from space s
      where ${LISTED} and (s.display_name, s.did) > (${after?.[0] ?? ''}, ${after?.[1] ?? ''})
      order by s.display_name, s.did limit ${limit}`,
  );

export interface NamedRow {
  did: Did;
  name: string;
  handle: string | null;
  description: string | null;
}

/** What searching spaces looks at, of the oldest so many spaces. */
export const listedNames = (db: D1Database, limit: number): Promise<NamedRow[]> =>
  rows(
    db,
    sql`select s.did, s.display_name as name, s.handle, s.profile->>'description' as description from space s
      where ${LISTED} order by s.added_at, s.did limit ${limit}`,
  );

/** In the order given. */
export const spacesByDid = (db: D1Database, dids: Did[]): Promise<SpaceRow[]> =>
  rows(
    db,
    sql`select ${COLUMNS} from json_each(${JSON.stringify(dids)}) j cross join space s on s.did = j.value order by j.key`,
  );
