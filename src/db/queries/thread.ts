// A post and the replies below it: direct ones a page at a time, what lies under them level by level, within bounds.
import type { AtUri, Did } from '../../domain/model.ts';
import type { ReplySort } from '../../domain/post.ts';
import { type Fragment, prepare, raw, rows, sql } from './fragment.ts';
import { type Hydration, hydrated, type PostFacts, postFacts } from './hydrate.ts';

/** Selects `id`, `uri`, `root` (its own URI, of a post) and `space` of one post or reply. */
export type Self = Fragment;

const SELF = raw(`r.post_id as id, r.uri, coalesce(r.root, r.uri) as root, r.space`);
const LIVE = raw('r.post_id is not null and r.cid is not null');

export const byUri = (space: Did, uri: AtUri): Self =>
  sql`select ${SELF} from record r where r.space = ${space} and r.uri = ${uri} and ${LIVE}`;

/** By the plain address, which its first holder keeps. */
export const byRkey = (space: Did, rkey: string): Self =>
  sql`select ${SELF} from address a
    cross join record r on r.space = a.space and r.uri = 'at://' || a.did || '/' || a.collection || '/' || a.rkey
    where a.space = ${space} and a.rkey = ${rkey} and ${LIVE} and r.root is null`;

/** The first of these that is a post: an address names author and rkey, not the collection. */
export const byUris = (space: Did, uris: AtUri[]): Self =>
  sql`select ${SELF} from json_each(${JSON.stringify(uris)}) j cross join record r on r.space = ${space} and r.uri = j.value
    where ${LIVE} and r.root is null order by j.key limit 1`;

export interface Bounds {
  /** Direct replies. */
  limit: number;
  /** Levels. */
  depth: number;
}

/** Where a page of direct replies begins: after (sort time, id), or for `top` at an offset. */
export type ReplyPosition = readonly [number, number];

const PER_PARENT = 50;
const IN_ALL = 500;
/** Sorting by likes looks at so many direct replies. */
export const TOP_REPLIES = 1000;

const ROOT = raw('(select root from self)');
const SPACE = raw('(select space from self)');

const answersTo = (parent: Fragment): Fragment =>
  sql`from post x where x.space = ${SPACE} and x.root = ${ROOT} and x.parent = ${parent}`;

/** The oldest answers, the most liked first. */
const likedAnswersTo = (parent: Fragment): Fragment =>
  sql`from (select x.id, x.uri, x.like_count, x.sort_at ${answersTo(parent)} order by x.sort_at, x.id limit ${TOP_REPLIES}) liked
    order by liked.like_count desc, liked.sort_at, liked.id`;

/** Ids of the first answers to one reply. */
function firstAnswersTo(parent: Fragment, sort: ReplySort): Fragment {
  if (sort === 'top') return sql`select liked.id ${likedAnswersTo(parent)} limit ${PER_PARENT}`;
  const order = raw(sort === 'old' ? 'x.sort_at, x.id' : 'x.sort_at desc, x.id desc');
  return sql`select x.id ${answersTo(parent)} order by ${order} limit ${PER_PARENT}`;
}

function direct(sort: ReplySort, at: ReplyPosition | null, limit: number): Fragment {
  const self = raw('(select uri from self)');
  if (sort === 'top') {
    return sql`select liked.id, liked.uri, liked.sort_at ${likedAnswersTo(self)} limit ${limit} offset ${at?.[0] ?? 0}`;
  }
  const [key, id] = at ?? (sort === 'old' ? [-1, 0] : [Number.MAX_SAFE_INTEGER, 0]);
  const [beyond, order] = sort === 'old' ? [raw('>'), raw('key, id')] : [raw('<'), raw('key desc, id desc')];
  const columns = raw('x.id as id, x.uri as uri, x.sort_at as key');
  return sql`select ${columns} ${answersTo(self)} and x.sort_at = ${key} and x.id ${beyond} ${id}
    union all select ${columns} ${answersTo(self)} and x.sort_at ${beyond} ${key} order by ${order} limit ${limit}`;
}

/** What lies below `base`, breadth first: a queue of rows, each adding its own answers. */
const below = (base: Fragment, sort: ReplySort, depth: number): Fragment =>
  sql`tree(id, uri, key, level) as (
    select id, uri, key, 1 from ${base}
    union all
    select c.id, c.uri, c.sort_at, above.level + 1 from tree above
      cross join post c on c.id in (${firstAnswersTo(raw('above.uri'), sort)})
      where above.level < ${depth}
    limit ${IN_ALL})
  select id, key from tree`;

export const repliesSkeleton = (
  self: Self,
  sort: ReplySort,
  at: ReplyPosition | null,
  { limit, depth }: Bounds,
): Fragment =>
  sql`with recursive self as materialized (${self}),
    direct(id, uri, key) as (${direct(sort, at, limit)}),
    ${below(raw('direct'), sort, depth)}`;

/** Replies whose parent is no reply of the thread, and what lies below them: parents are stepped through by index. */
export const strayReplies = (self: Self, sort: ReplySort, depth: number): Fragment =>
  sql`with recursive self as materialized (${self}),
    parents(uri) as (
      select min(x.parent) from post x where x.space = ${SPACE} and x.root = ${ROOT}
      union all
      select (select min(x.parent) from post x where x.space = ${SPACE} and x.root = ${ROOT} and x.parent > above.uri)
        from parents above where above.uri is not null limit ${IN_ALL}),
    strays(id, uri, key) as (
      select c.id, c.uri, c.sort_at from parents above
        cross join post c on c.id in (${firstAnswersTo(raw('above.uri'), sort)})
        where above.uri is not null and above.uri <> ${ROOT}
          and not exists (select 1 from record r where r.space = ${SPACE} and r.uri = above.uri and ${LIVE} and r.root = ${ROOT})
        limit ${IN_ALL}),
    ${below(raw('strays'), sort, depth)}`;

/** These replies, and what lies below them. */
export const repliesBelow = (self: Self, ids: number[], sort: ReplySort, depth: number): Fragment =>
  sql`with recursive self as materialized (${self}),
    heads(id, uri, key) as (
      select x.id, x.uri, x.sort_at from json_each(${JSON.stringify(ids)}) j cross join post x on x.id = j.value),
    ${below(raw('heads'), sort, depth)}`;

/** The first replies of a thread, and what each answers. */
export const linksOf = (db: D1Database, self: Self): Promise<{ id: number; uri: AtUri; parent: AtUri }[]> =>
  rows(
    db,
    sql`with self as materialized (${self})
      select x.id, x.uri, x.parent from post x where x.space = ${SPACE} and x.root = ${ROOT} order by x.sort_at, x.id limit ${IN_ALL}`,
  );

export interface ThreadFacts {
  post: PostFacts | undefined;
  /** In no order that matters below the first level. */
  replies: PostFacts[];
}

export async function threadFacts(
  db: D1Database,
  self: Self,
  skeleton: Fragment | null,
  hydration: Pick<Hydration, 'withRecord'>,
): Promise<ThreadFacts> {
  const [post, replies] = await db.batch([
    prepare(db, hydrated(sql`select id, 0 as key from (${self})`, { ...hydration, withRoot: true })),
    ...(skeleton ? [prepare(db, hydrated(skeleton, { ...hydration, withRoot: false }))] : []),
  ]);
  return { post: postFacts(post?.results)[0], replies: postFacts(replies?.results) };
}

/** Which of these are live records of the space, whatever they are. */
export const liveAmong = async (db: D1Database, space: Did, uris: AtUri[]): Promise<Set<AtUri>> => {
  const found = await rows<{ uri: AtUri }>(
    db,
    sql`select r.uri from json_each(${JSON.stringify(uris)}) j cross join record r on r.space = ${space} and r.uri = j.value
      where r.cid is not null`,
  );
  return new Set(found.map(({ uri }) => uri));
};
