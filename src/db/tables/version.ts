// Earlier versions of posts and replies that show, kept for a time for those who answered them. Triggers take them away with their record.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const version = sqliteTable(
  'version',
  {
    space: text().notNull(),
    uri: text().notNull(),
    cid: text().notNull(),
    value: text().notNull(),
    /** Until when it stood. */
    until: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.space, t.uri, t.cid] }), index('version_until').on(t.until)],
);
