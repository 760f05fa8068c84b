// Everything admitted, as its author wrote it, and tombstones of what was deleted.
import { isNotNull, isNull } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const record = sqliteTable(
  'record',
  {
    space: text().notNull(),
    uri: text().notNull(),
    did: text().notNull(),
    collection: text().notNull(),
    cid: text(),
    rev: text().notNull(),
    snapshot: integer().notNull(),
    hidden: integer().notNull(),
    sortAt: integer('sort_at').notNull(),
    /** Of the last change to what is seen of it; unix microseconds, moved on where two would be the same. */
    seq: integer().notNull(),
    /** Since which seq it shows, or showed last; null while it never did: only of what showed is the end told. */
    shownSeq: integer('shown_seq'),
    indexedAt: integer('indexed_at').notNull(),
    /** When its author changed what was admitted before; null: as it came. */
    editedAt: integer('edited_at'),
    postId: integer('post_id'),
    subject: text(),
    root: text(),
    value: text(),
  },
  (t) => [
    // What is new comes last, in few pages.
    primaryKey({ columns: [t.space, t.seq] }),
    uniqueIndex('record_uri').on(t.space, t.uri),
    // Covering for the counting of likes: without statistics SQLite would otherwise walk the space.
    index('record_subject').on(t.space, t.subject, t.did, t.collection, t.hidden).where(isNotNull(t.subject)),
    index('record_deletions').on(t.space, t.did).where(isNull(t.cid)),
    index('record_tombstone').on(t.indexedAt).where(isNull(t.cid)),
  ],
);

/** The last versions of records whose belonging hangs on one not seen yet. */
export const waiting = sqliteTable(
  'waiting',
  {
    uri: text().primaryKey(),
    target: text().notNull(),
    rev: text().notNull(),
    event: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [index('waiting_target').on(t.target, t.uri), index('waiting_at').on(t.at)],
);

/** The plain address of an rkey is its first holder's for ever, so these rows are never deleted. */
export const address = sqliteTable(
  'address',
  {
    space: text().notNull(),
    rkey: text().notNull(),
    did: text().notNull(),
    collection: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.space, t.rkey] })],
);
