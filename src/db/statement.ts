// What a kind of write is made into.
import type { Write } from '../domain/write.ts';

type Cell = string | number | null;

export interface Statement<K extends Write['write']> {
  /** Over `?1`, a JSON array of rows; `?2` is the time of the commit, in milliseconds. */
  sql: string;
  /** One array per row, in the order of the statement's `value->>N`. */
  row(write: Extract<Write, { write: K }>, now: number): Cell[];
  /** Which writes it takes; all of the kind when absent. */
  takes?(write: Extract<Write, { write: K }>): boolean;
}

export type Statements = { [K in Write['write']]?: Statement<K>[] };

/** The first cells of a row. */
export const cells = (count: number): string => Array.from({ length: count }, (_, i) => `j.value->>${i}`).join(', ');
