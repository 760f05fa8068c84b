// What the indexer keeps in memory between batches: the followed spaces and the DIDs they have to do with.
import type { Did, JsonObject } from '../domain/model.ts';

export interface SpaceRow {
  did: Did;
  profile: JsonObject | null;
  permissions: JsonObject | null;
}

export interface KnownRows {
  spaces: SpaceRow[];
  /** Those whose membership is not proven yet, too: what they take back must be heard. */
  authors: { did: Did; space: Did }[];
  waiting: number;
  /** The next free seq. */
  seq: number;
  stream: { instance: string; cursor: number; exact: boolean; seq: number; committedAt: number } | null;
}

const json = (text: string | null): JsonObject | null => (text === null ? null : (JSON.parse(text) as JsonObject));

export async function loadKnown(db: D1Database): Promise<KnownRows> {
  const [spaces, authors, waiting, stream, claimants] = await db.batch([
    db.prepare(
      'select did, profile, permissions, (select max(seq) from record where record.space = space.did) as seq from space',
    ),
    db.prepare('select did, space from author_space'),
    db.prepare('select count(*) as waiting from waiting'),
    db.prepare('select instance, cursor, exact, seq, committed_at from stream where id = 1'),
    db.prepare('select did, space from claim'),
  ]);
  const rows = spaces?.results as {
    did: Did;
    profile: string | null;
    permissions: string | null;
    seq: number | null;
  }[];
  const at = stream?.results[0] as
    | { instance: string; cursor: number; exact: number; seq: number; committed_at: number }
    | undefined;
  return {
    spaces: rows.map(({ did, profile, permissions }) => ({
      did,
      profile: json(profile),
      permissions: json(permissions),
    })),
    authors: [...(authors?.results ?? []), ...(claimants?.results ?? [])] as KnownRows['authors'],
    waiting: (waiting?.results as { waiting: number }[] | undefined)?.[0]?.waiting ?? 0,
    seq: Math.max(at?.seq ?? 1, ...rows.map(({ seq }) => (seq ?? 0) + 1)),
    stream: at
      ? { instance: at.instance, cursor: at.cursor, exact: at.exact === 1, seq: at.seq, committedAt: at.committed_at }
      : null,
  };
}
