/** The index as its tables tell it, in the shape of the model, and what differs between the two. */
import type { Did, Json, JsonObject } from '../../src/domain/model.ts';
import type { Index, LivePost, LiveRecord, Membership } from './nouns.ts';

type Row = Record<string, unknown>;
/** Runs one query, wherever the tables are. */
export type Query = (sql: string) => Promise<Row[]>;

const json = (text: unknown): Json => (typeof text === 'string' ? (JSON.parse(text) as Json) : null);
const strings = (text: unknown): string[] => (json(text) as string[]).toSorted();

type Plain = 'space' | 'uri' | 'did' | 'collection' | 'cid' | 'rev' | 'hidden';
type Told = 'space' | 'uri' | 'did' | 'hidden' | 'hot' | 'root' | 'parent' | 'section' | 'title';

export async function readIndex(query: Query): Promise<Index> {
  const records = await query('select * from record where cid is not null');
  const posts = await query('select * from post');
  const tags = Map.groupBy(await query('select post, tag from tag'), ({ post }) => post);
  return {
    records: records.map((row) => ({
      ...pick<LiveRecord, Plain>(row, 'space', 'uri', 'did', 'collection', 'cid', 'rev', 'hidden'),
      rkey: String(row.uri).split('/').at(-1) as string,
      snapshot: row.snapshot === 1,
      sortAt: row.sort_at as number,
      value: json(row.value) as JsonObject,
    })),
    posts: posts.map((row) =>
      asPost(
        row,
        (tags.get(row.id) ?? []).map(({ tag }) => String(tag)),
      ),
    ),
    members: (await query('select * from member where joined or admitted')).map((row) => ({
      ...pick<Membership, 'space' | 'did'>(row, 'space', 'did'),
      joined: row.joined === 1,
      admitted: row.admitted === 1,
      roles: strings(row.roles),
    })),
    spaces: (await query('select * from space')).map((row) => ({
      ...pick<Index['spaces'][number], 'did' | 'posts' | 'replies' | 'members'>(
        row,
        'did',
        'posts',
        'replies',
        'members',
      ),
      profile: json(row.profile),
      permissions: json(row.permissions),
    })),
    authors: (await query('select did, space, rev, count from author_space')) as Index['authors'],
    accounts: (await query(
      'select did, status, status_at as at from identity where status_at > 0',
    )) as Index['accounts'],
  };
}

/** Columns that have the names and the types of the model's fields. */
function pick<T, K extends keyof T & string>(row: Row, ...names: K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, row[name]])) as Pick<T, K>;
}

function asPost(row: Row, tags: string[]): LivePost {
  return {
    ...pick<LivePost, Told>(row, 'space', 'uri', 'did', 'hidden', 'hot', 'root', 'parent', 'section', 'title'),
    sortAt: row.sort_at as number,
    activeAt: row.root === null ? (row.active_at as number) : null,
    likeCount: row.like_count as number,
    replyCount: row.root === null ? (row.reply_count as number) : null,
    tags: tags.toSorted(),
    labels: strings(row.labels),
  };
}

/** Every difference in words; none when the tables hold what the model says. */
export function differences(model: Index, tables: Index): string[] {
  const bySpaceAndUri = ({ space, uri }: { space: Did; uri: string }) => `${uri} in ${space}`;
  const bySpaceAndDid = ({ space, did }: { space: Did; did: Did }) => `${did} in ${space}`;
  const sections = new Map(tables.posts.map((post) => [bySpaceAndUri(post), post.section]));
  const modelPosts = model.posts.map((post) => ({
    ...post,
    section: post.section ?? sections.get(bySpaceAndUri(post)) ?? null,
  }));
  const known = new Set(model.accounts.map(({ did }) => did));
  return [
    ...compare('record', bySpaceAndUri, model.records, tables.records),
    ...compare('post', bySpaceAndUri, modelPosts, tables.posts),
    ...compare('member', bySpaceAndDid, model.members.map(sorted), tables.members),
    ...compare('space', ({ did }) => did, model.spaces, tables.spaces),
    ...compare('author', bySpaceAndDid, model.authors.filter(isLive), tables.authors.filter(isLive)),
    ...compare(
      'account',
      ({ did }) => did,
      model.accounts,
      tables.accounts.filter(({ did }) => known.has(did)),
    ),
  ];
}

const isLive = ({ count }: { count: number }): boolean => count !== 0;
const sorted = <T extends { roles: string[] }>(member: T): T => ({ ...member, roles: member.roles.toSorted() });

function compare<T extends object>(what: string, key: (one: T) => string, expected: T[], found: T[]): string[] {
  const [wanted, had] = [new Map(expected.map((one) => [key(one), one])), new Map(found.map((one) => [key(one), one]))];
  const twice = found.length === had.size ? [] : [`${found.length - had.size} ${what}s are there twice`];
  const missing = [...wanted.keys()].filter((name) => !had.has(name)).map((name) => `${what} ${name} is missing`);
  const extra = [...had.keys()]
    .filter((name) => !wanted.has(name))
    .map((name) => `${what} ${name} should not be there`);
  const unlike = [...wanted].flatMap(([name, one]) => fields(`${what} ${name}`, one, had.get(name)));
  return [...twice, ...missing, ...extra, ...unlike];
}

function fields(name: string, expected: object, found: object | undefined): string[] {
  if (found === undefined) return [];
  return Object.entries(expected).flatMap(([field, value]) => {
    const [wanted, had] = [canonical(value), canonical(found[field as keyof object])];
    return wanted === had ? [] : [`${name}: ${field} is ${had} and should be ${wanted}`];
  });
}

/** JSON with the keys of objects in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** What must hold of the tables whatever was told: each line of the answer is a breach. */
export async function breaches(query: Query): Promise<string[]> {
  const checks: [string, string][] = [
    [
      'post without a live record',
      'select uri from post p where not exists (select 1 from record r where r.space = p.space and r.uri = p.uri and r.post_id = p.id and r.cid is not null)',
    ],
    ['seq given twice', 'select seq as uri from record group by seq having count(*) > 1'],
    ['search entry without a post', 'select rowid as uri from search where rowid not in (select id from post)'],
    ['post that search does not know', 'select uri from post where id not in (select rowid from search)'],
    [
      'tag out of place',
      'select t.tag as uri from tag t where not exists (select 1 from post p where p.id = t.post and p.space = t.space and p.sort_at = t.sort_at)',
    ],
    [
      'plain address held twice',
      'select rkey as uri from post where plain = 1 and root is null group by space, rkey having count(*) > 1',
    ],
    ['record live in two spaces', 'select uri from record where cid is not null group by uri having count(*) > 1'],
    ['job left', "select kind || ' ' || key as uri from job where kind <> 'sweep'"],
  ];
  const found = await Promise.all(
    checks.map(async ([breach, sql]) => (await query(sql)).map(({ uri }) => `${breach}: ${uri}`)),
  );
  return found.flat();
}
