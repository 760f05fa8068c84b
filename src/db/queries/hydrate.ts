// The facts of a page of posts: one statement with the skeleton that says which.
import type { AtUri, Confirmation, Did } from '../../domain/model.ts';
import { type Fragment, raw, rows, sql } from './fragment.ts';

/** A post or reply with all that rules and views need; the same columns for every read. */
export interface PostFacts {
  id: number;
  /** Where the skeleton put it. */
  key: number;
  uri: AtUri;
  did: Did;
  space: Did;
  section: string;
  rkey: string;
  plain: number;
  hidden: number;
  title: string;
  excerpt: string;
  tags: string;
  labels: string;
  picture: string | null;
  sortAt: number;
  likes: number;
  answers: number;
  root: AtUri | null;
  parent: AtUri | null;
  cid: string | null;
  indexedAt: number;
  editedAt: number | null;
  rev: string;
  value: string | null;
  handle: string | null;
  status: string | null;
  confirmation: Confirmation | null;
  rootSection: string | null;
  rootRkey: string | null;
  rootDid: Did | null;
  rootPlain: number | null;
  rootHidden: number | null;
  rootStatus: string | null;
  rootConfirmation: Confirmation | null;
}

export interface Hydration {
  /** The records' JSON as well: large. */
  withRecord: boolean;
  /** The posts that replies belong to as well; not needed where they are known. */
  withRoot: boolean;
  /** Posts alone, for a list: nothing of their records, whose posts are there only while they are. */
  isList?: boolean;
}

/** Of a post the stored count of its thread; of a reply those directly below it. */
const ANSWERS = `iif(p.root is null, p.reply_count,
  (select count(*) from post c where c.space = p.space and c.root = p.root and c.parent = p.uri and c.hidden = 0))`;

const POST_COLUMNS = `p.id, k.key, p.uri, p.did, p.space, p.section, p.rkey, p.plain, p.hidden, p.title, p.excerpt, p.tags, p.labels, p.picture,
  p.sort_at as sortAt, p.like_count as likes, i.handle, i.status, i.confirmation`;

const RECORD_COLUMNS = `${ANSWERS} as answers, p.root, p.parent, r.cid, r.indexed_at as indexedAt, r.edited_at as editedAt, r.rev`;

const ROOT_COLUMNS = `rp.section as rootSection, rp.rkey as rootRkey, rp.did as rootDid, rp.plain as rootPlain,
  rp.hidden as rootHidden, ri.status as rootStatus, ri.confirmation as rootConfirmation`;

// CROSS JOIN keeps the skeleton on the outside, and with it the order of the page.
const POST_JOINS = 'cross join post p on p.id = k.id left join identity i on i.did = p.did';
const RECORD_JOIN = 'cross join record r on r.space = p.space and r.uri = p.uri';
const ROOT_JOINS = `left join record rr on rr.space = p.space and rr.uri = p.root
  left join post rp on rp.id = rr.post_id
  left join identity ri on ri.did = rp.did`;

/** What a statement that did not ask for it leaves out: carrying a column costs more than finding it. */
const ABSENT = {
  ...{ root: null, parent: null, cid: '', indexedAt: 0, editedAt: null, rev: '', value: null },
  ...{ rootSection: null, rootRkey: null, rootDid: null, rootPlain: null },
  ...{ rootHidden: null, rootStatus: null, rootConfirmation: null },
};

/** What a list shows of a post, as `PostFacts` calls it. */
const LIST = {
  ...{ id: 'p.id', key: 'k.key', uri: 'p.uri', did: 'p.did', space: 'p.space', section: 'p.section', rkey: 'p.rkey' },
  ...{
    plain: 'p.plain',
    hidden: 'p.hidden',
    title: 'p.title',
    excerpt: 'p.excerpt',
    tags: 'p.tags',
    labels: 'p.labels',
    picture: 'p.picture',
  },
  ...{ sortAt: 'p.sort_at', likes: 'p.like_count', answers: 'p.reply_count' },
  ...{ handle: 'i.handle', status: 'i.status', confirmation: 'i.confirmation' },
};
const LIST_NAMES = Object.keys(LIST);

/** All of a list in one cell: D1 carries one long text in a fraction of the time of 600 short ones. */
const LIST_CELL = `json_group_array(json_array(${Object.values(LIST).join(', ')})) as list`;

/** `skeleton` selects `id` and `key` in the order of the page, and the joins keep it. */
export function hydrated(skeleton: Fragment, { withRecord, withRoot, isList = false }: Hydration): Fragment {
  const columns = [
    POST_COLUMNS,
    RECORD_COLUMNS,
    ...(withRecord ? ['r.value'] : []),
    ...(withRoot ? [ROOT_COLUMNS] : []),
  ];
  const joins = [POST_JOINS, RECORD_JOIN, withRoot ? ROOT_JOINS : ''];
  const [what, from] = isList ? [LIST_CELL, POST_JOINS] : [columns.join(', '), joins.join(' ')];
  return sql`with page(id, key) as (${skeleton}) select ${raw(what)} from page k ${raw(from)}`;
}

/** Rows of a statement made by `hydrated`. */
export const postFacts = (results: unknown[] | undefined): PostFacts[] =>
  ((results ?? []) as (PostFacts | { list: string })[]).flatMap((row) =>
    'list' in row ? (JSON.parse(row.list) as unknown[][]).map(listed) : [{ ...ABSENT, ...row }],
  );

/** With all its names from the start: to fill them in is quicker than to add them. */
const EMPTY: Readonly<Record<string, unknown>> = {
  ...ABSENT,
  ...Object.fromEntries(LIST_NAMES.map((name) => [name, null])),
};

function listed(cells: unknown[]): PostFacts {
  const facts = { ...EMPTY };
  for (const [i, name] of LIST_NAMES.entries()) facts[name] = cells[i];
  return facts as unknown as PostFacts;
}

export const hydrate = async (db: D1Database, skeleton: Fragment, hydration: Hydration): Promise<PostFacts[]> =>
  postFacts(await rows(db, hydrated(skeleton, hydration)));
