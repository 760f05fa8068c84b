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
  sortAt: number;
  likes: number;
  answers: number;
  root: AtUri | null;
  parent: AtUri | null;
  cid: string | null;
  indexedAt: number;
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
}

/** Of a post the stored count of its thread; of a reply those directly below it. */
const ANSWERS = `iif(p.root is null, p.reply_count,
  (select count(*) from post c where c.space = p.space and c.root = p.root and c.parent = p.uri and c.hidden = 0))`;

const COLUMNS = `p.id, k.key, p.uri, p.did, p.space, p.section, p.rkey, p.plain, p.hidden, p.title, p.excerpt, p.tags, p.labels,
  p.sort_at as sortAt, p.like_count as likes, ${ANSWERS} as answers, p.root, p.parent,
  r.cid, r.indexed_at as indexedAt, r.rev, i.handle, i.status, i.confirmation`;

const ROOT_COLUMNS = `rp.section as rootSection, rp.rkey as rootRkey, rp.did as rootDid, rp.plain as rootPlain,
  rp.hidden as rootHidden, ri.status as rootStatus, ri.confirmation as rootConfirmation`;

const NO_ROOT = ['Section', 'Rkey', 'Did', 'Plain', 'Hidden', 'Status', 'Confirmation']
  .map((name) => `null as root${name}`)
  .join(', ');

// CROSS JOIN keeps the skeleton on the outside, and with it the order of the page.
const JOINS = `cross join post p on p.id = k.id
  cross join record r on r.space = p.space and r.uri = p.uri
  left join identity i on i.did = p.did`;

const ROOT_JOINS = `left join record rr on rr.space = p.space and rr.uri = p.root
  left join post rp on rp.id = rr.post_id
  left join identity ri on ri.did = rp.did`;

/** `skeleton` selects `id` and `key` in the order of the page. */
export function hydrated(skeleton: Fragment, { withRecord, withRoot }: Hydration): Fragment {
  return sql`with page(id, key) as (${skeleton})
    select ${raw(COLUMNS)}, ${raw(withRecord ? 'r.value' : 'null as value')}, ${raw(withRoot ? ROOT_COLUMNS : NO_ROOT)}
    from page k ${raw(JOINS)} ${raw(withRoot ? ROOT_JOINS : '')}`;
}

export const hydrate = (db: D1Database, skeleton: Fragment, hydration: Hydration): Promise<PostFacts[]> =>
  rows(db, hydrated(skeleton, hydration));
