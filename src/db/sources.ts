// What is known of members' repositories and of the servers that hold them.

/** The rev of a repository that was read as a whole. */
export const noteRev = (db: D1Database, did: string, rev: string): D1PreparedStatement =>
  db.prepare('update identity set repo_rev = ? where did = ?').bind(rev, did);
