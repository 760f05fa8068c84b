// Repositories that are, or have been, read for a space: what the stream did not tell.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const backfill = sqliteTable(
  'backfill',
  {
    space: text().notNull(),
    did: text().notNull(),
    /** `waiting`, `done`, `failed` (given up until the next audit), `gone` (its PDS has no such repository). */
    state: text().notNull(),
    /** JSON of where the next slice begins; '' at the beginning. */
    position: text().notNull(),
    attempts: integer().notNull(),
    dueAt: integer('due_at').notNull(),
    /** When its reading was asked for. */
    askedAt: integer('asked_at').notNull(),
    /** When it was last read to its end; null: never. */
    readAt: integer('read_at'),
    /** Records of the last reading. And what all readings after the first one found missing, old or gone. */
    records: integer().notNull(),
    changed: integer().notNull(),
    /** When it was last touched. */
    at: integer().notNull(),
    host: text(),
    error: text(),
  },
  (t) => [primaryKey({ columns: [t.space, t.did] }), index('backfill_due').on(t.state, t.dueAt)],
);
