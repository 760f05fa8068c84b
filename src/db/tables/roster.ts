// Who comes and goes: what is asked, offered and decided beside the public records, and the rosters that are kept here alone.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Both halves of a membership where the roster is private. What lists and counts members never reads it. */
export const heldMember = sqliteTable(
  'held_member',
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
    index('held_member_since').on(t.space, t.since, t.did),
    index('held_member_did').on(t.did),
  ],
);

export const application = sqliteTable(
  'application',
  {
    space: text().notNull(),
    did: text().notNull(),
    /** `open` or `declined`. */
    state: text().notNull(),
    at: integer().notNull(),
    /** JSON; empty as soon as it is decided. */
    answers: text().notNull(),
    /** What the applicant is told. */
    reason: text(),
  },
  (t) => [
    primaryKey({ columns: [t.space, t.did] }),
    index('application_queue').on(t.space, t.state, t.at, t.did),
    index('application_did').on(t.did),
  ],
);

/** A link; of its secret only the hash is known. */
export const invite = sqliteTable(
  'invite',
  {
    space: text().notNull(),
    id: text().notNull(),
    hash: text().notNull(),
    by: text().notNull(),
    /** Given beside those of every new member. */
    role: text(),
    uses: integer().notNull(),
    /** Uses that are left. */
    remaining: integer().notNull(),
    at: integer().notNull(),
    expiresAt: integer('expires_at').notNull(),
    revokedAt: integer('revoked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.space, t.id] }),
    index('invite_space_at').on(t.space, t.at, t.id),
    index('invite_by').on(t.by),
  ],
);

/** Who was invited by whom: by name, or by the link they used. */
export const invitation = sqliteTable(
  'invitation',
  {
    space: text().notNull(),
    did: text().notNull(),
    by: text().notNull(),
    at: integer().notNull(),
    role: text(),
    /** Id of the link; null for who was named. */
    link: text(),
    /** `open`, `accepted` or `declined`. */
    state: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.space, t.did] }),
    index('invitation_queue').on(t.space, t.state, t.at, t.did),
    index('invitation_did').on(t.did),
    index('invitation_by').on(t.by),
  ],
);

export const ban = sqliteTable(
  'ban',
  {
    space: text().notNull(),
    did: text().notNull(),
    by: text().notNull(),
    at: integer().notNull(),
    until: integer().notNull(),
    /** What the person is told. */
    told: text().notNull(),
    /** For those who may remove people. */
    reason: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.space, t.did] }),
    index('ban_space_at').on(t.space, t.at, t.did),
    index('ban_did').on(t.did),
  ],
);
