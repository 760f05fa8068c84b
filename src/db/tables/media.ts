// Blobs: which records refer to them, what is kept of them, and what is kept out.
import { isNotNull } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One row for each blob of each admitted record, kept by triggers on `record`. `type` and `size` are its author's word. */
export const blobRef = sqliteTable(
  'blob_ref',
  {
    cid: text().notNull(),
    did: text().notNull(),
    space: text().notNull(),
    uri: text().notNull(),
    type: text().notNull(),
    size: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.cid, t.did, t.space, t.uri] })],
);

/** What is kept in R2 under its CID; whoever first made it be fetched is charged for it. */
export const blob = sqliteTable(
  'blob',
  {
    cid: text().primaryKey(),
    space: text().notNull(),
    did: text().notNull(),
    /** Bytes of the blob; of its variants. */
    size: integer().notNull(),
    made: integer().notNull().default(0),
    /** As its bytes say. */
    type: text().notNull(),
    /** As it is seen, turned upright; null where that is not known. */
    width: integer(),
    height: integer(),
    /** `#rrggbb` on average. */
    colour: text(),
    /** Whether it is an image that smaller ones can be made of: it does not move. */
    still: integer().notNull(),
    storedAt: integer('stored_at').notNull(),
    /** Since when no record that shows refers to it; 0: it may go at once. */
    orphanAt: integer('orphan_at'),
  },
  (t) => [index('blob_orphan').on(t.orphanAt).where(isNotNull(t.orphanAt))],
);

/** Sums of `blob`, kept by triggers; `did` is '' for the whole space. */
export const mediaUse = sqliteTable(
  'media_use',
  {
    space: text().notNull(),
    did: text().notNull(),
    bytes: integer().notNull(),
    blobs: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.space, t.did] })],
);

/** What was fetched ahead of any reader, by month (`2026-11`). */
export const prefetched = sqliteTable('prefetched', {
  month: text().primaryKey(),
  bytes: integer().notNull(),
});

/** What the operator keeps out: a DID, the URI of a record, or the CID of a blob. */
export const block = sqliteTable('block', {
  subject: text().primaryKey(),
  why: text().notNull(),
  at: integer().notNull(),
});
