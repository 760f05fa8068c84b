// How the stream stands: cursor, gaps, refusals, and work that is done in slices.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One row, written in the same batch as what was admitted up to it. */
export const stream = sqliteTable('stream', {
  id: integer().primaryKey(),
  instance: text().notNull(),
  /** Unix microseconds by that instance's clock. */
  cursor: integer().notNull(),
  /** Of the last message there, on a stream that counts its messages. */
  sequence: integer(),
  /** Whether the cursor is the time of a message seen there. */
  exact: integer().notNull(),
  seq: integer().notNull(),
  committedAt: integer('committed_at').notNull(),
});

/** How far the stream of one PDS was followed, written as `stream` is; its address, and a sequence of its own. */
export const source = sqliteTable('source', {
  instance: text().primaryKey(),
  sequence: integer().notNull(),
  cursor: integer().notNull(),
});

/** A stretch of time that the stream did not cover; bounds in unix microseconds. */
export const gap = sqliteTable('gap', {
  id: integer().primaryKey({ autoIncrement: true }),
  instance: text().notNull(),
  fromUs: integer('from_us').notNull(),
  toUs: integer('to_us').notNull(),
  reason: text().notNull(),
  foundAt: integer('found_at').notNull(),
  /** When repositories began to be read for it. */
  fillingAt: integer('filling_at'),
  closedAt: integer('closed_at'),
});

export const dropCount = sqliteTable('drop_count', {
  reason: text().primaryKey(),
  count: integer().notNull(),
});

/** The last refused events; never their content. */
export const dropped = sqliteTable('dropped', {
  id: integer().primaryKey({ autoIncrement: true }),
  reason: text().notNull(),
  uri: text().notNull(),
  detail: text().notNull(),
  at: integer().notNull(),
});

/** Work done in slices; `position` is where the next slice begins. */
export const job = sqliteTable(
  'job',
  {
    kind: text().notNull(),
    key: text().notNull(),
    position: text().notNull(),
    attempts: integer().notNull(),
    dueAt: integer('due_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.key] }), index('job_due').on(t.dueAt)],
);
