/** What the bench's Worker answers. */

export interface KindRows {
  /** Rows written per record when each comes by itself, as on a quiet stream. */
  alone: number;
  /** And when all come in one batch. */
  together: number;
  /** Per record that is already there. */
  again: number;
}

export interface HeldRow {
  uri: string;
  cid: string;
  likes: number | null;
  replies: number | null;
}
