// Spaces in which nobody writes any more: that they were warned, and archived.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const dormancy = sqliteTable('dormancy', {
  space: text().primaryKey(),
  /** Since when its site says that it will be archived; null: it does not. */
  warnedAt: integer('warned_at'),
  /** Since when it is read-only for want of life; null: it is not. */
  archivedAt: integer('archived_at'),
  /** When somebody last said that it lives, though nobody had written. */
  aliveAt: integer('alive_at'),
});
