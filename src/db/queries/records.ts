// Records of any collection in a space, repository by repository: the order of (DID, record key).
import type { AtUri, Confirmation, Did } from '../../domain/model.ts';
import { prepare, raw, sql } from './fragment.ts';

export interface RecordFacts {
  uri: AtUri;
  did: Did;
  cid: string;
  value: string;
  status: string | null;
  confirmation: Confirmation | null;
}

export interface RecordsQuery {
  space: Did;
  collection: string;
  repo: Did | null;
  reverse: boolean;
  /** Where to go on: after this URI in this repository; before any, when the URI is ''. */
  at: readonly [did: Did, uri: AtUri] | null;
  limit: number;
}

export interface RecordsPage {
  rows: RecordFacts[];
  /** The repository that was not looked at any more; null when all were. */
  next: Did | null;
}

/** Of so many repositories at most one page is made: most may hold nothing of the collection. */
const REPOSITORIES = 1000;
/** After every DID. */
const LAST = '\u{10ffff}';

export async function recordsPage(db: D1Database, query: RecordsQuery): Promise<RecordsPage> {
  const { space, collection, repo, reverse, at, limit } = query;
  const order = raw(reverse ? 'desc' : '');
  const beyond = raw(reverse ? '<' : '>');
  const ahead = raw(reverse ? '>' : '<');
  const begin = at?.[0] ?? (reverse ? LAST : '');
  const end = sql`(select did from author_space where space = ${space} and did ${beyond}= ${begin}
    order by did ${order} limit 1 offset ${REPOSITORIES})`;
  const within =
    repo === null
      ? sql`a.did ${beyond}= ${begin} and a.did ${ahead} coalesce(${end}, ${reverse ? '' : LAST})`
      : sql`a.did = ${repo}`;
  const unread = at && at[1] !== '' ? sql`and (a.did <> ${at[0]} or r.uri ${beyond} ${at[1]})` : raw('');
  const range = sql`r.space = ${space} and r.uri > 'at://' || a.did || ${`/${collection}/`}
    and r.uri < 'at://' || a.did || ${`/${collection}0`} and r.hidden = 0 and r.cid is not null ${unread}`;
  // The inner list keeps one large repository from being read to its end.
  const [rows, last] = await db.batch([
    prepare(
      db,
      sql`select r.uri, r.did, r.cid, r.value, i.status, i.confirmation from author_space a
        cross join record r indexed by record_uri on r.space = ${space}
          and r.uri in (select r.uri from record r indexed by record_uri where ${range} order by r.uri ${order} limit ${limit})
        left join identity i on i.did = r.did
        where a.space = ${space} and ${within} order by a.did ${order}, r.uri ${order} limit ${limit}`,
    ),
    ...(repo === null ? [prepare(db, sql`select ${end} as did`)] : []),
  ]);
  const [next] = (last?.results ?? []) as { did: Did | null }[];
  return { rows: (rows?.results ?? []) as RecordFacts[], next: next?.did ?? null };
}

/** One that shows, by its address. */
export async function recordAt(
  db: D1Database,
  space: Did,
  uri: AtUri,
): Promise<Pick<RecordFacts, 'cid' | 'value'> | null> {
  const query = sql`select cid, value from record where space = ${space} and uri = ${uri} and hidden = 0 and cid is not null`;
  return prepare(db, query).first();
}

export interface RepoFacts {
  did: Did;
  rev: string;
  count: number;
  status: string | null;
  confirmation: Confirmation | null;
}

/** Repositories with records of a space, by DID. */
export async function reposPage(db: D1Database, space: Did, after: Did | null, limit: number): Promise<RepoFacts[]> {
  const query = sql`select a.did, a.rev, a.count, i.status, i.confirmation from author_space a
    left join identity i on i.did = a.did
    where a.space = ${space} and a.did > ${after ?? ''} order by a.did limit ${limit}`;
  return (await prepare(db, query).all<RepoFacts>()).results;
}
