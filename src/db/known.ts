// What the indexer keeps in memory between batches: the followed spaces and the DIDs they have to do with.
import type { Did, JsonObject } from '../domain/model.ts';

export interface SpaceRow {
  did: Did;
  paused: boolean;
  concealed: boolean;
  profile: JsonObject | null;
  permissions: JsonObject | null;
}

export interface KnownRows {
  spaces: SpaceRow[];
  /** Those whose membership is not proven yet, too: what they take back must be heard. */
  authors: { did: Did; space: Did }[];
  waiting: number;
  /** DIDs, URIs and CIDs that the operator keeps out. */
  blocked: string[];
  /** The next free seq. */
  seq: number;
  stream: (Omit<StreamRow, 'exact'> & { exact: boolean }) | null;
}

interface StreamRow {
  instance: string;
  cursor: number;
  sequence: number | null;
  exact: number;
  seq: number;
  committedAt: number;
}

const json = (text: string | null): JsonObject | null => (text === null ? null : (JSON.parse(text) as JsonObject));

export async function loadKnown(db: D1Database): Promise<KnownRows> {
  const [spaces, authors, waiting, stream, claimants, blocked] = await db.batch([
    db.prepare(
      `select did, profile, permissions, paused_at is not null as paused, held_roster is 'private' as concealed, max(
         coalesce((select max(seq) from record where record.space = space.did), 0),
         coalesce((select max(account_seq) from author_space where author_space.space = space.did and account_seq is not null), 0)
       ) as seq from space`,
    ),
    db.prepare('select did, space from author_space'),
    db.prepare('select count(*) as waiting from waiting'),
    db.prepare('select instance, cursor, sequence, exact, seq, committed_at as committedAt from stream where id = 1'),
    db.prepare('select did, space from claim'),
    db.prepare('select subject from block'),
  ]);
  const rows = spaces?.results as {
    did: Did;
    profile: string | null;
    permissions: string | null;
    paused: number;
    concealed: number;
    seq: number;
  }[];
  const at = stream?.results[0] as StreamRow | undefined;
  return {
    spaces: rows.map(({ did, profile, permissions, paused, concealed }) => ({
      ...{ did, paused: paused === 1, concealed: concealed === 1 },
      profile: json(profile),
      permissions: json(permissions),
    })),
    authors: [...(authors?.results ?? []), ...(claimants?.results ?? [])] as KnownRows['authors'],
    waiting: (waiting?.results as { waiting: number }[] | undefined)?.[0]?.waiting ?? 0,
    blocked: ((blocked?.results ?? []) as { subject: string }[]).map(({ subject }) => subject),
    seq: Math.max(at?.seq ?? 1, ...rows.map(({ seq }) => seq + 1)),
    stream: at ? { ...at, exact: at.exact === 1 } : null,
  };
}
