// Posts and replies as lists need them. A reply has a `root`; only what has `hidden` = 0 is in the partial indexes.
import { and, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { type AnySQLiteColumn, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { HOT_DOUBLING } from '../../domain/ranking.ts';

/** `hotScore` of domain/ranking.ts in SQL: a test compares the two. */
function hotSql(sortAt: string, likes: string): SQL {
  const steps = Array.from({ length: 20 }, (_, power) => {
    const base = 2 ** power;
    return `when ${likes} + 1 < ${base * 2} then ${HOT_DOUBLING * power} + ${HOT_DOUBLING} * (${likes} + 1 - ${base}) / ${base}`;
  });
  return sql.raw(`${sortAt} + case ${steps.join(' ')} else ${HOT_DOUBLING * 20} end`);
}

const addresseeSql = sql.raw(`nullif(substr(parent, 6, instr(substr(parent, 6), '/') - 1), did)`);

const shownPost = (t: Record<'hidden' | 'root', AnySQLiteColumn>): SQL =>
  and(sql`${t.hidden} = 0`, isNull(t.root)) as SQL;

export const post = sqliteTable(
  'post',
  {
    id: integer().primaryKey(),
    space: text().notNull(),
    uri: text().notNull(),
    did: text().notNull(),
    section: text().notNull(),
    rkey: text().notNull(),
    plain: integer().notNull(),
    hidden: integer().notNull(),
    sortAt: integer('sort_at').notNull(),
    activeAt: integer('active_at').notNull(),
    likeCount: integer('like_count').notNull().default(0),
    replyCount: integer('reply_count').notNull().default(0),
    hot: integer().generatedAlwaysAs(hotSql('sort_at', 'like_count'), { mode: 'virtual' }),
    root: text(),
    parent: text(),
    title: text().notNull(),
    excerpt: text().notNull(),
    /** JSON arrays of strings. */
    tags: text().notNull(),
    labels: text().notNull(),
    /** CID of its first picture, for lists; null without one. */
    picture: text(),
    /** Whom a reply answers, where that is somebody else: the author of its parent. */
    addressee: text().generatedAlwaysAs(addresseeSql, { mode: 'virtual' }),
    /** When those whom it is about could first read of it here; of what was read late, when it was written. */
    noticedAt: integer('noticed_at').notNull().default(0),
    /** JSON array of the DIDs that it mentions. */
    mentions: text().notNull().default('[]'),
    /** As `noticedAt`, of its last like; 0 without. */
    likedAt: integer('liked_at').notNull().default(0),
  },
  (t) => [
    index('post_new').on(t.space, t.sortAt).where(shownPost(t)),
    index('post_hot').on(t.space, t.hot).where(shownPost(t)),
    index('post_active').on(t.space, t.activeAt).where(shownPost(t)),
    index('post_section_new').on(t.space, t.section, t.sortAt).where(shownPost(t)),
    index('post_section_hot').on(t.space, t.section, t.hot).where(shownPost(t)),
    index('post_section_active').on(t.space, t.section, t.activeAt).where(shownPost(t)),
    index('post_author').on(t.space, t.did, t.sortAt).where(shownPost(t)),
    index('reply_author')
      .on(t.space, t.did, t.sortAt)
      .where(and(sql`${t.hidden} = 0`, isNotNull(t.root)) as SQL),
    index('reply_thread').on(t.space, t.root, t.parent, t.sortAt).where(isNotNull(t.root)),
    index('reply_addressee')
      .on(t.space, t.addressee, t.noticedAt)
      .where(and(sql`${t.hidden} = 0`, isNotNull(t.addressee)) as SQL),
  ],
);

/** Whom posts and replies mention, kept by triggers on `post`. */
export const mention = sqliteTable(
  'mention',
  {
    space: text().notNull(),
    did: text().notNull(),
    noticedAt: integer('noticed_at').notNull(),
    post: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.space, t.did, t.noticedAt, t.post] })],
);

export const tag = sqliteTable(
  'tag',
  {
    space: text().notNull(),
    tag: text().notNull(),
    sortAt: integer('sort_at').notNull(),
    post: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.space, t.tag, t.sortAt, t.post] })],
);

/** Best-liked posts of a window, renewed when asked for. `section` is '' for the whole space. */
export const topList = sqliteTable(
  'top_list',
  {
    space: text().notNull(),
    section: text().notNull(),
    window: text().notNull(),
    madeAt: integer('made_at').notNull(),
    /** JSON array of post ids, best first, at most 500. */
    posts: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.space, t.section, t.window] })],
);
