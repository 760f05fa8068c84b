// What is to be proven from signed repositories, and what was.
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What the stream says of a record that gives power, until its author's own server has been asked. `cid` is null for a deletion. */
export const claim = sqliteTable(
  'claim',
  {
    uri: text().primaryKey(),
    space: text().notNull(),
    did: text().notNull(),
    rev: text().notNull(),
    cid: text(),
    at: integer().notNull(),
  },
  (t) => [index('claim_at').on(t.at)],
);

/** What was last found out about a stored record; without a commit nothing could be, and `why` says it. */
export const evidence = sqliteTable(
  'evidence',
  {
    uri: text().primaryKey(),
    space: text().notNull(),
    cid: text().notNull(),
    checkedAt: integer('checked_at').notNull(),
    commit: text('commit_cid'),
    rev: text(),
    signingKey: text('signing_key'),
    pds: text(),
    why: text(),
  },
  (t) => [index('evidence_checked').on(t.checkedAt)],
);

/** How many proofs were found good. */
export const proofCount = sqliteTable('proof_count', {
  outcome: text().primaryKey(),
  count: integer().notNull(),
});
