// What one account is told, and nobody else: newest first, in one space or in all it has to do with.
import { type CursorKey, readCursor, writeCursor } from '../db/page.ts';
import { mutesOf } from '../db/queries/mutes.ts';
import * as query from '../db/queries/notices.ts';
import { shortHash } from '../domain/hash.ts';
import type { Did, Page, SpaceDetails } from '../domain/model.ts';
import { isMuted, type Mutes, type Notification, noticedAt } from '../domain/notices.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';
import type { PostItem } from '../domain/post.ts';
import { tidTime } from '../domain/tid.ts';
import type { ReadContext } from './context.ts';
import { accountShows, itemOf, showsWithRoot } from './rules.ts';
import { readSpace, readSpaceFor } from './spaces.ts';

export interface NoticesQuery {
  /** Null: in all spaces that concern the account. */
  space: SpaceDetails | null;
  limit: number;
  cursor?: string | null | undefined;
  /** What others wrote, as they wrote it. */
  withRecord?: boolean;
}

export interface NoticesPage extends Page<Notification> {
  /** All that the page may speak of. */
  spaces: SpaceDetails[];
}

/** Of so many spaces somebody is told at once. */
const MAX_SPACES = 30;
/** Beyond so many they are not counted. */
const MAX_UNREAD = 30;

export async function readNotices(
  ctx: ReadContext,
  did: Did,
  { space, limit, cursor, withRecord = false }: NoticesQuery,
): Promise<NoticesPage | Refusal> {
  const identity = { read: 'notices', did, space: space?.did };
  const at = readCursor(identity, cursor, [0, 0]);
  if (at !== null && isRefusal(at)) return at;
  const mutes = await mutesOf(ctx.db, did);
  const heard = space ? [inside(space)] : await heardOf(ctx, await query.spacesAbout(ctx.db, did, MAX_SPACES), did);
  const asked = { ctx, did, mutes, at, limit: limit + 1, withRecord, onlyUnread: false };
  const found = (await Promise.all(heard.map((one) => noticesIn(one, asked)))).flatMap(({ all }) => all);
  const all = found.sort(newestFirst);
  const page = all.slice(0, limit);
  const last = page.at(-1);
  const items = page.filter(({ notification }) => notification !== null);
  const next = all.length > limit && last ? writeCursor(identity, last.place as CursorKey[]) : null;
  return {
    items: items.flatMap(({ notification }) => notification ?? []),
    cursor: next,
    spaces: heard.map(({ space }) => space),
  };
}

/** At most `MAX_UNREAD`. */
export async function countUnread(ctx: ReadContext, did: Did, space: SpaceDetails | null): Promise<number> {
  const heard = space ? [inside(space)] : await heardOf(ctx, await query.spacesWithNews(ctx.db, did, MAX_SPACES), did);
  const asked = { ctx, did, mutes: null, at: null, limit: MAX_UNREAD, withRecord: false, onlyUnread: true };
  const counts = await Promise.all(
    heard.map(async (one) => (await noticesIn(one, asked)).all.filter(({ notification }) => notification).length),
  );
  return Math.min(
    MAX_UNREAD,
    counts.reduce((sum, count) => sum + count, 0),
  );
}

/** When somebody last looked, where anybody asks. */
export const readSeenAt = (ctx: ReadContext, did: Did, space: Did | null): Promise<number> =>
  query.seenAt(ctx.db, did, space ?? '');

/** Of the viewer's own feed: when its address was made; null without one. `space` null: of all spaces. */
export const readFeedToken = (
  { db }: Pick<ReadContext, 'db'>,
  did: Did,
  space: Did | null,
): Promise<query.FeedToken | null> => query.feedTokenOf(db, did, space ?? '');

/** Whose feed it is, by the hash of its token. */
export const readFeedOwner = ({ db }: Pick<ReadContext, 'db'>, hash: string, space: Did | null): Promise<Did | null> =>
  query.feedTokenBy(db, hash).then((found) => (found && found.space === (space ?? '') ? found.did : null));

interface Heard {
  space: SpaceDetails;
  isInside: boolean;
}

const inside = (space: SpaceDetails): Heard => ({ space, isInside: true });

/** Who stands before a private space is told there, signed in as themselves, what was decided of them, and nothing else. */
async function heardOf(ctx: ReadContext, dids: Did[], did: Did): Promise<Heard[]> {
  const heard = await Promise.all(
    dids.map(async (one) => {
      const space = await readSpace(ctx, one);
      if (!isRefusal(space)) return [inside(space)];
      const door = ctx.viewer?.did === did ? await readSpaceFor(ctx, one, did, async () => true) : space;
      return isRefusal(door) ? [] : [{ space: door.space, isInside: false }];
    }),
  );
  return heard.flat();
}

interface Asked {
  ctx: ReadContext;
  did: Did;
  /** Null: not read yet; most often there is nothing they could hide. */
  mutes: Mutes | null;
  at: readonly [number, number] | null;
  limit: number;
  withRecord: boolean;
  onlyUnread: boolean;
}

/** A place in the list, and what stands there; null where a rule hides it. */
interface Entry {
  place: [at: number, id: number];
  notification: Notification | null;
}

const newestFirst = ({ place: a }: Entry, { place: b }: Entry): number => b[0] - a[0] || b[1] - a[1];

async function noticesIn({ space, isInside }: Heard, asked: Asked): Promise<{ all: Entry[] }> {
  const { ctx, did, at, limit } = asked;
  const seen = await query.seenAt(ctx.db, did, space.did);
  const stretch = { space: space.did, did, at, since: asked.onlyUnread ? seen : 0, limit };
  const facts = isInside
    ? await query.noticeFacts(ctx.db, stretch, asked.withRecord)
    : await query.factsAtDoor(ctx.db, stretch);
  const isEmpty = facts.replies.length + facts.mentions.length + facts.liked.length === 0;
  const mutes = asked.mutes ?? (isEmpty ? new Set<string>() : await mutesOf(ctx.db, did));
  const place: Telling = { ctx, did, space, mutes, seen };
  const written = (reason: 'reply' | 'mention', row: query.NoticeFacts['replies'][number]): Entry => {
    const post = itemOf(row);
    const hidden = !showsWithRoot(row, space.policy) || isMuted(mutes, post) || post.author.did === did;
    const entry = { reason, post, people: [post.author], count: 1 };
    return entryOf(place, [row.key, row.id], hidden ? null : entry);
  };
  const all = [
    ...facts.replies.map((row) => written('reply', row)),
    ...facts.mentions.map((row) => written('mention', row)),
    ...(await likesIn(place, facts.liked)),
    ...membershipIn(place, facts.membership),
    ...facts.told.map((one) =>
      entryOf(place, [one.at, idOf(space.did, one.reason)], {
        ...{ reason: one.reason, subject: one.subject || null, detail: one.detail },
      }),
    ),
  ];
  const [time, id] = at ?? [Number.MAX_SAFE_INTEGER, 0];
  const since = stretch.since;
  return { all: all.filter(({ place: [t, i] }) => t > since && (t < time || (t === time && i < id))) };
}

interface Telling {
  ctx: ReadContext;
  did: Did;
  space: SpaceDetails;
  mutes: Mutes;
  /** When the account last looked here. */
  seen: number;
}

type Told = Partial<Notification> & Pick<Notification, 'reason'>;

const entryOf = ({ space, seen }: Telling, place: Entry['place'], told: Told | null): Entry => {
  const [at, id] = place;
  const usual = { people: [], count: 0, post: null, roles: [], subject: null, detail: '' };
  return { place, notification: told && { ...usual, space: space.did, at, id, isRead: at <= seen, ...told } };
};

/** Where nothing has a number of its own: beside posts, whose ids are far greater. */
const idOf = (space: Did, what: string): number => shortHash(`${space} ${what}`);

async function likesIn({ ctx, did, space, mutes, seen }: Telling, rows: query.NoticeFacts['liked']): Promise<Entry[]> {
  const shown = rows.filter((row) => showsWithRoot(row, space.policy) && row.likes > 0);
  const posts = shown
    .map((row) => ({ row, post: itemOf(row) }))
    .filter(({ post }) => !mutes.has(post.root ?? post.uri));
  const likers = await query.likersOf(
    ctx.db,
    space.did,
    posts.map(({ post }) => post.uri),
  );
  return posts.flatMap(({ row, post }) => {
    const told = likesOf(post, row.key, likers.get(post.uri) ?? [], { did, space, mutes });
    return told ? [entryOf({ ctx, did, space, mutes, seen }, [told.at, row.id], told)] : [];
  });
}

/** Likes of one post as one thing; null where none of them is to be told. */
function likesOf(
  post: PostItem,
  lastAt: number,
  likers: query.Liker[],
  { did, space, mutes }: Pick<Telling, 'did' | 'space' | 'mutes'>,
): (Told & { at: number }) | null {
  const told = likers
    .filter((one) => one.did !== did && !mutes.has(one.did))
    .filter((one) => accountShows(space.policy, one.did, one.status, one.confirmation))
    .map((one) => ({ ...one, at: noticedAt(one.indexedAt, one.sortAt) }))
    .sort((a, b) => b.at - a.at || b.sortAt - a.sortAt);
  const people = [...new Map(told.map(({ did: who, handle }) => [who, { did: who, handle }])).values()];
  const [first] = told;
  if (!first) return null;
  const isAll = likers.length < query.LIKERS;
  return { reason: 'like', post, at: isAll ? first.at : lastAt, people, count: isAll ? people.length : post.likeCount };
}

function membershipIn(place: Telling, facts: query.MembershipFacts | null): Entry[] {
  if (!facts || facts.joined === 0) return [];
  const isMember = facts.admitted === 1 && facts.cid !== null;
  if (!isMember && facts.cid !== null) return [];
  const at = noticedAt(Math.floor(facts.seq / 1000), tidTime(facts.rev));
  const told: Told = isMember
    ? { reason: 'admitted', roles: JSON.parse(facts.roles) as string[] }
    : { reason: 'removed' };
  return [entryOf(place, [at, idOf(place.space.did, 'membership')], told)];
}
