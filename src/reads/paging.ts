// One page of a list by keys: read from where its cursor stands, with one row more, which tells whether the list goes on.
import { type CursorKey, type Keys, type QueryIdentity, readCursor, writeCursor } from '../db/page.ts';
import type { Page } from '../domain/model.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';

export interface PageQuery {
  limit: number;
  cursor?: string | null | undefined;
}

/** Items that are null are left out: the page is shorter, and its cursor moves on. */
export async function readPage<Row, Item extends object, const Like extends readonly CursorKey[]>(
  { limit, cursor }: PageQuery,
  { identity, like }: { identity: QueryIdentity; like: Like },
  rowsAfter: (at: Keys<Like> | null, limit: number) => Promise<Row[]>,
  itemOf: (row: Row) => Item | null,
  keysOf: (row: Row) => Keys<Like>,
): Promise<Page<Item> | Refusal> {
  const at = readCursor(identity, cursor, like);
  if (at !== null && isRefusal(at)) return at;
  const rows = await rowsAfter(at, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.flatMap((row) => itemOf(row) ?? []),
    cursor: rows.length > limit && last !== undefined ? writeCursor(identity, [...keysOf(last)]) : null,
  };
}
