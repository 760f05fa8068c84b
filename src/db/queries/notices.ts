// What is about one account in a space: replies to it, mention of it, likes of what it wrote, its membership, and what it was told.

import { NSID } from '../../domain/collections.ts';
import type { AtUri, Confirmation, Did } from '../../domain/model.ts';
import type { Happening } from '../../domain/notices.ts';
import { makeUri } from '../../domain/uri.ts';
import { before, type Position } from './feed.ts';
import { type Fragment, prepare, raw, rows, sql } from './fragment.ts';
import { hydrated, type PostFacts, postFacts } from './hydrate.ts';

/** A stretch of one list: after a position in it, newer than `since`. */
export interface Stretch {
  space: Did;
  did: Did;
  at: Position | null;
  since: number;
  limit: number;
}

/** Likes are told of as many of the newest posts, and as many of the newest replies. */
export const LIKED = 30;

const repliesTo = ({ space, did, at, since, limit }: Stretch): Fragment =>
  before(
    sql`from post where space = ${space} and addressee = ${did} and hidden = 0 and noticed_at > ${since}`,
    'id',
    'noticed_at',
    at,
    limit,
  );

const mentionsOf = ({ space, did, at, since, limit }: Stretch): Fragment =>
  before(
    sql`from mention where space = ${space} and did = ${did} and noticed_at > ${since}`,
    'post',
    'noticed_at',
    at,
    limit,
  );

function liked({ space, did, since }: Stretch): Fragment {
  const newest = (root: string): Fragment => sql`select id, liked_at as key from
    (select id, liked_at from post where space = ${space} and did = ${did} and hidden = 0 and root ${raw(root)} order by sort_at desc limit ${LIKED})
    where liked_at > ${since}`;
  return sql`${newest('is null')} union all ${newest('is not null')}`;
}

export interface MembershipFacts {
  joined: number;
  admitted: number;
  roles: string;
  cid: string | null;
  rev: string;
  seq: number;
}

const membership = ({ space, did }: Stretch): Fragment =>
  sql`select m.joined, m.admitted, m.roles, r.cid, r.rev, r.seq from member m
    cross join record r on r.space = m.space and r.uri = ${makeUri(space, NSID.membership, did)}
    where m.space = ${space} and m.did = ${did}`;

export interface ToldFacts {
  at: number;
  reason: Happening;
  subject: AtUri | '';
  detail: string;
}

const told = ({ space, did, at, since, limit }: Stretch): Fragment =>
  sql`select at, reason, subject, detail from notice
    where did = ${did} and space = ${space} and at > ${since} and at <= ${at?.[0] ?? Number.MAX_SAFE_INTEGER}
    order by at desc limit ${limit}`;

export interface NoticeFacts {
  replies: PostFacts[];
  mentions: PostFacts[];
  liked: PostFacts[];
  membership: MembershipFacts | null;
  told: ToldFacts[];
}

/** `withRecord`: of what others wrote, as they wrote it. */
export async function noticeFacts(db: D1Database, stretch: Stretch, withRecord: boolean): Promise<NoticeFacts> {
  const posts = (skeleton: Fragment): D1PreparedStatement =>
    prepare(db, hydrated(skeleton, { withRecord, withRoot: true }));
  const [replies, mentions, likes, half, notices] = await db.batch([
    posts(repliesTo(stretch)),
    posts(mentionsOf(stretch)),
    posts(liked(stretch)),
    prepare(db, membership(stretch)),
    prepare(db, told(stretch)),
  ]);
  return {
    replies: postFacts(replies?.results),
    mentions: postFacts(mentions?.results),
    liked: postFacts(likes?.results),
    membership: (half?.results[0] as MembershipFacts | undefined) ?? null,
    told: (notices?.results ?? []) as ToldFacts[],
  };
}

/** To who is not inside: only what was decided of them. */
export const factsAtDoor = async (db: D1Database, stretch: Stretch): Promise<NoticeFacts> => ({
  ...{ replies: [], mentions: [], liked: [], membership: null },
  told: await rows(db, told(stretch)),
});

/** Of each post some who like it; all, where there are no more. */
export const LIKERS = 30;

export interface Liker {
  did: Did;
  indexedAt: number;
  sortAt: number;
  handle: string | null;
  status: string | null;
  confirmation: Confirmation | null;
}

/** By what they like. */
export async function likersOf(db: D1Database, space: Did, subjects: AtUri[]): Promise<Map<AtUri, Liker[]>> {
  if (subjects.length === 0) return new Map();
  const likes = sql`select r.did, r.indexed_at, r.sort_at from record r indexed by record_subject
    where r.space = ${space} and r.subject = j.value and r.collection = ${NSID.like} and r.hidden = 0 limit ${LIKERS}`;
  const found = await rows<{ subject: AtUri; likers: string }>(
    db,
    sql`select j.value as subject, (select json_group_array(json_array(l.did, l.indexed_at, l.sort_at, i.handle, i.status, i.confirmation))
      from (${likes}) l left join identity i on i.did = l.did) as likers from json_each(${JSON.stringify(subjects)}) j`,
  );
  return new Map(found.map(({ subject, likers }) => [subject, (JSON.parse(likers) as LikerCells[]).map(likerOf)]));
}

type LikerCells = [Did, number, number, string | null, string | null, Confirmation | null];

const likerOf = ([did, indexedAt, sortAt, handle, status, confirmation]: LikerCells): Liker => ({
  ...{ did, indexedAt, sortAt, handle, status, confirmation },
});

/** When somebody last looked at what they are told there. */
export async function seenAt(db: D1Database, did: Did, space: Did): Promise<number> {
  const [row] = await rows<{ at: number | null }>(
    db,
    sql`select max(at) as at from seen where did = ${did} and space in ('', ${space})`,
  );
  return row?.at ?? 0;
}

/** Spaces that an account has to do with; those that told it something too. */
const about = (did: Did, limit: number): Fragment =>
  sql`select space from (select space from author_space where did = ${did} limit ${limit})
    union select distinct space from notice where did = ${did} limit ${limit}`;

const spacesIn = async (db: D1Database, query: Fragment): Promise<Did[]> =>
  (await rows<{ space: Did }>(db, query)).map(({ space }) => space);

export const spacesAbout = (db: D1Database, did: Did, limit: number): Promise<Did[]> => spacesIn(db, about(did, limit));

/** Those of them that may have told it something since it looked: one question, and most often the answer is none. */
export function spacesWithNews(db: D1Database, did: Did, limit: number): Promise<Did[]> {
  const newestLiked = (root: string): Fragment => sql`exists (select 1 from
    (select liked_at from post where space = w.space and did = ${did} and hidden = 0 and root ${raw(root)} order by sort_at desc limit ${LIKED})
    where liked_at > w.since)`;
  return spacesIn(
    db,
    sql`with w as materialized (select n.space,
        coalesce((select max(at) from seen where did = ${did} and space in ('', n.space)), 0) as since from (${about(did, limit)}) n)
      select w.space from w
      where exists (select 1 from post where space = w.space and addressee = ${did} and hidden = 0 and noticed_at > w.since)
        or exists (select 1 from mention where space = w.space and did = ${did} and noticed_at > w.since)
        or exists (select 1 from notice where did = ${did} and space = w.space and at > w.since)
        or exists (select 1 from record where space = w.space and uri = 'at://' || w.space || ${`/${NSID.membership}/${did}`} and seq > w.since * 1000)
        or ${newestLiked('is null')} or ${newestLiked('is not null')}`,
  );
}

export interface FeedToken {
  did: Did;
  space: Did | '';
  madeAt: number;
}

export async function feedTokenOf(db: D1Database, did: Did, space: Did | ''): Promise<FeedToken | null> {
  const [row] = await rows<FeedToken>(
    db,
    sql`select did, space, made_at as madeAt from feed_token where did = ${did} and space = ${space}`,
  );
  return row ?? null;
}

/** By the hash of a token; what is found by it is 256 bits that only its owner was given. */
export async function feedTokenBy(db: D1Database, hash: string): Promise<FeedToken | null> {
  const [row] = await rows<FeedToken>(
    db,
    sql`select did, space, made_at as madeAt from feed_token where hash = ${hash}`,
  );
  return row ?? null;
}
