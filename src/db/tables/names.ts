// Names that spaces give their members: `name.<hostname>`.
import { isNotNull } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const memberName = sqliteTable(
  'member_name',
  {
    space: text().notNull(),
    name: text().notNull(),
    did: text().notNull(),
    at: integer().notNull(),
    /** Since when its holder is no member any more, kept by triggers on `member`; null: they are. */
    leftAt: integer('left_at'),
  },
  (t) => [
    primaryKey({ columns: [t.space, t.name] }),
    uniqueIndex('member_name_holder').on(t.space, t.did),
    index('member_name_left').on(t.space, t.leftAt).where(isNotNull(t.leftAt)),
  ],
);

/** Spaces that give no names. */
export const nameless = sqliteTable('nameless', { space: text().primaryKey() });
