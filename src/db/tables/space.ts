// Spaces of the instance, their hostnames, and who they have to do with.
import { isNotNull, sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const space = sqliteTable(
  'space',
  {
    did: text().primaryKey(),
    handle: text(),
    /** Held here and nowhere public; null: as the profile says. */
    heldVisibility: text('held_visibility'),
    /** `private`: both halves of every membership are held here; null: they are public records. */
    heldRoster: text('held_roster'),
    /** JSON of the group's records of these names. */
    profile: text(),
    permissions: text(),
    theme: text(),
    displayName: text('display_name').notNull(),
    addedAt: integer('added_at').notNull(),
    /** Since when nothing new is taken; null: it is. */
    pausedAt: integer('paused_at'),
    /** Counts of what shows; kept by triggers. */
    posts: integer().notNull().default(0),
    replies: integer().notNull().default(0),
    members: integer().notNull().default(0),
    /** Names what readers' caches may hold of its media: whatever takes one away makes it greater. */
    mediaGeneration: integer('media_generation').notNull().default(0),
  },
  (t) => [index('space_handle').on(t.handle)],
);

export const host = sqliteTable(
  'host',
  {
    hostname: text().primaryKey(),
    space: text().notNull(),
    /** 0 is the primary one. */
    position: integer().notNull(),
  },
  (t) => [index('host_space').on(t.space, t.position)],
);

export const identity = sqliteTable(
  'identity',
  {
    did: text().primaryKey(),
    handle: text(),
    pds: text(),
    status: text().notNull().default('active'),
    statusAt: integer('status_at').notNull().default(0),
    confirmation: text().notNull().default('pending'),
    erasedRev: text('erased_rev'),
    resolvedAt: integer('resolved_at').notNull().default(0),
    /** Of the repository when it was last read as a whole. */
    repoRev: text('repo_rev'),
  },
  (t) => [index('identity_handle').on(t.handle), index('identity_resolved').on(t.resolvedAt)],
);

/** Which spaces a DID concerns, the last rev seen of it and how many records of it are live there. */
export const authorSpace = sqliteTable(
  'author_space',
  {
    did: text().notNull(),
    space: text().notNull(),
    rev: text().notNull(),
    count: integer().notNull(),
    /** When the account's state was last told to those who follow the space. */
    accountSeq: integer('account_seq'),
  },
  (t) => [
    primaryKey({ columns: [t.did, t.space] }),
    index('author_space_by_space').on(t.space, t.did),
    index('author_space_seq').on(t.space, t.accountSeq).where(isNotNull(t.accountSeq)),
  ],
);

export const member = sqliteTable(
  'member',
  {
    space: text().notNull(),
    did: text().notNull(),
    joined: integer().notNull(),
    admitted: integer().notNull(),
    /** JSON array of role ids. */
    roles: text().notNull(),
    since: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.space, t.did] }),
    index('member_listed').on(t.space, t.since, t.did).where(sql`joined = 1 and admitted = 1`),
    index('member_waiting').on(t.space, t.since, t.did).where(sql`joined = 1 and admitted = 0`),
    // By the roles they have together, which are few; who has none costs it nothing.
    index('member_roles').on(t.space, t.roles).where(sql`roles <> '[]'`),
  ],
);
