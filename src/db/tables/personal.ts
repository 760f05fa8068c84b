// What is one person's alone: how far they have read, what they do not want to see, and what they were told beside the records.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Up to when somebody has seen what they were told in a space; '' is every space. */
export const seen = sqliteTable(
  'seen',
  {
    did: text().notNull(),
    space: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.did, t.space] })],
);

/** What people are told that no public record says. */
export const notice = sqliteTable(
  'notice',
  {
    did: text().notNull(),
    space: text().notNull(),
    at: integer().notNull(),
    reason: text().notNull(),
    /** AT-URI of what it is about; '' where it is about the person. */
    subject: text().notNull(),
    /** In the words of whoever acted; '' without. */
    detail: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.did, t.space, t.at, t.reason] })],
);

/** `subject`: the DID of a person, or the AT-URI of the post that a thread began with. */
export const mute = sqliteTable(
  'mute',
  {
    did: text().notNull(),
    subject: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.did, t.subject] })],
);

/** Addresses of private feeds: of each token only the hash is known. */
export const feedToken = sqliteTable(
  'feed_token',
  {
    hash: text().primaryKey(),
    did: text().notNull(),
    /** '' is every space. */
    space: text().notNull(),
    madeAt: integer('made_at').notNull(),
  },
  (t) => [index('feed_token_owner').on(t.did, t.space)],
);
